/** Converts types of Win32 metadata to those of a definition. */

import { resolveType } from '../definition/checks/resolve-type.js';
import { namesSize } from '../definition/size-names.js';
import type { FieldDefinition, TypeExpression, ValueSpec } from '../definition/types.js';
import { kindWithType, resolveBuiltIn, sizeOf, wholeNumberOf } from '../kinds/index.js';
import {
  entryNamed,
  InexpressibleError,
  type MetadataDocuments,
  type MetadataParameter,
  type MetadataType,
  type MetadataTypeEntry,
} from './metadata.js';

/** Returns the reference to a named type of a document. */
export type Reference = Extract<MetadataType, { Kind: 'ApiRef' }>;

const NATIVE: Readonly<Record<string, TypeExpression>> = {
  SByte: 'CHAR',
  Byte: 'BYTE',
  Int16: 'SHORT',
  UInt16: 'USHORT',
  Char: 'USHORT',
  Int32: 'INT',
  UInt32: 'ULONG',
  Int64: 'LONG64',
  UInt64: 'ULONG64',
  IntPtr: 'LONG_PTR',
  UIntPtr: 'ULONG_PTR',
  Single: 'FLOAT',
  Double: 'DOUBLE',
  Guid: 'GUID',
};

/** Types whose name carries more information than what they are made of. */
const NAMED = new Set(
  'BOOL BOOLEAN HRESULT NTSTATUS HANDLE CHAR FILETIME SYSTEMTIME IN_ADDR IN6_ADDR SOCKADDR_IN SOCKADDR_IN6 SOCKADDR_INET SOCKADDR_STORAGE'.split(
    ' ',
  ),
);

/** The maximum number of names of an enum; with more, it is imported as a plain integer. */
const MOST_NAMES = 100;

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,79}$/;

/** Converts types, and collects the structs and enums that they use as named types. */
export class TypeImporter {
  readonly #documents: MetadataDocuments;
  readonly #home: string;
  readonly #types = new Map<string, ValueSpec>();
  readonly #inProgress = new Set<MetadataTypeEntry>();
  /** The structs that are being converted, the innermost last: nested types can only be found through them. */
  readonly #enclosing: MetadataTypeEntry[] = [];
  /** Referenced namespaces that are not among the documents. */
  readonly missing = new Set<string>();

  /** `home` is the namespace whose names get no prefix. */
  constructor(documents: MetadataDocuments, home: string) {
    this.#documents = documents;
    this.#home = home;
  }

  /** The named types collected so far. */
  get types(): Readonly<Record<string, ValueSpec>> {
    return Object.fromEntries(this.#types);
  }

  /** True if the values of a type have names; flags included. */
  isEnum(type: MetadataType): boolean {
    if (type.Kind !== 'ApiRef') return false;
    const document = this.#documents.get(type.Api);
    return document !== undefined && follow(document.Types, type)?.Kind === 'Enum';
  }

  /** Returns the entry of a reference, and whether it is nested in the struct that is being converted. */
  #find(reference: Reference): { readonly entry: MetadataTypeEntry; readonly isNested: boolean } {
    const nested = follow(this.#enclosing.at(-1)?.NestedTypes ?? [], reference);
    if (nested) return { entry: nested, isNested: true };
    const document = this.#documents.get(reference.Api);
    if (!document) {
      this.missing.add(reference.Api);
      throw new InexpressibleError(`its type ${reference.Name} is in ${reference.Api}, which is not there`);
    }
    const entry = follow(document.Types, reference);
    if (!entry) throw new InexpressibleError(`its type ${reference.Name} is not described in ${reference.Api}`);
    return { entry, isNested: false };
  }

  /** Converts a type that is a value: an integer, a handle, a struct, ... Throws InexpressibleError for every other. */
  valueType(type: MetadataType): TypeExpression {
    switch (type.Kind) {
      case 'Native': {
        const native = Object.hasOwn(NATIVE, type.Name) ? NATIVE[type.Name] : undefined;
        if (native === undefined) throw new InexpressibleError(`its type ${type.Name} has no value`);
        return native;
      }
      case 'ApiRef':
        return this.#referenced(type);
      case 'PointerTo':
        if (type.Child.Kind === 'Native' && type.Child.Name === 'Void') return 'PVOID';
        throw new InexpressibleError('it is or holds a pointer, which only the program that made it can follow');
      case 'Array':
        return this.#array(type);
      default:
        throw new InexpressibleError(`its type is of the kind ${type.Kind}`);
    }
  }

  #array({ Shape, Child }: Extract<MetadataType, { Kind: 'Array' }>): TypeExpression {
    if (!Shape) throw new InexpressibleError('it holds an array of variable length');
    return fixedArray(Child, Shape.Size, () => this.valueType(Child));
  }

