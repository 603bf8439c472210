/** GUIDs, times, addresses, endpoints and SIDs: bytes of memory and texts, both ways. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeValue, type Json, resolveShape, sizeOf, ValueError } from '../../src/kinds/index.js';
import { endpointIn, ipv4, ipv6 } from '../../src/kinds/standard/addresses.js';
import type { StandardForm } from '../../src/kinds/standard/form.js';
import { guid } from '../../src/kinds/standard/guid.js';
import { fileTime, systemTime } from '../../src/kinds/standard/times.js';
import { codecOf } from '../../src/native/marshal.js';

const LINUX = { ipv6: 10 };
const hex = (form: StandardForm, json: Json) => form.toBytes(json, LINUX)?.toString('hex');

const LAST_TICK = Buffer.from(BigUint64Array.of(2_650_467_743_999_999_999n).buffer).toString('hex');

/** The bytes are those that Windows and Linux have for these values. */
const VALUES: [name: string, form: StandardForm, text: string, bytes: string][] = [
  ['GUID', guid, '6b29fc40-ca47-1067-b31d-00dd010662da', '40fc296b47ca6710b31d00dd010662da'],
  ['the first FILETIME', fileTime, '1601-01-01T00:00:00.0000000Z', '0000000000000000'],
  ['the start of Unix time', fileTime, '1970-01-01T00:00:00.0000000Z', '00803ed5deb19d01'],
  ['a FILETIME to 100 ns', fileTime, '1970-01-01T00:00:00.0000001Z', '01803ed5deb19d01'],
  ['the last FILETIME of DateTime', fileTime, '9999-12-31T23:59:59.9999999Z', LAST_TICK],
  ['a FILETIME beyond DateTime', fileTime, '9223372036854775807', 'ffffffffffffff7f'],
  ['SYSTEMTIME', systemTime, '2026-11-29T04:05:06.789', 'ea070b0000001d000400050006001503'],
  ['IN_ADDR', ipv4, '192.0.2.1', 'c0000201'],
  ['IN6_ADDR', ipv6, '2001:db8::1', '20010db8000000000000000000000001'],
  ['IN6_ADDR of zeros', ipv6, '::', '0'.repeat(32)],
  ['an endpoint of IPv4', endpointIn(16, 4), '192.0.2.1:443', `020001bbc0000201${'0'.repeat(16)}`],
  [
    'an endpoint of IPv6 with its scope',
    endpointIn(28, 4),
    '[fe80::1%3]:443',
    '0a0001bb00000000fe80000000000000000000000000000103000000',
  ],
  [
    'an endpoint of IPv4 where there is room for IPv6',
    endpointIn(28, 4),
    '192.0.2.1:443',
    `020001bbc0000201${'0'.repeat(40)}`,
  ],
];

