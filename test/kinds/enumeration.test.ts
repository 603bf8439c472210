/** Enumerations: names and numbers in, names out, and a number where there is no name. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decodeValue, encodeValue, kindOf, resolveShape } from '../../src/kinds/index.js';

const shape = resolveShape({ type: { enum: { Closed: 0, Listening: 2, Established: 5 }, base: 'DWORD' } }, {});
const signed = resolveShape({ type: { enum: { None: -1, Some: 1 }, base: 'LONG64' } }, {});

it('every number that fits goes through unchanged, with and without a name', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (value) => {
      for (const json of [value, String(value), `0x${value.toString(16)}`])
        expect(decodeValue(shape, json)).toBe(value);
      expect(decodeValue(shape, encodeValue(shape, value))).toBe(value);
    }),
  );
});

test('a number comes back as a number where it has no name', () => {
  expect([0, 2, 3].map((value) => encodeValue(shape, value))).toEqual(['Closed', 'Listening', 3]);
  expect(decodeValue(signed, '-7')).toBe(-7);
  expect(encodeValue(signed, decodeValue(signed, '9223372036854775807'))).toBe('9223372036854775807');
});

describe('a wrong value is refused', () => {
  test.each([
    [
      'Listning',
      `must be one of Closed, Listening, Established, or a number, not "Listning"; did you mean 'Listening'?`,
    ],
    ['', /must be one of Closed/],
    [1.5, /must be one of Closed/],
    [true, /must be one of Closed/],
    [null, /must be one of Closed/],
    ['4294967296', /must be 0 to 4294967295/],
    [-1, /must be 0 to 4294967295/],
  ])('%j', (json, message) => {
    expect(() => decodeValue(shape, json)).toThrow(message);
  });
});

test('a provider of an operation gets names only', () => {
  const { normalized } = kindOf(shape);
  expect(normalized?.(shape, 'listening')).toBe('Listening');
  expect(normalized?.(shape, 2)).toBe('Listening');
  expect(() => normalized?.(shape, 3)).toThrow('must be one of Closed, Listening, Established');
});
