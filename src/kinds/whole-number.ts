/** C integers in JSON and in native memory, shared by several kinds. */

import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import { type Json, rangeText, ValueError } from './json.js';
import type { Machine, SampleValue, WholeNumber } from './kind.js';
import { unfit } from './unfit.js';

export interface IntegerType {
  readonly kind: 'integer';
  /** The width in bits; 0 if the machine decides it. */
  readonly bits: WholeNumber['bits'];
  /** True for C's `long`; otherwise 0 bits means pointer-sized. */
  readonly isLong?: true;
  readonly signed: boolean;
}

interface Range {
  readonly minimum: bigint;
  readonly maximum: bigint;
}

/** The minimum and maximum of an integer type. A type whose width the machine decides counts as 64 bits. */
export function integerRange({ bits, signed }: { readonly bits: number; readonly signed: boolean }): Range {
  const width = BigInt(bits === 0 ? 64 : bits);
  return signed
    ? { minimum: -(1n << (width - 1n)), maximum: (1n << (width - 1n)) - 1n }
    : { minimum: 0n, maximum: (1n << width) - 1n };
}

/** True for a type that a JSON number may not represent exactly. */
export const isWide = ({ bits }: { readonly bits: number }): boolean => bits === 64 || bits === 0;

/** Decodes a 64-bit integer: a decimal string, or a JSON number if that is exact. */
export function decodeWide(json: Json, range: Range): bigint {
  const isExact =
    (typeof json === 'string' && /^-?[0-9]{1,20}$/.test(json)) ||
    (typeof json === 'number' && Number.isSafeInteger(json));
  if (!isExact) throw new ValueError(`must be ${rangeText(range)} as a decimal string, not ${show(json)}`, range);
  const value = BigInt(json);
  if (value < range.minimum || value > range.maximum)
    throw new ValueError(`must be ${rangeText(range)}, not ${value}`, range);
  return value;
}

/** The JSON schema of a decimal string. */
export const DECIMAL_STRING = { type: 'string', pattern: '^-?[0-9]{1,20}$' } as const;

/** Converts an integer for native code: a number or a bigint in the range. */
export function integerCheck({
  minimum,
  maximum,
}: Range): (value: NativeValue | undefined, place: string) => number | bigint {
  const low = Number(minimum);
  const high = Number(maximum);
  return (value, place) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= low && value <= high) return value;
    if (typeof value === 'bigint' && value >= minimum && value <= maximum) return value;
    throw unfit(place, value, `an integer from ${minimum} to ${maximum}`);
  };
}

/** Returns the type with its width on a machine. */
export function onMachine(type: IntegerType, { pointerBits, longBits }: Machine): IntegerType {
  return type.bits === 0 ? { ...type, bits: type.isLong ? longBits : pointerBits } : type;
}

/** A sample whole number: a decimal string beyond 2^53. */
export function wholeSample(value: bigint): SampleValue {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** Returns the mistake in a whole number as written in a definition; undefined if there is none. */
export function wholeProblem(written: number | string): string | undefined {
  return /^-?[0-9]+$/.test(String(written)) ? undefined : `'${written}' is not a whole number`;
}

/** The layout of an integer, a float or a Boolean; 0 bits means pointer-sized. */
export function scalarLayout(bits: number): { size: number; alignment: number } {
  const size = bits === 0 ? 8 : bits / 8;
  return { size, alignment: size };
}