  #referenced(reference: Reference): TypeExpression {
    if (reference.TargetKind === 'FunctionPointer') throw new InexpressibleError('it is or holds a callback');
    if (reference.TargetKind === 'Com') throw new InexpressibleError('it is or holds a COM interface');
    if (NAMED.has(reference.Name)) return reference.Name;
    const { entry, isNested } = this.#find(reference);
    switch (entry.Kind) {
      case 'NativeTypedef':
        return this.#typedef(entry);
      case 'Enum':
        return this.#enum(entry, reference, isNested);
      case 'Struct':
        return this.#struct(entry, reference, isNested);
      case 'Union':
        throw new InexpressibleError(`it is or holds the union ${entry.Name}`);
      default:
        throw new InexpressibleError(`its type ${entry.Name} is of the kind ${entry.Kind}`);
    }
  }

  #typedef({ Name, Def, FreeFunc }: MetadataTypeEntry): TypeExpression {
    if (!Def) throw new InexpressibleError(`its type ${Name} stands for nothing`);
    if (Def.Kind === 'PointerTo' && !(Def.Child.Kind === 'Native' && Def.Child.Name === 'Void')) {
      throw new InexpressibleError(`it is or holds a ${Name}, a pointer to text`);
    }
    const isPointerSized = Def.Kind === 'Native' && (Def.Name === 'IntPtr' || Def.Name === 'UIntPtr');
    const isNumber = /^(LPARAM|WPARAM|LRESULT|[A-Z]+_PTR|SIZE_T)$/.test(Name);
    if (isPointerSized && !isNumber && (FreeFunc || Def.Name === 'IntPtr')) return 'HANDLE';
    return this.valueType(Def);
  }

  /** An enum of single values keeps its names. Flags, which are combined, and very long lists become plain integers. */
  #enum(entry: MetadataTypeEntry, reference: Reference, isNested: boolean): TypeExpression {
    const base = this.valueType({ Kind: 'Native', Name: entry.IntegerBase ?? 'Int32' });
    const values = (entry.Values ?? []).filter(({ Name }) => IDENTIFIER.test(Name));
    if (typeof base !== 'string' || entry.Flags || values.length === 0 || values.length > MOST_NAMES) return base;
    return this.#keep(reference, isNested, () => ({
      enum: Object.fromEntries(values.map(({ Name, Value }) => [Name, fitted(Value, base)])),
      base,
    }));
  }

  #struct(entry: MetadataTypeEntry, reference: Reference, isNested: boolean): TypeExpression {
    if (this.#inProgress.has(entry)) throw new InexpressibleError(`the struct ${entry.Name} holds itself`);
    if (entry.PackingSize) throw new InexpressibleError(`the struct ${entry.Name} is packed`);
    const fields = entry.Fields ?? [];
    if (fields.length === 0) throw new InexpressibleError(`the struct ${entry.Name} is opaque`);
    this.#inProgress.add(entry);
    if (!isNested) this.#enclosing.push(entry);
    try {
      return this.#keep(reference, isNested, () => ({
        struct: this.#sized(fields.map((field, index) => this.#field(field, entry.Name, index === fields.length - 1))),
      }));
    } finally {
      this.#inProgress.delete(entry);
      if (!isNested) this.#enclosing.pop();
    }
  }

  /** A first field with the name of a struct size is one; no other meaning is possible. */
  #sized(fields: readonly FieldDefinition[]): readonly FieldDefinition[] {
    const [first, ...others] = fields;
    if (!first || !namesSize(first.name)) return fields;
    const { types } = this;
    const whole = resolveType({ types }, { type: { struct: fields } });
    const shape = resolveType({ types }, first);
    if (!whole || !shape || !wholeNumberOf(shape)) return fields;
    const size = sizeOf(whole);
    return [{ ...first, minimum: size, maximum: size }, ...others];
  }

  #field({ Name, Type }: MetadataParameter, struct: string, isLast: boolean): FieldDefinition {
    const place = `the field ${Name} of ${struct}`;
    if (!IDENTIFIER.test(Name)) throw new InexpressibleError(`${place} has no plain name`);
    if (isLast && Type.Kind === 'Array' && (Type.Shape?.Size ?? 1) <= 1) {
      throw new InexpressibleError(`${place} is an array of variable length`);
    }
    try {
      return { name: Name, type: this.valueType(Type) };
    } catch (error) {
      if (!(error instanceof InexpressibleError) || error.message.startsWith('the ')) throw error;
      throw new InexpressibleError(`${place} cannot be expressed: ${error.message}`);
    }
  }

  /** Adds a type under its name, once. A nested one stays where it is used. */
  #keep(reference: Reference, isNested: boolean, make: () => TypeExpression): TypeExpression {
    if (isNested || !IDENTIFIER.test(reference.Name)) return make();
    const prefix = reference.Api === this.#home || reference.Api === 'Foundation' ? '' : namespacePrefix(reference.Api);
    const isBuiltIn = kindWithType(reference.Name) !== undefined;
    const name = `${prefix}${reference.Name}${isBuiltIn ? '_' : ''}`;
    if (!this.#types.has(name)) this.#types.set(name, { type: make() });
    return name;
  }
}

/** Finds the entry of a reference through the entries that contain it. */
function follow(entries: readonly MetadataTypeEntry[], { Parents, Name }: Reference): MetadataTypeEntry | undefined {
  const scope = Parents.reduce((within, parent) => entryNamed(within, parent)?.NestedTypes ?? [], entries);
  return entryNamed(scope, Name);
}

/** Converts `Networking.WinSock` to `Networking_WinSock_`, because two namespaces can have types of the same name. */
function namespacePrefix(api: string): string {
  return `${api.replaceAll('.', '_')}_`;
}

/** An array of fixed length. An array of characters becomes a string with that capacity. */
export function fixedArray(child: MetadataType, length: number, element: () => TypeExpression): TypeExpression {
  if (length < 1 || length > 1_048_576) throw new InexpressibleError(`it holds an array of ${length} elements`);
  if (child.Kind === 'Native' && child.Name === 'Char') return { string: 'utf16', capacity: length };
  if (child.Kind === 'ApiRef' && child.Name === 'CHAR') return { string: 'utf8', capacity: length };
  return { array: element(), length };
}

/**
 * Converts a value to the range of its base type: metadata writes some unsigned values as negative numbers, and vice
 * versa.
 */
function fitted(value: number, base: string): number {
  const range = wholeNumberOf(resolveBuiltIn(base, { type: base }));
  if (!range) return value;
  const { minimum, maximum } = range;
  const span = Number(maximum - minimum) + 1;
  if (value < Number(minimum)) return value + span;
  return value > Number(maximum) ? value - span : value;
}
