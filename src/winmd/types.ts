/** The data that a reader finds in metadata. */

/**
 * A type by name. A nested one lists its enclosing types, the outermost first; only the outermost has the namespace.
 */
export interface TypeName {
  readonly namespace: string;
  readonly name: string;
  readonly enclosing: readonly string[];
  /** Its row in TypeDef, if this file defines it. */
  readonly definition: number | undefined;
}

export type PrimitiveName = (typeof PRIMITIVES)[keyof typeof PRIMITIVES];

/** The element types that are complete types (ECMA-335, II.23.1.16). */
export const PRIMITIVES = {
  1: 'Void',
  2: 'Boolean',
  3: 'Char',
  4: 'SByte',
  5: 'Byte',
  6: 'Int16',
  7: 'UInt16',
  8: 'Int32',
  9: 'UInt32',
  10: 'Int64',
  11: 'UInt64',
  12: 'Single',
  13: 'Double',
  14: 'String',
  22: 'TypedReference',
  24: 'IntPtr',
  25: 'UIntPtr',
  28: 'Object',
} as const;

/** A type in a signature. Modifiers and `pinned` are omitted, because they do not affect values. */
export type SignatureType =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'named'; readonly type: TypeName; readonly isValue: boolean }
  | { readonly kind: 'pointer' | 'reference' | 'vector'; readonly element: SignatureType }
  | {
      readonly kind: 'array';
      readonly element: SignatureType;
      readonly rank: number;
      readonly sizes: readonly number[];
      readonly lowerBounds: readonly number[];
    }
  | { readonly kind: 'instance'; readonly generic: SignatureType; readonly arguments: readonly SignatureType[] }
  | { readonly kind: 'parameter'; readonly ofMethod: boolean; readonly index: number }
  | { readonly kind: 'function'; readonly signature: MethodSignature };

export interface MethodSignature {
  readonly returns: SignatureType;
  readonly parameters: readonly SignatureType[];
  /** The lowest four bits are the calling convention, 0x20 is an instance method. */
  readonly flags: number;
}

/** The value of a constant or of an attribute's argument. Integers of 64 bits are bigints; a type is its name. */
export type MetadataValue = string | number | bigint | boolean | null | readonly MetadataValue[];

export interface Attribute {
  readonly type: TypeName;
  /** The arguments of its constructor. */
  readonly fixed: readonly MetadataValue[];
  /** Fields and properties by name. */
  readonly named: Readonly<Record<string, MetadataValue>>;
}

export interface WinmdField {
  readonly name: string;
  readonly flags: number;
  readonly type: SignatureType;
  /** In bytes; only in types with explicit layout. */
  readonly offset: number | undefined;
  readonly constant: MetadataValue | undefined;
  readonly attributes: readonly Attribute[];
}

export interface WinmdParameter {
  readonly name: string;
  /** Its Param row: 1 `In`, 2 `Out`, 16 `Optional`. */
  readonly flags: number;
  readonly type: SignatureType;
  readonly attributes: readonly Attribute[];
}

/** The row of ImplMap: the library and the entry point. */
export interface WinmdImport {
  readonly library: string;
  readonly entryPoint: string;
  /** 1 exact spelling, 6 character set, 0x40 sets the last error, 0x700 calling convention. */
  readonly flags: number;
}

export interface WinmdMethod {
  readonly name: string;
  readonly flags: number;
  readonly returns: SignatureType;
  readonly returnAttributes: readonly Attribute[];
  readonly parameters: readonly WinmdParameter[];
  readonly import: WinmdImport | undefined;
  readonly attributes: readonly Attribute[];
}

export interface WinmdType {
  readonly name: TypeName;
  readonly flags: number;
  readonly extends: TypeName | undefined;
  /** The packing in the ClassLayout row; 0 if it is not specified. */
  readonly pack: number;
  readonly size: number;
}

/** Returns `Namespace.Outer+Inner`. */
export function fullName({ namespace, enclosing, name }: TypeName): string {
  const path = [...enclosing, name].join('+');
  return namespace === '' ? path : `${namespace}.${path}`;
}
