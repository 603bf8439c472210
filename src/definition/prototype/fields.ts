/** The fields of structs. */
import type { Packing } from './directives.js';
import { isList, isText, terminatedText } from './encoding.js';
import { refuse } from './errors.js';
import { layoutOf } from './layout.js';
import type { Encoding, LongField, LongType } from './long-form.js';
import { type Marks, readMarks, type WrittenExtent } from './marks.js';
import type { Base, NamedType } from './names.js';
import { endType } from './open-end.js';
import type { Scope } from './scope.js';
import type { Entry, Expression, Mark, Member, Piece, Suffix, Tagged } from './syntax.js';
import { arrayType, CALLBACK, sizedType, valueType, wholeConstant } from './values.js';
import { type Reading, readDeclarator, readWords, type TypeSource } from './words.js';

export interface ReadFields {
  readonly fields: readonly LongField[];
  /** The maximum alignment of a field in bytes; absent if it has no effect. */
  readonly pack?: number;
  /** True if one of them has a type of the Windows headers. */
  readonly isWindows: boolean;
}

/** Reads the fields of a struct. Throws Mistake for a field that a definition cannot express. */
export function readFields(tagged: Tagged, source: TypeSource, packing: readonly Packing[]): ReadFields {
  const fields = new Map<string, LongField>();
  const numbers: string[] = [];
  let isWindows = false;
  /** The place of the mark on a field that holds the size of the struct. */
  let sizedAt: number | undefined;
  const members = tagged.members ?? [];
  members.forEach((member, index) => {
    const readings = readingsOf(member, fields, source);
    for (const [reading, entry] of readings) {
      const isLast = index === members.length - 1 && entry === readings.at(-1)?.[1] && fields.size > 0;
      const marks = marksOf(member, reading, entry);
      const field =
        entry.suffix?.kind === 'bits'
          ? bitField(reading, entry.suffix, marks, { scope: source.scope, before: fields })
          : fieldOf(reading, entry, marks, isLast ? numbers : undefined, source.scope);
      const isSwitched = tagged.tag === 'union' && tagged.use?.isSwitch === true;
      const chosen = casesOf(marks, isSwitched, source.scope);
      if (isWholeNumber(reading, entry)) numbers.push(field.name);
      if (fields.has(field.name)) refuse(reading.name?.at ?? reading.at, `the field '${field.name}' appears twice`);
      sizedAt ??= marks.size;
      fields.set(field.name, { ...field, ...(marks.size !== undefined && { size: true }), ...chosen });
      isWindows ||= reading.type.base.isWindows === true;
    }
  });
  if (fields.size === 0) refuse(tagged.at, 'a struct needs at least one field');
  const list = [...fields.values()];
  const unsized = members.at(-1)?.more.at(-1) ?? members.at(-1)?.first;
  if (sizedAt !== undefined && unsized?.suffix?.kind === 'array' && !unsized.suffix.lengths[0])
    refuse(sizedAt, 'C does not count a field with [] in the size of this struct; write [1] if the header does');
  const pack = packOf(list, tagged, source.scope, packing);
  const packed = pack === undefined ? {} : { pack };
  return { fields: list, ...packed, isWindows };
}

/** Reads the fields of one line. */
function readingsOf(
  member: Member,
  before: ReadonlyMap<string, unknown>,
  source: TypeSource,
): (readonly [Reading, Entry])[] {
  const { first, more } = member;
  const pieces = withUse(first.pieces, member.marks);
  const isUnnamed = pieces.every((piece) => piece.kind === 'tagged');
  const reading = readWords(pieces, source, 'possible');
  const named = isUnnamed ? anonymous(reading, pieces[0] as Tagged, before) : reading;
  return [
    [named, first],
    ...more.map((entry) => [readDeclarator(entry.pieces, reading.shared, entry.at), entry] as const),
  ];
}

