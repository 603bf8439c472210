/**
 * Seconds since 1970 in UTC (POSIX.1-2017, 4.16) as a time in ISO 8601: a time_t of 64 bits, and the unsigned 32-bit
 * integers in event log records, PE files and accounts of Windows.
 */
import { show } from '../definition/shown.js';
import { type Json, ValueError } from './json.js';
import type { Kind } from './kind.js';
import { ANY_FAMILIES } from './standard/form.js';
import { fileTime } from './standard/times.js';
import { integerCheck, integerRange, scalarLayout, wholeProblem } from './whole-number.js';

export interface UnixTimeShape {
  readonly kind: 'unixTime';
  readonly bits: 32 | 64;
}

/** The number of units of 100 ns in a second. */
const TICKS = 10_000_000n;

/** The number of seconds from 1601, the epoch of FILETIME, to 1970. */
const SINCE_1601 = 11_644_473_600n;

/** The last second of the year 9999, the maximum of DateTime. */
const LAST = 253_402_300_799n;

const rangeOf = ({ bits }: UnixTimeShape) => integerRange({ bits, signed: bits === 64 });

/**
 * Returns the seconds of a time, without its fraction, or of `{ "Seconds": "-62135596801" }`; undefined for anything
 * else.
 */
function secondsOf(json: Json): bigint | undefined {
  if (json !== null && typeof json === 'object' && !Array.isArray(json)) {
    const { Seconds: seconds, ...others } = json as Readonly<Record<string, Json>>;
    const isWhole = /^-?\d{1,19}$/.test(String(seconds)) && Object.keys(others).length === 0;
    return isWhole ? BigInt(String(seconds)) : undefined;
  }
  // A text with digits only would be read as a FILETIME, which has other units.
  const bytes = /^\d*$/.test(String(json)) ? undefined : fileTime.toBytes(json, ANY_FAMILIES);
  return bytes && bytes.readBigUInt64LE() / TICKS - SINCE_1601;
}

/** Returns the time as text. A time before 1601 or after 9999 is an object with its seconds. */
function timeOf(seconds: bigint): Json {
  if (seconds < -SINCE_1601 || seconds > LAST) return { Seconds: seconds.toString() };
  const bytes = Buffer.alloc(fileTime.size);
  bytes.writeBigUInt64LE((seconds + SINCE_1601) * TICKS);
  return fileTime.fromBytes(bytes, ANY_FAMILIES);
}

export const unixTime: Kind<UnixTimeShape> = {
  name: 'unixTime',
  builtIns: {
    UNIXTIME32: () => ({ kind: 'unixTime', bits: 32 }),
    UNIXTIME64: () => ({ kind: 'unixTime', bits: 64 }),
  },
  constant: {
    problem: (_shape, written) => wholeProblem(written),
    value: (_shape, written) => BigInt(written),
  },
  argumentProblem: (_shape, written) =>
    secondsOf(written as Json) === undefined ? `${JSON.stringify(written)} is not ${fileTime.expected}` : undefined,
  returns: ({ bits }) => ({ tells: 'number', bits, signed: bits === 64 }),

  layout: ({ bits }) => scalarLayout(bits),
  passing: 'value',
  codec: (shape) => ({
    type: shape.bits === 32 ? 'uint32' : 'int64',
    toNative: integerCheck(rangeOf(shape)),
    fromNative: (raw) => BigInt(raw as number | bigint),
  }),

  decode(shape, json) {
    const { minimum, maximum } = rangeOf(shape);
    const seconds = secondsOf(json);
    if (seconds === undefined) throw new ValueError(`must be ${fileTime.expected}, not ${show(json)}`);
    if (seconds < minimum || seconds > maximum) {
      const [first, last] = [timeOf(minimum), timeOf(maximum)].map(show);
      throw new ValueError(`must be a time from ${first} to ${last}, not ${show(json)}`);
    }
    return seconds;
  },
  encode: (_shape, value) => timeOf(BigInt(value as number | bigint)),
  schema: () => ({ type: 'string', format: fileTime.format }),
  inResource: 'value',

  inWords: (_shape, use) => `${use === 'given' ? fileTime.expected : 'a time in UTC'}, to the second`,
  powershellType: () => 'datetime',
  wireType: () => 'filetime',
  isDistinct: true,
  sample: () => fileTime.sample,
};
