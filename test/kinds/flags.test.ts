/** Flags: names or numbers in, names out, and no bit lost. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decodeValue, encodeValue, resolveShape, ValueError } from '../../src/kinds/index.js';

const shape = resolveShape(
  { type: { flags: { None: 0, Read: 1, Write: 2, Both: 3, Own: 0x8000_0000 }, base: 'DWORD' } },
  {},
);

it('come back as they went in, with the bits that have no name', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (bits) => {
      expect(decodeValue(shape, encodeValue(shape, bits))).toBe(bits);
    }),
  );
});

describe('are written', () => {
  test.each([
    [0, 'None'],
    [1, 'Read'],
    [3, 'Both'],
    [0x8000_0001, 'Read, Own'],
    [0x8000_0003, 'Both, Own'],
    [0x12, 'Write, 0x10'],
    [0x10, '0x10'],
  ])('%i as %s', (bits, text) => {
    expect(encodeValue(shape, bits)).toBe(text);
  });
});

describe('are read', () => {
  test.each([
    ['Read', 1],
    ['read, WRITE', 3],
    [['Read', 'Own'], 0x8000_0001],
    [3, 3],
    ['0x10', 16],
    [['Read', 16], 17],
  ])('%j as %i', (json, bits) => {
    expect(decodeValue(shape, json)).toBe(bits);
  });

  test.each(['Reed', '', '-1', '4294967296', 'Read;Write'])('%j is refused', (json) => {
    expect(() => decodeValue(shape, json)).toThrow(ValueError);
  });
});
