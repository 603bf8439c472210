/** Reads constants, and the arguments of attributes (ECMA-335, II.22.9 and II.23.3). */
import { own } from '../definition/own.js';
import type { BlobReader } from './blob-reader.js';
import { type MetadataValue, PRIMITIVES, type PrimitiveName, type SignatureType } from './types.js';

const READERS: Readonly<Partial<Record<PrimitiveName, (blob: BlobReader) => MetadataValue>>> = {
  Boolean: (blob) => blob.byte() !== 0,
  Char: (blob) => String.fromCharCode(blob.take(2).readUInt16LE(0)),
  SByte: (blob) => blob.take(1).readInt8(0),
  Byte: (blob) => blob.byte(),
  Int16: (blob) => blob.take(2).readInt16LE(0),
  UInt16: (blob) => blob.take(2).readUInt16LE(0),
  Int32: (blob) => blob.take(4).readInt32LE(0),
  UInt32: (blob) => blob.take(4).readUInt32LE(0),
  Int64: (blob) => blob.take(8).readBigInt64LE(0),
  UInt64: (blob) => blob.take(8).readBigUInt64LE(0),
  Single: (blob) => blob.take(4).readFloatLE(0),
  Double: (blob) => blob.take(8).readDoubleLE(0),
};

/** Reads a value of a primitive type; undefined if the type has no values in metadata. */
export function readPrimitive(blob: BlobReader, name: PrimitiveName): MetadataValue | undefined {
  return READERS[name]?.(blob);
}

/** Reads the value of a constant, which is the whole blob. */
export function readConstant(blob: BlobReader, name: PrimitiveName | 'Null'): MetadataValue {
  if (name === 'String') return blob.take(blob.remaining).toString('utf16le');
  const value = name === 'Null' ? nothing(blob) : readPrimitive(blob, name);
  if (value === undefined) throw blob.error(`a constant cannot be of the type ${name}`);
  blob.end();
  return value;
}

function nothing(blob: BlobReader): null {
  if (blob.take(4).readUInt32LE(0) !== 0) throw blob.error('a constant of a class is not null');
  return null;
}

/** Returns the storage type of an enum. `name` is as in the blob; a signature has the type itself. */
export interface EnumResolver {
  ofName(name: string): PrimitiveName;
  ofType(type: SignatureType): PrimitiveName | undefined;
}

/** The kinds of named arguments, and of their values (II.23.3). */
const FIELD = 0x53;
const PROPERTY = 0x54;
const TYPE = 0x50;
const BOXED = 0x51;
const ENUM = 0x55;
const VECTOR = 0x1d;

/** The maximum nesting of arrays and objects. */
const DEEPEST = 20;

type ArgumentType =
  | PrimitiveName
  | 'Type'
  | 'Boxed'
  | { readonly enumeration: PrimitiveName }
  | { readonly vector: ArgumentType };

export interface Arguments {
  readonly fixed: readonly MetadataValue[];
  readonly named: Readonly<Record<string, MetadataValue>>;
}

/** Reads the arguments of an attribute, which are the whole blob. `parameters` are those of its constructor. */
export function readArguments(blob: BlobReader, parameters: readonly SignatureType[], enums: EnumResolver): Arguments {
  // Some compilers write an empty blob for an attribute without arguments.
  if (blob.remaining === 0 && parameters.length === 0) return { fixed: [], named: {} };
  const prolog = blob.take(2).readUInt16LE(0);
  if (prolog !== 1) throw blob.error(`it starts with ${prolog}, and not with 1`);
  const fixed = parameters.map((type) => readArgument(blob, argumentType(blob, type, enums), enums, 0));
  const count = blob.take(2).readUInt16LE(0);
  const named: Record<string, MetadataValue> = Object.create(null);
  for (let index = 0; index < count; index++) {
    const { name, value } = readNamed(blob, enums);
    named[name] = value;
  }
  blob.end();
  return { fixed, named: { ...named } };
}

function readNamed(blob: BlobReader, enums: EnumResolver): { readonly name: string; readonly value: MetadataValue } {
  const kind = blob.byte();
  if (kind !== FIELD && kind !== PROPERTY) throw blob.error(`a named argument is of the kind 0x${kind.toString(16)}`);
  const type = writtenType(blob, enums, 0);
  const name = readText(blob);
  if (name === null || name === '') throw blob.error('a named argument has no name');
  return { name, value: readArgument(blob, type, enums, 0) };
}

/** The type of an argument according to the constructor's signature. */
function argumentType(blob: BlobReader, type: SignatureType, enums: EnumResolver): ArgumentType {
  if (type.kind === 'vector') return { vector: argumentType(blob, type.element, enums) };
  if (type.kind === 'primitive') return type.name === 'Object' ? 'Boxed' : type.name;
  if (type.kind === 'named' && !type.isValue && type.type.namespace === 'System' && type.type.name === 'Type')
    return 'Type';
  const enumeration = enums.ofType(type);
  if (enumeration) return { enumeration };
  throw blob.error(`an argument is of the kind ${type.kind}, which no attribute can have`);
}

/** The type of an argument according to the blob. */
function writtenType(blob: BlobReader, enums: EnumResolver, depth: number): ArgumentType {
  if (depth > DEEPEST) throw blob.error('it has too many arrays within each other');
  const element = blob.byte();
  if (element === VECTOR) return { vector: writtenType(blob, enums, depth + 1) };
  if (element === TYPE) return 'Type';
  if (element === BOXED) return 'Boxed';
  if (element === ENUM) return { enumeration: enums.ofName(readText(blob) ?? '') };
  const primitive = own(PRIMITIVES, String(element));
  if (!primitive || (primitive !== 'String' && !READERS[primitive]))
    throw blob.error(`an argument has the type 0x${element.toString(16)}, which does not exist`);
  return primitive;
}

function readArgument(blob: BlobReader, type: ArgumentType, enums: EnumResolver, depth: number): MetadataValue {
  if (depth > DEEPEST) throw blob.error('it has too many values within each other');
  if (typeof type === 'object' && 'vector' in type) return readVector(blob, type.vector, enums, depth);
  if (type === 'String' || type === 'Type') return readText(blob);
  if (type === 'Boxed') return readArgument(blob, writtenType(blob, enums, depth), enums, depth + 1);
  const primitive = typeof type === 'object' ? type.enumeration : type;
  const value = readPrimitive(blob, primitive);
  if (value === undefined) throw blob.error(`an argument is of the type ${primitive}, which no attribute can have`);
  return value;
}

function readVector(blob: BlobReader, element: ArgumentType, enums: EnumResolver, depth: number): MetadataValue {
  const count = blob.take(4).readUInt32LE(0);
  if (count === 0xffffffff) return null;
  if (count > blob.remaining)
    throw blob.error(`it would have ${count} elements, but only ${blob.remaining} bytes are left`);
  return Array.from({ length: count }, () => readArgument(blob, element, enums, depth + 1));
}

/** Reads a text with its length before it (SerString); null is the byte 0xff. */
function readText(blob: BlobReader): string | null {
  if (blob.peek() === 0xff) {
    blob.byte();
    return null;
  }
  return blob.take(blob.compressed()).toString('utf8');
}
