/** Seconds since 1970: every number comes back as it went in, and every time to the second. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { decodeValue, encodeValue, resolveShape, ValueError } from '../../src/kinds/index.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { toText } from '../support/definitions.js';
import { systemLibrary } from '../support/simple-module.js';

const short = resolveShape({ type: 'UNIXTIME32' }, {});
const long = resolveShape({ type: 'UNIXTIME64' }, {});

const MOST = (1n << 63n) - 1n;

it('every number comes back, also what no DateTime holds', () => {
  const seconds = fc.oneof(
    fc.bigInt({ min: -MOST - 1n, max: MOST }),
    fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  );
  fc.assert(fc.property(seconds, (one) => decodeValue(long, encodeValue(long, one)) === one));
  const few = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(fc.property(few, (one) => decodeValue(short, encodeValue(short, one)) === BigInt(one)));
});

it('a time is the seconds that JavaScript counts, in every zone', () => {
  const date = fc.date({
    min: new Date(Date.UTC(1601, 0, 2)),
    max: new Date(Date.UTC(9999, 11, 31)),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, (one) => {
      const seconds = BigInt(Math.floor(one.getTime() / 1000));
      expect(decodeValue(long, one.toISOString())).toBe(seconds);
      expect(decodeValue(long, one.toISOString().replace('Z', '+01:00'))).toBe(seconds - 3600n);
    }),
  );
});

describe('is written', () => {
  test.each([
    [0n, '1970-01-01T00:00:00.0000000Z'],
    [-1n, '1969-12-31T23:59:59.0000000Z'],
    [0xffff_ffffn, '2106-02-07T06:28:15.0000000Z'],
    [253_402_300_799n, '9999-12-31T23:59:59.0000000Z'],
    [253_402_300_800n, { Seconds: '253402300800' }],
    [-11_644_473_600n, '1601-01-01T00:00:00.0000000Z'],
    [-11_644_473_601n, { Seconds: '-11644473601' }],
  ])('%s as %j', (seconds, json) => {
    expect(encodeValue(long, seconds)).toEqual(json);
  });
});

describe('is refused', () => {
  test.each([
    [long, '2026-02-30T00:00:00Z', 'must be a time from the year 1601 with its zone'],
    [long, '2026-01-31T12:00:00', 'must be a time from the year 1601 with its zone'],
    [long, '86399', 'must be a time from the year 1601 with its zone'],
    [long, 86_399, 'must be a time from the year 1601 with its zone'],
    [long, { Seconds: '1', Ticks: 2 }, 'must be a time from the year 1601 with its zone'],
    [long, { Seconds: '9223372036854775808' }, 'must be a time from'],
    [
      short,
      '1969-12-31T23:59:59Z',
      'must be a time from "1970-01-01T00:00:00.0000000Z" to "2106-02-07T06:28:15.0000000Z"',
    ],
    [short, '2106-02-07T06:28:16Z', 'must be a time from'],
  ])('%#: %j', (shape, json, message) => {
    const decode = () => decodeValue(shape, json as never);
    expect(decode).toThrow(ValueError);
    expect(decode).toThrow(message);
  });
});

describe('a function of the C library', () => {
  const text = toText({
    name: 'Times',
    library: { linux: 'libc.so.6' },
    functions: [
      'double difftime(UNIXTIME64 end, UNIXTIME64 start)',
      '[fails(minusOne, errno), returns(Returned)] UNIXTIME64 time([out] UNIXTIME64 *Same)',
    ],
    cmdlets: { 'Get-TimeDifference': 'difftime', 'Get-UnixTime': 'time' },
  });
  const { mistakes, value } = validateDefinitionText(text);
  const definition = expandDefinition(value as DefinitionSource);
  const backend = createNativeBackend({ definition, libraryPath: systemLibrary('libc.so.6') });
  const bridge = createBridge({ definition, backend });
  const call = (method: string, params: unknown) => bridge.callWithText(method, JSON.stringify(params));

  it('takes it', () => {
    expect(mistakes).toEqual([]);
    expect(call('difftime', { end: '2026-01-31T12:00:00Z', start: '2026-01-31T13:00:00+02:00' })).toMatchObject({
      result: { Value: 3600 },
    });
    expect(call('difftime', { end: 0, start: 0 })).toMatchObject({ error: { data: { id: 'InvalidParameter' } } });
  });

  it('returns it, and writes it behind a pointer', () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const reply = call('time', {});
    const { result } = reply as Extract<typeof reply, { readonly result: unknown }>;
    const { Same: same, Returned: returned } = result as Readonly<Record<string, string>>;
    expect(same).toBe(returned);
    expect(Date.parse(String(same))).toBeGreaterThanOrEqual(before);
    expect(Date.parse(String(same))).toBeLessThanOrEqual(Date.now());
  });
});