/** Returns a union with the field that the marks before it choose. */
export function withUse(pieces: readonly Piece[], marks: readonly Mark[]): readonly Piece[] {
  const use = marks.find(({ name }) => name === 'use' || name === 'switch_is');
  const [argument] = use?.args ?? [];
  if (!use || argument?.kind !== 'name') return pieces;
  const isUnion = (piece: Piece) => piece.kind === 'tagged' && piece.tag === 'union' && piece.members !== undefined;
  if (!pieces.some(isUnion))
    refuse(use.at, `the mark '${use.name}' is only for a union that is declared with its fields`);
  return pieces.map((piece) =>
    isUnion(piece)
      ? { ...(piece as Tagged), use: { field: argument.name, isSwitch: use.name === 'switch_is', at: use.at } }
      : piece,
  );
}

/** Reads an anonymous struct in a struct: C treats its fields as fields of the outer struct. */
function anonymous(reading: Reading, tagged: Tagged, before: ReadonlyMap<string, unknown>): Reading {
  if (!tagged.members && !tagged.enumerators) return refuse(tagged.at, 'the name of this field is missing');
  if (tagged.use && !tagged.use.isSwitch && !before.has(tagged.use.field))
    return { ...reading, name: { kind: 'word', text: tagged.use.field, at: tagged.at } };
  return { ...reading, name: { kind: 'word', text: freeName('Anonymous', before), at: tagged.at } };
}

/** Returns a name that no earlier field has. */
function freeName(wanted: string, before: ReadonlyMap<string, unknown>): string {
  let name = wanted;
  for (let number = 2; before.has(name); number += 1) name = `${wanted}${number}`;
  return name;
}

/** Returns the values of the switch field for which a member of a union is used. */
function casesOf({ cases }: Marks, isSwitched: boolean, scope: Scope): Pick<LongField, 'case' | 'default'> {
  if (!cases) return {};
  if (!isSwitched) refuse(cases.at, `the mark '${cases.name}' is only for a field of a union with [switch_is(f)]`);
  const values = cases.values.map((one) => wholeConstant(one, scope));
  return values.length > 0 ? { case: values } : { default: true };
}

function marksOf({ marks }: Member, { annotations, type }: Reading, { trailer }: Entry): Marks {
  const isAnnotation = (piece: { readonly kind: string }) => piece.kind === 'annotation';
  const found = readMarks(marks, [
    ...annotations.filter(isAnnotation),
    ...trailer.filter((piece) => piece.kind === 'annotation'),
  ]);
  const { grow, memory, written, each, allocated, unreviewed } = found;
  const counted = type.pointers.length === 1 && isText(type.base, found) && found.extent ? undefined : written;
  const place =
    grow?.at ?? memory?.at ?? counted?.at ?? each?.at ?? (allocated?.isSaid ? allocated.at : undefined) ?? unreviewed;
  if (place !== undefined) {
    refuse(place, 'this mark is only for a parameter; it is not supported in a struct');
  }
  return found;
}

function fieldOf(
  { type, name, at, isAligned }: Reading,
  { suffix }: Entry,
  marks: Marks,
  /** The earlier fields that are whole numbers, for the last field; undefined for any other field. */
  numbers: readonly string[] | undefined,
  scope: Scope,
): LongField {
  if (isAligned) refuse(at, 'fields with their own alignment are not supported');
  if (suffix?.kind === 'callback') refuse(suffix.at, `a function pointer: ${CALLBACK}`);
  if (suffix?.kind === 'function') refuse(suffix.at, "a field cannot be a function; is a ';' missing?");
  if (!name) return refuse(at, 'the name of this field is missing');
  if (suffix?.kind !== 'array') {
    const constant = marks.constant && wholeConstant(marks.constant.value, scope);
    const field = { name: name.text, at: name.at, marks };
    const plain = plainType(type, field, scope);
    return {
      name: name.text,
      type: plain,
      ...(constant !== undefined && { constant }),
      ...(marks.next !== undefined && { next: true }),
      ...(marks.value !== undefined && type.pointers.length === 0 && { isSize: false }),
      ...(marks.optional !== undefined &&
        (type.pointers.length > 0 || type.base.role === 'handle') && { optional: true }),
    };
  }
  if (marks.constant) refuse(marks.constant.at, 'only a number can be constant');
  const { lengths } = suffix;
  const end = { name: name.text, at: name.at, type, marks, lengths, lengthAt: suffix.at };
  const open = numbers && endType({ ...end, numbers }, scope);
  if (open) return { name: name.text, type: open };
  if (marks.extent)
    refuse(
      marks.extent.at,
      'an array in a struct already has its number of elements, unless it is [1] or [] at the end of the struct',
    );
  const array = {
    lengths,
    at: suffix.at,
    encoding: marks.encoding?.encoding,
    isList: isList(type.base, marks),
  };
  return { name: name.text, type: arrayType(valueType(type, name.at, name.text), type, array, scope) };
}

