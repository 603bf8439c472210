/** Enums and flags: names for numbers. */
import { refuse } from './errors.js';
import type { LongType } from './long-form.js';
import type { Tagged } from './syntax.js';
import { constantOf } from './values.js';
import { readWords, type TypeSource } from './words.js';

/** The largest number that JSON holds exactly. */
const MOST = BigInt(Number.MAX_SAFE_INTEGER);

type EnumType = Extract<LongType, { readonly enum: unknown }>;

/** Reads an enum, whose names become constants of the scope. Throws Mistake. */
export function readEnum(tagged: Tagged, source: TypeSource): EnumType {
  const { scope } = source;
  const values = new Map<string, number>();
  let next = 0n;
  for (const { name, value, at } of tagged.enumerators ?? []) {
    const number = value ? constantOf(value, scope) : next;
    if (number > MOST || number < -MOST) refuse(at, `the value of '${name}' has more than 53 bits`);
    if (values.has(name)) refuse(at, `the name '${name}' appears twice`);
    values.set(name, Number(number));
    scope.constants.set(name, number);
    next = number + 1n;
  }
  if (values.size === 0) refuse(tagged.at, 'an enum needs at least one name');
  const base = tagged.base ? writtenBase(tagged, source) : smallestBase([...values.values()]);
  return { enum: Object.fromEntries(values), base };
}

/** Converts an enum to flags, whose names combine. */
export function flagsOf({ enum: flags, base }: EnumType): LongType {
  return { flags, base: base === 'INT' ? 'UINT' : base };
}

/** Reads the base type in `enum X : DWORD`. */
function writtenBase({ base = [], at }: Tagged, source: TypeSource): string {
  const { type } = readWords(base, source, 'possible');
  const isNumber = type.pointers.length === 0 && typeof type.base.type === 'string';
  return isNumber ? String(type.base.type) : refuse(base[0]?.at ?? at, 'the type of an enum must be an integer');
}

/** Returns int as the base type, unless the values need a larger one. */
function smallestBase(values: readonly number[]): string {
  const least = values.reduce((one, other) => Math.min(one, other));
  const most = values.reduce((one, other) => Math.max(one, other));
  if (least >= -(2 ** 31) && most < 2 ** 31) return 'INT';
  return least >= 0 && most < 2 ** 32 ? 'UINT' : 'LONG64';
}
