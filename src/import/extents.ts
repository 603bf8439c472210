/** Determines how much memory the pointers of a function have, and which parameters hold the sizes. */
import { namesCount, namesSize } from '../definition/size-names.js';
import type { Declarations } from './declarations.js';
import {
  attributeNamed,
  hasAttribute,
  type MetadataAttribute,
  type MetadataFunction,
  type MetadataParameter,
  type MetadataType,
} from './metadata.js';
import { tellsCount } from './telling-names.js';

/** The extent of a pointer's memory. */
export interface Extent {
  readonly unit: 'count' | 'bytes';
  readonly value: string;
  /** The index of the parameter that holds it; undefined for a fixed number. */
  readonly index?: number;
}

/** Finds the extents of one function. `names`: of its parameters in the prototype. */
export class ExtentFinder {
  readonly #fn: MetadataFunction;
  readonly #names: readonly string[];
  readonly #declarations: Declarations;

  constructor(fn: MetadataFunction, names: readonly string[], declarations: Declarations) {
    this.#fn = fn;
    this.#names = names;
    this.#declarations = declarations;
  }

  /** The size of a pointer's memory, from metadata or from the name of the number next to it. */
  of({ Type, Attrs }: MetadataParameter, index: number): Extent | undefined {
    const bytes = attributeNamed(Attrs, 'MemorySize')?.BytesParamIndex;
    if (typeof bytes === 'number' && bytes >= 0) return this.#byParameter('bytes', bytes);
    if (Type.Kind === 'LPArray') {
      if (Type.CountParamIndex >= 0) return this.#byParameter('count', Type.CountParamIndex);
      if (Type.CountConst > 0) return { unit: 'count', value: String(Type.CountConst) };
    }
    return this.#guessedExtent(Type, Attrs, index);
  }

  #byParameter(unit: Extent['unit'], index: number): Extent | undefined {
    const name = this.#names[index];
    return name === undefined ? undefined : { unit, value: name, index };
  }

  /**
   * The number directly after the memory, if its name suggests a size. dllet sets it, so that a caller cannot pass a
   * wrong one.
   */
  #guessedExtent(type: MetadataType, attributes: readonly MetadataAttribute[], index: number): Extent | undefined {
    if (isLeftOut(type) && hasAttribute(attributes, 'Optional')) return undefined;
    if (this.#declarations.sortOf(type) === 'sid') return this.#sizeOfSid(attributes, index);
    const child = type.Kind === 'PointerTo' || type.Kind === 'LPArray' ? type.Child : undefined;
    const sort = child ? this.#declarations.sortOf(child) : this.#declarations.sortOf(type);
    const isText =
      !child && sort === 'text' && (hasAttribute(attributes, 'Out') || hasAttribute(attributes, 'NotNullTerminated'));
    if (!child && !isText) return undefined;
    const next = this.#fn.Params[index + 1];
    const tells = next && (namesSize(next.Name) || namesCount(next.Name) || /numberof(chars|bytes)/i.test(next.Name));
    if (!next || !tells || !isNumber(next.Type) || isWritten(next)) return undefined;
    if (sort === 'number' && tellsCount(this.#fn.Params[index]?.Name ?? '')) return undefined;
    if (/^(interface|callback|pointer|opaque|handle)$/.test(sort)) return undefined;
    const isWord = sort === 'number' && /^cb|bytes/i.test(next.Name);
    if (isWord) return undefined;
    const isBytes =
      (/^(void|byte|sized)$/.test(sort) && !/char/i.test(next.Name)) ||
      /^cb|bytes/i.test(next.Name) ||
      (sort === 'struct' && namesSize(next.Name));
    return this.#byParameter(isBytes ? 'bytes' : 'count', index + 1);
  }

  /** The number before or after a SID that the function writes. */
  #sizeOfSid(attributes: readonly MetadataAttribute[], index: number): Extent | undefined {
    if (!hasAttribute(attributes, 'Out')) return undefined;
    const size = [index + 1, index - 1].find((one) => {
      const beside = this.#fn.Params[one];
      return beside && namesSize(beside.Name) && isNumber(beside.Type);
    });
    return size === undefined ? undefined : this.#byParameter('bytes', size);
  }
}

/** Optional pointers to these structs are passed as NULL. */
const LEFT_OUT = new Set(['SECURITY_ATTRIBUTES', 'OVERLAPPED']);

export const isLeftOut = (
  type: MetadataType,
): type is { readonly Kind: 'PointerTo'; readonly Child: Extract<MetadataType, { Kind: 'ApiRef' }> } =>
  type.Kind === 'PointerTo' && type.Child.Kind === 'ApiRef' && LEFT_OUT.has(type.Child.Name);

/** True for a number, or a pointer to one. */
export function isNumber(type: MetadataType): boolean {
  const plain = type.Kind === 'PointerTo' ? type.Child : type;
  return plain.Kind === 'Native' && /^U?Int(32|64|16|Ptr)$/.test(plain.Name);
}

/** True for parameters that the function only writes. */
export const isWritten = ({ Attrs }: MetadataParameter): boolean =>
  hasAttribute(Attrs, 'Out') && !hasAttribute(Attrs, 'In');
