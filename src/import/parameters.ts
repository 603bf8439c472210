/** Converts parameters of Win32 metadata to those of a definition. */

import { resolveType } from '../definition/checks/resolve-type.js';
import type { Direction, ParameterDefinition, TypeExpression } from '../definition/types.js';
import { kindOf } from '../kinds/index.js';
import { hasAttribute, InexpressibleError, type MetadataParameter, type MetadataType } from './metadata.js';
import { fixedArray, type TypeImporter } from './type-importer.js';

export { parameterNames } from './names/parameter-names.js';

/** Reports a note about a parameter for the user. */
export type Note = (text: string) => void;

/** Returns the parameter under a given name. Throws InexpressibleError if it cannot be expressed. */
export function importParameter(
  { Name, Type, Attrs }: MetadataParameter,
  name: string,
  importer: TypeImporter,
  note: Note,
): ParameterDefinition {
  if (hasAttribute(Attrs, 'Reserved')) return importReserved(Type, name, importer);
  const isOptional = hasAttribute(Attrs, 'Optional');
  if (isOptional && isLeftOut(Type)) {
    note(`${Name}: always NULL, which is what nearly every caller gives`);
    return { ...nullParameter(name), description: 'Optional: always NULL.' };
  }
  try {
    const imported = importByDirection(Type, Attrs, importer, (text) => note(`${Name}: ${text}`));
    if (isOptional && imported.direction === 'inout') {
      note(
        `${Name}: optional in C, but not here; for NULL give it the type PVOID, the direction in and the constant 0`,
      );
    }
    return { name, ...imported };
  } catch (error) {
    if (!(error instanceof InexpressibleError) || !canBeNull(Type, Attrs)) throw error;
    note(`${Name}: always NULL, because it is optional and cannot be expressed: ${error.message}`);
    return { ...nullParameter(name), description: 'Always NULL: optional, and not to be expressed otherwise.' };
  }
}

/** Optional pointers to these structs are passed as NULL. */
const LEFT_OUT = new Set(['SECURITY_ATTRIBUTES', 'OVERLAPPED']);

const isLeftOut = (type: MetadataType) =>
  type.Kind === 'PointerTo' && type.Child.Kind === 'ApiRef' && LEFT_OUT.has(type.Child.Name);

function importReserved(type: MetadataType, name: string, importer: TypeImporter): ParameterDefinition {
  const description = 'Reserved by the system: always 0.';
  if (isPointer(type)) return { ...nullParameter(name), description };
  const value = importer.valueType(type);
  if (typeof value !== 'string' || Object.hasOwn(importer.types, value)) {
    throw new InexpressibleError('it is reserved, and not a number that could be 0');
  }
  return { name, type: value, direction: 'in', constant: 0, description };
}

/** True for a type that is a pointer in C and can be `NULL`. */
function isPointer(type: MetadataType): boolean {
  if (type.Kind === 'PointerTo' || type.Kind === 'LPArray') return true;
  if (type.Kind !== 'ApiRef') return false;
  return type.TargetKind === 'FunctionPointer' || type.TargetKind === 'Com' || isText(type);
}

/** Passes NULL for an optional parameter, unless it is a buffer: then the call would return nothing useful. */
function canBeNull(type: MetadataType, attributes: MetadataParameter['Attrs']): boolean {
  const isBuffer = type.Kind === 'LPArray' || hasAttribute(attributes, 'MemorySize') || isText(type);
  const isWritten = hasAttribute(attributes, 'Out') && !hasAttribute(attributes, 'In');
  return hasAttribute(attributes, 'Optional') && isPointer(type) && !isBuffer && !isWritten;
}

const nullParameter = (name: string): ParameterDefinition => ({ name, type: 'PVOID', direction: 'in', constant: 0 });

type Imported = Omit<ParameterDefinition, 'name'>;

