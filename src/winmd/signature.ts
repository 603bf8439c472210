/** Reads signatures of fields, methods and types (ECMA-335, II.23.2). */
import { own } from '../definition/own.js';
import type { BlobReader } from './blob-reader.js';
import { type MethodSignature, PRIMITIVES, type SignatureType, type TypeName } from './types.js';

/** Returns the type of a TypeDefOrRef index, or the signature of a TypeSpec. */
export interface TypeResolver {
  named(coded: number): TypeName | undefined;
  specification(coded: number): BlobReader | undefined;
}

/** The maximum nesting of types. */
const DEEPEST = 100;

/**
 * The maximum number of other signatures that a signature refers to. It limits the work for one that refers to itself.
 */
const MOST_SPECIFICATIONS = 100;

const FIELD = 0x06;
const GENERIC = 0x10;
const SENTINEL = 0x41;

export class SignatureReader {
  readonly #blob: BlobReader;
  readonly #resolver: TypeResolver;
  readonly #budget: { left: number };

  /** `budget` is shared with the signature that refers to this one. */
  constructor(blob: BlobReader, resolver: TypeResolver, budget = { left: MOST_SPECIFICATIONS }) {
    this.#blob = blob;
    this.#resolver = resolver;
    this.#budget = budget;
  }

  field(): SignatureType {
    const head = this.#blob.byte();
    if ((head & 0x0f) !== FIELD) throw this.#blob.error(`it starts with ${head}, and a field's with ${FIELD}`);
    return this.#whole(this.type());
  }

  method(): MethodSignature {
    return this.#whole(this.#method(0));
  }

  /** Reads the complete signature of a TypeSpec. */
  specification(): SignatureType {
    return this.#whole(this.type());
  }

  #whole<T>(value: T): T {
    this.#blob.end();
    return value;
  }

  #method(depth: number): MethodSignature {
    const flags = this.#blob.byte();
    if ((flags & 0x0f) > 0x0b || (flags & 0x0f) === FIELD)
      throw this.#blob.error(`it starts with ${flags}, as no method's`);
    if (flags & GENERIC) this.#blob.compressed();
    const count = this.#blob.compressed();
    const returns = this.type(depth);
    if (count > this.#blob.remaining) throw this.#blob.error(`it would have ${count} parameters`);
    const parameters: SignatureType[] = [];
    while (parameters.length < count) {
      if (this.#blob.peek() === SENTINEL) this.#blob.byte();
      parameters.push(this.type(depth));
    }
    return { returns, parameters, flags };
  }

  type(depth = 0): SignatureType {
    if (depth > DEEPEST) throw this.#blob.error(`it has more than ${DEEPEST} types within each other`);
    const element = this.#blob.byte();
    const primitive = own(PRIMITIVES, String(element));
    if (primitive) return { kind: 'primitive', name: primitive };
    switch (element) {
      case 0x0f:
        return { kind: 'pointer', element: this.type(depth + 1) };
      case 0x10:
        return { kind: 'reference', element: this.type(depth + 1) };
      case 0x1d:
        return { kind: 'vector', element: this.type(depth + 1) };
      case 0x11:
      case 0x12:
        return this.#named(element === 0x11, depth);
      case 0x13:
      case 0x1e:
        return { kind: 'parameter', ofMethod: element === 0x1e, index: this.#blob.compressed() };
      case 0x14:
        return this.#array(depth);
      case 0x15:
        return this.#instance(depth);
      case 0x1b:
        return { kind: 'function', signature: this.#method(depth + 1) };
      case 0x1f:
      case 0x20:
        // A modifier precedes the type, and has a type of its own.
        this.#blob.compressed();
        return this.type(depth + 1);
      case 0x45:
        return this.type(depth + 1);
      default:
        throw this.#blob.error(`it has the element type 0x${element.toString(16)}, which does not exist here`);
    }
  }

  #named(isValue: boolean, depth: number): SignatureType {
    const coded = this.#blob.compressed();
    const type = this.#resolver.named(coded);
    if (type) return { kind: 'named', type, isValue };
    const specification = this.#resolver.specification(coded);
    if (!specification) throw this.#blob.error('it names no type');
    this.#budget.left -= 1;
    if (this.#budget.left < 0) throw this.#blob.error('it refers to itself, or to too many other signatures');
    return new SignatureReader(specification, this.#resolver, this.#budget).type(depth + 1);
  }

  #array(depth: number): SignatureType {
    const element = this.type(depth + 1);
    const rank = this.#blob.compressed();
    if (rank < 1 || rank > 32) throw this.#blob.error(`it has an array of ${rank} dimensions; 1 to 32 are possible`);
    const sizes = Array.from({ length: this.#blob.count() }, () => this.#blob.compressed());
    const lowerBounds = Array.from({ length: this.#blob.count() }, () => this.#signed());
    if (sizes.length > rank || lowerBounds.length > rank)
      throw this.#blob.error('an array has more sizes than dimensions');
    return { kind: 'array', element, rank, sizes, lowerBounds };
  }

  /** A signed number is rotated by one bit within its width (II.23.2). */
  #signed(): number {
    const before = this.#blob.remaining;
    const value = this.#blob.compressed();
    const bits = { 1: 6, 2: 13, 4: 28 }[before - this.#blob.remaining] as number;
    return value & 1 ? (value >>> 1) - 2 ** bits : value >>> 1;
  }

  #instance(depth: number): SignatureType {
    const generic = this.type(depth + 1);
    if (generic.kind !== 'named') throw this.#blob.error('it has arguments for a type that is not generic');
    const count = this.#blob.count();
    return { kind: 'instance', generic, arguments: Array.from({ length: count }, () => this.type(depth + 1)) };
  }
}
