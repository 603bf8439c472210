/** The array at the end of a struct, whose number of elements another field holds. */
import { namesCount, namesSize } from '../size-names.js';
import { isList, textType } from './encoding.js';
import { nearest, refuse } from './errors.js';
import type { LongType } from './long-form.js';
import type { Marks, WrittenExtent } from './marks.js';
import type { NamedType } from './names.js';
import type { Scope } from './scope.js';
import type { Expression } from './syntax.js';
import { arrayType, constantOf, isAnySize, valueType } from './values.js';

/** The last field of a struct, an array. */
export interface WrittenEnd {
  readonly name: string;
  readonly at: number;
  readonly type: NamedType;
  readonly marks: Marks;
  readonly lengths: readonly (Expression | undefined)[];
  /** The offset of the brackets. */
  readonly lengthAt: number;
  /** The earlier fields that are whole numbers. */
  readonly numbers: readonly string[];
}

/**
 * The type of the last field; undefined if it is an array of a fixed length. Throws Mistake, which may be a question to
 * the author.
 */
export function endType(end: WrittenEnd, scope: Scope): LongType | undefined {
  const { lengths, marks, lengthAt } = end;
  const [length] = lengths;
  const { extent } = marks;
  if (!isAnySize(length) && constantOf(length, scope) !== 1n) return undefined;
  if (!extent) return askHowMany(end, length?.at ?? lengthAt, !isAnySize(length));
  const { count } = extent;
  if (count.kind === 'name' && end.numbers.includes(count.name)) return countedType(end, extent, count.name, scope);
  const isOne = (count.kind !== 'name' || scope.constant(count.name) !== undefined) && constantOf(count, scope) === 1n;
  if (isOne && extent.unit === 'elements' && !isAnySize(length)) return fixedType(end, scope);
  return refuse(count.at, notCounting(end, count));
}

function fixedType({ type, at, name, lengths, lengthAt, marks }: WrittenEnd, scope: Scope): LongType {
  return arrayType(
    valueType(type, at, name),
    type,
    { lengths, at: lengthAt, encoding: marks.encoding?.encoding, isList: isList(type.base, marks) },
    scope,
  );
}

function countedType(end: WrittenEnd, { unit }: WrittenExtent, field: string, scope: Scope): LongType {
  const { type, lengths, marks } = end;
  const { role } = type.base;
  const isValue = type.pointers.length === 0 && lengths.length === 1;
  const counted = { field, ...(unit === 'bytes' && { unit }) };
  const encoding = marks.encoding?.encoding;
  const isMany = isList(type.base, marks);
  const isBytes = encoding === undefined && !isMany && (role === 'byte' || (role === 'char' && unit === 'bytes'));
  if (isValue && isBytes) return { bytes: { field } };
  if (isValue && (role === 'wide' || role === 'either')) return textType('utf16', counted, isMany);
  if (isValue && (role === 'char' || role === 'byte')) return textType(encoding ?? 'utf8', counted, isMany);
  return { array: fixedType({ ...end, lengths: lengths.slice(1) }, scope), length: counted };
}

function askHowMany(end: WrittenEnd, at: number, canBeOne: boolean): never {
  const { name, type } = end;
  const likely = likelyNumber(end);
  const isText = type.base.role === 'wide' || type.base.role === 'either' || type.base.role === 'byte';
  const ways = isText ? `[bytes(${likely})] or [count(${likely})]` : `[count(${likely})]`;
  const one = canBeOne ? ', or [count(1)] if it is one' : '';
  return refuse(
    at,
    `how many elements are in '${name}' at the end of the struct? Write ${ways} before it, where ${likely} is the field that holds the number${one}`,
  );
}

/** The field that most likely holds the number of elements. */
function likelyNumber({ numbers }: WrittenEnd): string {
  const isLikely = (name: string) => namesCount(name) || namesSize(name) || /(num|entries|count)/i.test(name);
  return numbers.findLast(isLikely) ?? numbers.at(-1) ?? 'n';
}

function notCounting({ name, numbers }: WrittenEnd, count: Expression): string {
  const near = count.kind === 'name' ? nearest(count.name, numbers) : undefined;
  if (near !== undefined) return `there is no such field before '${name}'; did you mean '${near}'?`;
  const known = numbers.length === 0 ? 'but there are none' : `such as ${numbers.join(', ')}`;
  return `the number of elements of '${name}' must be in an integer field before it, ${known}`;
}
