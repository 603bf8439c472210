/** The types of values and of arrays of them. */
import { evaluate } from './constants.js';
import { textType } from './encoding.js';
import { refuse } from './errors.js';
import type { LongType } from './long-form.js';
import type { WrittenHandle } from './marks.js';
import type { NamedType } from './names.js';
import type { Scope } from './scope.js';
import type { Expression } from './syntax.js';

/** The maximum number of elements of an array. */
export const MOST_ELEMENTS = 1_048_576n;

/** The reason for refusing a function pointer. */
export const CALLBACK = 'callbacks are not supported here';

/** The type of a value. Throws Mistake for a type without values. */
export function valueType({ base, pointers }: NamedType, at: number, field?: string): LongType {
  const who = field === undefined ? 'it' : `the field '${field}'`;
  if (base.reason !== undefined) return refuse(at, `the type '${base.name}' cannot be used: ${base.reason}`);
  if (pointers.length > 0) return refuse(at, `${who} contains pointers to memory, which is not supported`);
  if (base.role === 'void') return refuse(at, `void has no value; ${who} needs another type, or a '*'`);
  if (base.role === 'opaque' || base.role === 'absent') {
    return refuse(at, `the fields of '${base.name}' are unknown; declare the struct, or is a '*' missing?`);
  }
  if (base.role === 'sized') return refuse(at, `${who} has no fixed size; is a '*' missing after '${base.name}'?`);
  if (base.role === 'either') return 'USHORT';
  return base.type as LongType;
}

/** The type of a pointer to a struct that contains its own size, or whose size a counter holds. */
export function sizedType({ type }: NamedType['base'], extent: object | number | undefined): LongType {
  if (extent === undefined) return type as LongType;
  return (type === 'PSID' ? { sid: extent } : { endpoint: extent }) as LongType;
}

/** The type of a handle that another function releases. Throws Mistake for any other type. */
export function handleType(type: LongType, { release, at }: WrittenHandle): LongType {
  if (type === 'PVOID') return { handle: 'HANDLE', release };
  const isNumber = typeof type === 'string' && !/^(BOOL|BOOLEAN|bool|FLOAT|DOUBLE|void)$/.test(type);
  return isNumber ? { handle: type, release } : refuse(at, 'only a pointer, a handle or an integer can be released');
}

/** The lengths of an array in the order of the text, and their place. */
export interface WrittenArray {
  readonly lengths: readonly (Expression | undefined)[];
  readonly at: number;
  /** The encoding of its characters. */
  readonly encoding?: 'utf8' | 'ansi' | undefined;
  /** True for a list of texts that ends with an empty one. */
  readonly isList?: boolean;
}

/** `int a[2][3]` is an array of two arrays of three. An array of characters is a text. */
export function arrayType(
  element: LongType,
  { base, pointers }: NamedType,
  array: WrittenArray,
  scope: Scope,
): LongType {
  const counts = array.lengths.map((length) => lengthOf(length, array, scope));
  const { role } = base;
  const isText = pointers.length === 0 && (role === 'char' || role === 'wide' || role === 'either');
  if (!isText) return nested(element, counts);
  const capacity = counts.pop() as number;
  const encoding = role === 'char' ? (array.encoding ?? 'utf8') : 'utf16';
  return nested(textType(encoding, capacity, array.isList === true), counts);
}

const nested = (element: LongType, counts: readonly number[]) =>
  counts.reduceRight<LongType>((inner, length) => ({ array: inner, length }), element);

/** True for lengths that leave the number of elements open: `[]`, `[ANYSIZE_ARRAY]`. */
export const isAnySize = (length: Expression | undefined): length is undefined =>
  !length || (length.kind === 'name' && length.name === 'ANYSIZE_ARRAY');

function lengthOf(length: Expression | undefined, { at }: WrittenArray, scope: Scope): number {
  if (isAnySize(length))
    return refuse(
      at,
      'the length of this array is missing; only the end of a struct and the first dimension of a parameter need none',
    );
  const count = constantOf(length, scope);
  const isInRange = count >= 1n && count <= MOST_ELEMENTS;
  return isInRange
    ? Number(count)
    : refuse(length.at, `an array must have 1 to ${MOST_ELEMENTS} elements, not ${count}`);
}

/** The value of an expression with names of a scope. */
export const constantOf = (expression: Expression, scope: Scope): bigint =>
  evaluate(expression, (name) => scope.constant(name), scope.constantNames);

/** The value of an expression that JSON holds exactly. Throws Mistake for any other. */
export function wholeConstant(expression: Expression, scope: Scope): number {
  const value = constantOf(expression, scope);
  const isExact = BigInt(Number(value)) === value && Number.isSafeInteger(Number(value));
  return isExact ? Number(value) : refuse(expression.at, `${value} has more than 53 bits`);
}