/** True for a field that can hold the number of elements of another one. */
const isWholeNumber = ({ type }: Reading, { suffix }: Entry) =>
  /^(number|byte)$/.test(type.base.role) && type.pointers.length === 0 && suffix === undefined;

/** Reads a bit field such as `DWORD fBinary : 1`; without a name, the bits are padding. */
function bitField(
  { type, name, at, isAligned }: Reading,
  suffix: Extract<Suffix, { readonly kind: 'bits' }>,
  marks: Marks,
  { scope, before }: { readonly scope: Scope; readonly before: ReadonlyMap<string, unknown> },
): LongField {
  if (isAligned) refuse(at, 'fields with their own alignment are not supported');
  if (type.pointers.length > 0) refuse(suffix.at, 'only an integer can have a number of bits, and this is a pointer');
  const bits = wholeConstant(suffix.width, scope);
  if (bits < 0 || bits > 64) refuse(suffix.width.at, `a bit field must have 0 to 64 bits, not ${bits}`);
  if (bits === 0 && name)
    refuse(suffix.width.at, `only a field without a name can have 0 bits, and this is '${name.text}'`);
  const kept = name?.text ?? freeName('UnnamedBits', before);
  const constant = marks.constant && wholeConstant(marks.constant.value, scope);
  return {
    name: kept,
    type: plainType(type, { name: kept, at: name?.at ?? at, marks }, scope),
    bits,
    ...(!name && { padding: true }),
    ...(constant !== undefined && { constant }),
    ...(marks.value !== undefined && { isSize: false }),
  };
}

interface WrittenField {
  readonly name: string;
  readonly at: number;
  readonly marks: Marks;
}

/** The type of a value, of a pointer that is kept as a number, or of a pointer to memory of a known extent. */
function plainType(type: NamedType, { name, at, marks }: WrittenField, scope: Scope): LongType {
  const { base, pointers } = type;
  const { extent, next } = marks;
  const isMany = isList(base, marks);
  if (next !== undefined) {
    const isLink = pointers.length === 1 && (base.role === 'struct' || base.role === 'opaque');
    return isLink
      ? 'PVOID'
      : refuse(next, `[next] is only for a pointer to the struct itself, and '${name}' is not one`);
  }
  if (pointers.length === 0 || base.role === 'refused') {
    const place = extent?.at ?? marks.multi;
    if (place !== undefined)
      refuse(place, `this mark is only for pointers, and the field '${name}' is not a pointer; is a '*' missing?`);
    return valueType(type, at, name);
  }
  if (marks.reserved !== undefined) return 'PVOID';
  if (isMany && extent)
    refuse(extent.at, `the list of texts behind '${name}' ends with an empty text; remove the count`);
  if (pointers.length > 1) return refuse(at, `the field '${name}' is a pointer to pointers, which is not supported`);
  if (base.role === 'sized') {
    const counted = extent && fieldCount(extent.count, scope);
    // The value behind the pointer contains its own size. A number here would mean memory inside the struct.
    return sizedType(base, typeof counted === 'number' ? undefined : counted);
  }
  const isUnknown = base.role === 'void' || base.role === 'opaque' || base.role === 'absent';
  if (isUnknown && !extent) return 'PVOID';
  return extent ? countedType(type, { name, at, marks }, extent, scope) : singleType(type, { name, at, marks });
}

/** Returns a number, or the field that holds the number. */
function fieldCount(count: Expression, scope: Scope): number | { readonly field: string } {
  const isField = count.kind === 'name' && scope.constant(count.name) === undefined;
  return isField ? { field: count.name } : wholeConstant(count, scope);
}