function importByDirection(
  type: MetadataType,
  attributes: MetadataParameter['Attrs'],
  importer: TypeImporter,
  note: Note,
): Imported {
  const isOut = hasAttribute(attributes, 'Out');
  const direction: Direction = !isOut ? 'in' : hasAttribute(attributes, 'In') ? 'inout' : 'out';
  if (hasAttribute(attributes, 'MemorySize')) {
    throw new InexpressibleError('it is a buffer whose size another parameter gives');
  }
  if (isText(type)) return importText(type, attributes, direction);
  if (type.Kind === 'LPArray') return importArray(type, direction, importer);
  if (type.Kind === 'PointerTo') return importPointer(type.Child, direction, importer, note);
  const value = importer.valueType(type);
  if (direction === 'out') throw new InexpressibleError('it is written by the function, and yet no pointer');
  return { type: value, direction: 'in' };
}

function isText(type: MetadataType): type is Extract<MetadataType, { Kind: 'ApiRef' }> {
  return type.Kind === 'ApiRef' && (type.Name === 'PWSTR' || type.Name === 'PSTR');
}

function importText(type: { Name: string }, attributes: MetadataParameter['Attrs'], direction: Direction): Imported {
  if (direction !== 'in') throw new InexpressibleError('it is a string that the function writes, of unknown capacity');
  if (hasAttribute(attributes, 'NotNullTerminated')) {
    throw new InexpressibleError('it is text without a terminator, whose length is told elsewhere');
  }
  if (hasAttribute(attributes, 'NullNullTerminated')) throw new InexpressibleError('it is a list of strings');
  return { type: type.Name === 'PWSTR' ? 'LPCWSTR' : 'LPCSTR', direction: 'in' };
}

function importArray(
  { CountConst, Child }: Extract<MetadataType, { Kind: 'LPArray' }>,
  direction: Direction,
  importer: TypeImporter,
): Imported {
  const isFixed = CountConst >= 1;
  if (!isFixed && isCharacter(Child) && direction !== 'in') {
    throw new InexpressibleError('it is a string that the function writes, of a capacity that another parameter gives');
  }
  if (!isFixed) throw new InexpressibleError('it is an array of variable length');
  const type = fixedArray(Child, CountConst, () => importer.valueType(Child));
  const shape = resolveType(importer, { type });
  if (direction === 'in' && shape && kindOf(shape).isText) {
    throw new InexpressibleError('it is an array of characters of fixed length that the caller fills');
  }
  return { type, direction };
}

const isCharacter = (type: MetadataType) =>
  (type.Kind === 'Native' && type.Name === 'Char') || (type.Kind === 'ApiRef' && type.Name === 'CHAR');

/**
 * Converts a pointer to one value. A pointer to a byte or a character is rejected, because it may point to a buffer.
 */
function importPointer(child: MetadataType, direction: Direction, importer: TypeImporter, note: Note): Imported {
  if (child.Kind === 'PointerTo') throw new InexpressibleError('it is a pointer to a pointer');
  if (isText(child)) throw new InexpressibleError('it is a pointer to a pointer to text');
  if (child.Kind === 'Native' && child.Name === 'Void') {
    throw new InexpressibleError('it is a pointer to memory of unknown size');
  }
  if ((child.Kind === 'Native' && SMALL.has(child.Name)) || isCharacter(child)) {
    throw new InexpressibleError('it is a pointer to bytes or characters of unknown number');
  }
  const type = importer.valueType(child);
  if (direction === 'in') {
    const description = 'Passed by pointer; comes back as it is after the call.';
    return { type, direction: 'inout', description };
  }
  if (direction === 'out' && startsWithSize(type, importer)) {
    note('inout, because its first field looks like its own size, which the caller must fill in before the call');
    return { type, direction: 'inout' };
  }
  return { type, direction };
}

const SMALL = new Set(['Byte', 'SByte', 'Char', 'UInt16', 'Int16']);

function startsWithSize(type: TypeExpression, importer: TypeImporter): boolean {
  const shape = resolveType(importer, { type });
  const [first] = (shape && kindOf(shape).fields?.(shape)) ?? [];
  return /^cb$|^cb(Size|Struct)|(^|[a-z])(Size|Length)$/.test(first?.name ?? '');
}
