/**
 * The type algebra: built-in C types under their Win32 names, and how a type expression resolves to one of a few shapes.
 *
 * Widths are those of the Windows ABI (LLP64), also elsewhere: a stand-in library is written with fixed-width types.
 * Source: learn.microsoft.com "Windows Data Types".
 */
import type { ByteOrder, FieldDefinition, StringEncoding, TypeExpression, ValueSpec } from './types.js';

export interface IntegerType {
  readonly kind: 'integer';
  /** Bits; 0 stands for pointer-sized. */
  readonly bits: 8 | 16 | 32 | 64 | 0;
  readonly signed: boolean;
}

export type Shape =
  | (IntegerType & { readonly byteOrder: ByteOrder; readonly minimum: bigint; readonly maximum: bigint })
  | { readonly kind: 'boolean'; readonly bits: 8 | 32 }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'handle' }
  | { readonly kind: 'string'; readonly encoding: StringEncoding; readonly capacity: number | undefined }
  | { readonly kind: 'struct'; readonly fields: readonly (FieldDefinition & { readonly shape: Shape })[] }
  | { readonly kind: 'array'; readonly element: Shape; readonly length: number }
  | {
      readonly kind: 'enum';
      readonly names: Readonly<Record<string, number>>;
      readonly base: IntegerType;
    };

type BuiltIn =
  | IntegerType
  | { readonly kind: 'boolean'; readonly bits: 8 | 32 }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'handle' }
  | { readonly kind: 'string'; readonly encoding: StringEncoding };

const integer = (bits: IntegerType['bits'], signed: boolean): IntegerType => ({ kind: 'integer', bits, signed });

/** Every built-in type name a definition may use. */
export const BUILT_IN_TYPES: Readonly<Record<string, BuiltIn>> = {
  CHAR: integer(8, true),
  UCHAR: integer(8, false),
  BYTE: integer(8, false),
  SHORT: integer(16, true),
  USHORT: integer(16, false),
  WORD: integer(16, false),
  INT: integer(32, true),
  UINT: integer(32, false),
  LONG: integer(32, true),
  ULONG: integer(32, false),
  DWORD: integer(32, false),
  HRESULT: integer(32, true),
  NTSTATUS: integer(32, true),
  LONG64: integer(64, true),
  ULONG64: integer(64, false),
  DWORD64: integer(64, false),
  LONG_PTR: integer(0, true),
  ULONG_PTR: integer(0, false),
  SIZE_T: integer(0, false),
  BOOL: { kind: 'boolean', bits: 32 },
  BOOLEAN: { kind: 'boolean', bits: 8 },
  FLOAT: { kind: 'float', bits: 32 },
  DOUBLE: { kind: 'float', bits: 64 },
  HANDLE: { kind: 'handle' },
  PVOID: { kind: 'handle' },
  LPCWSTR: { kind: 'string', encoding: 'utf16' },
  LPCSTR: { kind: 'string', encoding: 'utf8' },
};

/** The least and the greatest value of an integer type; a pointer-sized one counts as 64 bits. */
export function integerRange(type: IntegerType): { minimum: bigint; maximum: bigint } {
  const bits = BigInt(type.bits === 0 ? 64 : type.bits);
  return type.signed
    ? { minimum: -(1n << (bits - 1n)), maximum: (1n << (bits - 1n)) - 1n }
    : { minimum: 0n, maximum: (1n << bits) - 1n };
}

export class TypeResolutionError extends Error {}

export type NamedTypes = Readonly<Record<string, ValueSpec>>;

/** A value specification with what it inherits from the named types it refers to. The nearest statement wins. */
export function inheritSpec(spec: ValueSpec, types: NamedTypes): ValueSpec {
  let current = spec;
  const seen = new Set<string>();
  while (typeof current.type === 'string' && Object.hasOwn(types, current.type)) {
    const name = current.type;
    if (seen.has(name)) throw new TypeResolutionError(`type '${name}' refers to itself`);
    seen.add(name);
    const { type, ...own } = current;
    current = { ...(types[name] as ValueSpec), ...own, type: (types[name] as ValueSpec).type };
  }
  return current;
}

/** How many parts a type may have in all, those of the types in it among them: types that use each other twice double with every level. */
const MOST_PARTS = 10_000;

/** The shape behind a value specification. Throws TypeResolutionError for an unknown name, a cycle, or a type of too many parts. */
export function resolveShape(spec: ValueSpec, types: NamedTypes): Shape {
  return resolvePart(spec, types, 0, { left: MOST_PARTS });
}

interface Budget {
  left: number;
}

function resolvePart(spec: ValueSpec, types: NamedTypes, depth: number, parts: Budget): Shape {
  if (depth > 32) throw new TypeResolutionError('types are nested deeper than 32 levels, or refer to themselves');
  parts.left -= 1;
  if (parts.left < 0) throw new TypeResolutionError(`the type has more than ${MOST_PARTS} parts in all`);
  const full = inheritSpec(spec, types);
  if (typeof full.type === 'string') return resolveBuiltIn(full.type, full);
  return resolveComposite(full.type, types, depth, parts);
}

function resolveBuiltIn(name: string, spec: ValueSpec): Shape {
  const builtIn = Object.hasOwn(BUILT_IN_TYPES, name) ? BUILT_IN_TYPES[name] : undefined;
  if (!builtIn) throw new TypeResolutionError(`unknown type '${name}'`);
  if (builtIn.kind === 'string') return { ...builtIn, capacity: undefined };
  if (builtIn.kind !== 'integer') return builtIn;
  const range = integerRange(builtIn);
  return {
    ...builtIn,
    byteOrder: spec.byteOrder ?? 'host',
    minimum: spec.minimum === undefined ? range.minimum : BigInt(spec.minimum),
    maximum: spec.maximum === undefined ? range.maximum : BigInt(spec.maximum),
  };
}

function resolveComposite(
  type: Exclude<TypeExpression, string>,
  types: NamedTypes,
  depth: number,
  parts: Budget,
): Shape {
  if ('struct' in type) {
    return {
      kind: 'struct',
      fields: type.struct.map((field) => ({ ...field, shape: resolvePart(field, types, depth + 1, parts) })),
    };
  }
  if ('array' in type) {
    return { kind: 'array', element: resolvePart({ type: type.array }, types, depth + 1, parts), length: type.length };
  }
  if ('string' in type) return { kind: 'string', encoding: type.string, capacity: type.capacity };
  const base = Object.hasOwn(BUILT_IN_TYPES, type.base) ? BUILT_IN_TYPES[type.base] : undefined;
  if (base?.kind !== 'integer')
    throw new TypeResolutionError(`the base of an enum must be an integer type, not '${type.base}'`);
  return { kind: 'enum', names: type.enum, base };
}

/** True for integers that JSON carries as decimal strings, because a JSON number is exact only up to 2^53. */
export function travelsAsString(shape: Shape): boolean {
  return shape.kind === 'handle' || (shape.kind === 'integer' && (shape.bits === 64 || shape.bits === 0));
}