describe('a value and its bytes', () => {
  it.each(VALUES)('%s', (_name, form, text, bytes) => {
    expect(hex(form, text)).toBe(bytes);
    expect(form.fromBytes(Buffer.from(bytes, 'hex'), LINUX)).toBe(text);
  });

  it('any bytes become a value that gives the same bytes again', () => {
    for (const form of [guid, fileTime, systemTime, ipv4, ipv6]) {
      const bytes = fc.uint8Array({ minLength: form.size, maxLength: form.size }).map((all) => Buffer.from(all));
      fc.assert(
        fc.property(bytes, (given) => {
          const again = form.toBytes(form.fromBytes(given, LINUX), LINUX);
          if (form !== systemTime) expect(again).toEqual(given);
          // The day of the week follows from the date.
          else for (const at of [0, 2, 6, 8, 10, 12, 14]) expect(again?.readUInt16LE(at)).toBe(given.readUInt16LE(at));
        }),
      );
    }
  });

  it('any time of DateTime is exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2_650_467_743_999_999_999n }), (ticks) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64LE(ticks);
        const text = fileTime.fromBytes(bytes, LINUX) as string;
        expect(fileTime.toBytes(text, LINUX)).toEqual(bytes);
        expect((BigInt(Date.parse(text)) + 11_644_473_600_000n) * 10_000n).toBe(ticks - (ticks % 10_000n));
      }),
    );
  });

  it('a time with a zone is the same in UTC', () => {
    expect(hex(fileTime, '1970-01-01T01:30:00+01:30')).toBe(hex(fileTime, '1970-01-01T00:00:00Z'));
    expect(hex(fileTime, '1969-12-31T22:30:00-01:30')).toBe(hex(fileTime, '1970-01-01T00:00:00Z'));
  });

  it('a SYSTEMTIME that is no time is its fields', () => {
    // The last Sunday of October at 3:00, as GetTimeZoneInformation has it.
    const rule = Buffer.from(Uint16Array.of(0, 10, 0, 5, 3, 0, 0, 0).buffer);
    const fields = systemTime.fromBytes(rule, LINUX);
    expect(fields).toEqual({
      wYear: 0,
      wMonth: 10,
      wDayOfWeek: 0,
      wDay: 5,
      wHour: 3,
      wMinute: 0,
      wSecond: 0,
      wMilliseconds: 0,
    });
    expect(systemTime.toBytes(fields, LINUX)).toEqual(rule);
  });

  it('an endpoint of no family is null, and one of another family its bytes', () => {
    expect(endpointIn(16, 4).fromBytes(Buffer.alloc(16), LINUX)).toBeNull();
    const other = Buffer.from('0100612f62'.padEnd(32, '0'), 'hex');
    expect(endpointIn(16, 4).fromBytes(other, LINUX)).toBe(`base64:${other.toString('base64')}`);
  });
});

it.each(['sid', 'endpoint'])('memory of a fixed size for %s is as large as the definition says', (key) => {
  const shape = resolveShape({ type: { [key]: 68 } as never }, {});
  expect(sizeOf(shape)).toBe(68);
  expect(codecOf(shape, 'memory').type.size).toBe(68);
});

describe('what is no such value is refused, with an example of one', () => {
  it.each<[type: string, value: Json, message: RegExp]>([
    ['GUID', '6b29fc40', /must be a GUID such as 6b29fc40-ca47-/],
    ['GUID', 5, /must be a GUID/],
    ['FILETIME', '2026-11-29T04:05:06', /with its zone/],
    ['FILETIME', '2026-02-30T00:00:00Z', /must be a time/],
    ['FILETIME', '1600-12-31T23:59:59Z', /from the year 1601/],
    ['FILETIME', '18446744073709551616', /must be a time/],
    ['SYSTEMTIME', '2026-11-29T04:05:06Z', /without a zone/],
    ['SYSTEMTIME', { wYear: 1 }, /must be a time/],
    ['IN_ADDR', '::1', /must be an IPv4 address/],
    ['IN_ADDR', '256.0.0.1', /must be an IPv4 address/],
    ['IN6_ADDR', '127.0.0.1', /must be an IPv6 address/],
    ['IN6_ADDR', 'fe80::1%3', /must be an IPv6 address/],
    ['SOCKADDR_IN', '[::1]:80', /must be an endpoint/],
    ['SOCKADDR_IN6', '127.0.0.1:80', /must be an endpoint/],
    ['SOCKADDR_INET', '127.0.0.1', /must be an endpoint such as 192.0.2.1:80/],
    ['SOCKADDR_INET', '127.0.0.1:65536', /must be an endpoint/],
    ['PSID', 'S-1', /must be a SID such as S-1-5-32-544/],
    ['PSID', 'S-1-5-4294967296', /must be a SID/],
    ['PSID', `S-1-5${'-1'.repeat(16)}`, /must be a SID/],
  ])('%s: %j', (type, value, message) => {
    expect(() => decodeValue(resolveShape({ type }, {}), value)).toThrow(ValueError);
    expect(() => decodeValue(resolveShape({ type }, {}), value)).toThrow(message);
  });
});
