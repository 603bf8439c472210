/**
 * FILETIME and SYSTEMTIME (minwinbase.h) as ISO 8601. A FILETIME is in UTC, in units of 100 ns since 1601. A SYSTEMTIME
 * is in the time zone that the function documents, and its text has no zone.
 */
import type { Json } from '../json.js';
import type { StandardForm } from './form.js';

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)?$/;

/** 1601-01-01 in milliseconds relative to 1970; negative. */
const EPOCH = BigInt(Date.UTC(1601, 0, 1));

/** The last tick of the year 9999, the maximum of DateTime. */
const LAST_TICK = 2_650_467_743_999_999_999n;

/** Returns the fields of a time in ISO 8601; undefined for any other text, and for a day that does not exist. */
function parse(json: Json) {
  const match = typeof json === 'string' ? TIME.exec(json) : null;
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const isReal = date.toISOString().startsWith(String(json).slice(0, 19));
  return isReal ? { date, ticks: Number((match[7] ?? '').padEnd(7, '0')), zone: match[8] } : undefined;
}

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

function ticksOf(json: Json): bigint | undefined {
  if (typeof json === 'string' && /^\d{1,20}$/.test(json)) return BigInt(json);
  const time = parse(json);
  if (!time?.zone) return undefined;
  const milliseconds = BigInt(time.date.getTime() - minutesOf(time.zone) * 60_000) - EPOCH;
  return milliseconds * 10_000n + BigInt(time.ticks);
}

export const fileTime: StandardForm = {
  size: 8,
  alignment: 4,
  powershellType: 'datetime',
  wireType: 'filetime',
  sample: '2026-01-31T12:00:00Z',
  expected: 'a time from the year 1601 with its zone, such as 2026-01-31T12:00:00Z',
  format: 'date-time',
  toBytes: (json) => {
    const ticks = ticksOf(json);
    if (ticks === undefined || ticks < 0n || ticks >= 1n << 64n) return undefined;
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(ticks);
    return bytes;
  },
  fromBytes: (bytes) => {
    const ticks = bytes.readBigUInt64LE();
    if (ticks > LAST_TICK) return ticks.toString();
    const date = new Date(Number(ticks / 10_000n + EPOCH));
    const fraction = (ticks % 10_000_000n).toString().padStart(7, '0');
    return `${date.toISOString().slice(0, 19)}.${fraction}Z`;
  },
};

/** The fields of a SYSTEMTIME, in their order in memory. */
const FIELDS = ['wYear', 'wMonth', 'wDayOfWeek', 'wDay', 'wHour', 'wMinute', 'wSecond', 'wMilliseconds'] as const;

/** Returns the fields of a SYSTEMTIME that is not a point in time, such as a rule for daylight saving time. */
function fieldsOf(json: Json): number[] | undefined {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return undefined;
  const given = json as Readonly<Record<string, Json>>;
  const numbers = FIELDS.map((name) => given[name]);
  const areWords = numbers.every((one) => /^\d{1,5}$/.test(String(one)) && Number(one) <= 0xffff);
  return areWords && Object.keys(given).length === FIELDS.length ? numbers.map(Number) : undefined;
}

function wordsOf(json: Json): number[] | undefined {
  const time = parse(json);
  if (!time || time.zone !== undefined || time.date.getUTCFullYear() < 1601) return fieldsOf(json);
  const { date, ticks } = time;
  const day = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDay(), date.getUTCDate()];
  return [...day, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), Math.floor(ticks / 10_000)];
}

const digits = (number: number, count = 2) => String(number).padStart(count, '0');

export const systemTime: StandardForm = {
  size: 16,
  alignment: 2,
  powershellType: 'datetime',
  wireType: 'systemtime',
  sample: '2026-01-31T12:00:00',
  expected: 'a time from the year 1601 without a zone, such as 2026-01-31T12:00:00',
  format: 'date-time',
  toBytes: (json) => {
    const words = wordsOf(json);
    return words && Buffer.from(Uint16Array.from(words).buffer);
  },
  fromBytes: (bytes) => {
    const words = FIELDS.map((_name, index) => bytes.readUInt16LE(index * 2));
    const [year = 0, month = 0, , day = 0, hour = 0, minute = 0, second = 0, milliseconds = 0] = words;
    const time = `${digits(hour)}:${digits(minute)}:${digits(second)}.${digits(milliseconds, 3)}`;
    const text = `${digits(year, 4)}-${digits(month)}-${digits(day)}T${time}`;
    const isTime = year >= 1601 && milliseconds < 1000 && parse(text) !== undefined;
    return isTime ? text : Object.fromEntries(FIELDS.map((name, index) => [name, words[index] as number]));
  },
};