/** The type of a pointer to several elements, whose number another field holds. */
function countedType(
  { base }: NamedType,
  { name, at, marks }: WrittenField,
  extent: WrittenExtent,
  scope: Scope,
): LongType {
  const { unit, count } = extent;
  const isPlain = marks.encoding === undefined && marks.written === undefined;
  const isBytes = base.role === 'void' || (base.role === 'char' && unit === 'bytes' && isPlain);
  if (base.role === 'void' && unit !== 'bytes')
    refuse(
      extent.at,
      `the elements of '${name}' have no size, because it points to void; write bytes(...) instead of count(...)`,
    );
  if (!isBytes && isText(base, marks)) return countedText({ base, pointers: [] }, { name, at, marks }, extent, scope);
  const pointer = isBytes ? 'BYTE' : valueType({ base, pointers: [] }, at, name);
  const counted = fieldCount(count, scope);
  const isInBytes = typeof counted === 'object' && unit === 'bytes' && !isBytes;
  return { pointer, count: isInBytes ? { ...counted, unit } : counted };
}

/**
 * The type of a pointer to a text that does not end with a NUL. In `[bytes(room), written(n)]`, `room` is the field
 * that holds the capacity.
 */
function countedText(
  { base }: NamedType,
  { name, marks }: WrittenField,
  { unit, count, at }: WrittenExtent,
  scope: Scope,
): LongType {
  const said = (expression: Expression) => {
    const counted = fieldCount(expression, scope);
    if (typeof counted === 'number')
      return refuse(
        at,
        `the text behind '${name}' does not end with a NUL, so name the field that holds its length here`,
      );
    return { ...counted, ...(unit === 'bytes' && { unit }) };
  };
  const { written } = marks;
  return {
    countedString: textEncoding(base, marks),
    count: said(written ?? count),
    ...(written && { capacity: said(count) }),
  };
}

/**
 * The type of a pointer to a text or to one struct. A pointer to any other type needs a mark that says that it points
 * to one value.
 */
function singleType({ base }: NamedType, { name, at, marks }: WrittenField): LongType {
  if (base.reason !== undefined) {
    const isItself = base.role === 'struct';
    const question = `does '${name}' point to the next element of a linked list? Write [next] before it, or [reserved] to ignore it`;
    return isItself ? refuse(at, question) : valueType({ base, pointers: [] }, at, name);
  }
  if (isText(base, marks) && marks.value === undefined)
    return terminatedText(textEncoding(base, marks), isList(base, marks));
  if (base.role === 'struct' || marks.value !== undefined)
    return { pointer: valueType({ base, pointers: [] }, at, name) };
  return refuse(
    at,
    `how much memory is behind the field '${name}'? Write [count(n)] or [bytes(n)] before it, where n is the field that holds the size, or [value] if it is one value`,
  );
}

/** Returns the encoding of the characters behind a pointer in a struct. */
function textEncoding({ role, isWindows }: Base, { encoding }: Marks): Encoding {
  if (role === 'wide' || role === 'either') return 'utf16';
  return encoding?.encoding ?? (isWindows ? 'ansi' : 'utf8');
}

/** The packing of a struct; undefined if it has no effect. Throws Mistake for a value that no compiler supports. */
function packOf(
  fields: readonly LongField[],
  { at, isPacked }: Tagged,
  scope: Scope,
  packing: readonly Packing[],
): number | undefined {
  const bytes = isPacked ? 1 : packing.findLast((one) => one.at < at)?.bytes;
  if (bytes === undefined) return undefined;
  // In a packed struct, even with a large packing, compilers other than Microsoft's place bit fields differently.
  if (fields.some(({ bits }) => bits !== undefined) && bytes >= 8) return 8;
  if (bytes >= 16) return undefined;
  const isTight = fields.some(
    ({ type, bits }) => bits !== undefined || (layoutOf(type, scope)?.alignment ?? 8) > bytes,
  );
  if (!isTight) return undefined;
  return [1, 2, 4, 8].includes(bytes)
    ? bytes
    : refuse(at, `a struct can be packed to 1, 2, 4 or 8 bytes, not to ${bytes}`);
}
