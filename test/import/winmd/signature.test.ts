import { describe, expect, it } from 'vitest';
import { BlobReader } from '../../../src/winmd/blob-reader.js';
import { MemoryBytes } from '../../../src/winmd/byte-source.js';
import { compressed } from '../../../src/winmd/heaps.js';
import { MetadataError } from '../../../src/winmd/metadata-error.js';
import { SignatureReader } from '../../../src/winmd/signature.js';

function blob(...bytes: number[]): BlobReader {
  const buffer = Buffer.from(bytes);
  return new BlobReader(new MemoryBytes('test.winmd', buffer), { bytes: buffer, offset: 0 }, 'a signature');
}

/** Index 4 is a class, index 6 is what `specification` has. */
function reader(bytes: readonly number[], specification: readonly number[] = []): SignatureReader {
  const type = { namespace: 'N', name: 'T', enclosing: [], definition: undefined };
  return new SignatureReader(blob(...bytes), {
    named: (coded) => (coded === 4 ? type : undefined),
    specification: (coded) => (coded === 6 ? blob(...specification) : undefined),
  });
}

describe('signatures', () => {
  it('leave modifiers out', () => {
    expect(reader([6, 0x1f, 4, 0x20, 4, 0x0f, 8]).field()).toEqual({
      kind: 'pointer',
      element: { kind: 'primitive', name: 'Int32' },
    });
  });

  it('have signed lower bounds', () => {
    // Two dimensions, no sizes, the bounds -1 and 5 (ECMA-335, II.23.2).
    expect(reader([6, 0x14, 8, 2, 0, 2, 0x7f, 0x0a]).field()).toMatchObject({
      rank: 2,
      sizes: [],
      lowerBounds: [-1, 5],
    });
  });

  it('may refer to the signature of a TypeSpec', () => {
    expect(reader([6, 0x12, 6], [0x1d, 14]).field()).toEqual({
      kind: 'vector',
      element: { kind: 'primitive', name: 'String' },
    });
  });

  it.each<[string, number[], number[]]>([
    ['itself once', [0x12, 6], [0x12, 6]],
    ['itself many times', [0x12, 6], [0x1b, 0, 60, ...Array.from({ length: 61 }, () => [0x12, 6]).flat()]],
    ['itself through arguments', [0x12, 6], [0x15, 0x12, 4, 4, 0x12, 6, 0x12, 6, 0x12, 6, 0x12, 6]],
  ])('that refer to %s are an error, soon', (_name, bytes, specification) => {
    const startedAt = performance.now();
    expect(() => reader([6, ...bytes], specification).field()).toThrow(MetadataError);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it.each<[string, number[], RegExp]>([
    ['too many types within each other', [6, ...Array.from({ length: 200 }, () => 0x0f), 8], /more than 100 types/],
    ['bytes behind the end', [6, 8, 8], /1 bytes are left at its end/],
    ['an early end', [6, 0x0f], /it ends too early/],
    ['an unknown element', [6, 0x3a], /the element type 0x3a/],
    ['no such type', [6, 0x12, 8], /it names no type/],
    ['a method', [0, 0, 1], /it starts with 0, and a field's with 6/],
    ['an array of no dimensions', [6, 0x14, 8, 0, 0, 0], /an array of 0 dimensions/],
  ])('%s', (_name, bytes, message) => {
    expect(() => reader(bytes).field()).toThrow(message);
  });
});

/** Examples of the standard, II.23.2. */
it.each<[number[], number]>([
  [[0x03], 0x03],
  [[0x7f], 0x7f],
  [[0x80, 0x80], 0x80],
  [[0xae, 0x57], 0x2e57],
  [[0xbf, 0xff], 0x3fff],
  [[0xc0, 0x00, 0x40, 0x00], 0x4000],
  [[0xdf, 0xff, 0xff, 0xff], 0x1fffffff],
])('%j is the number %i', (bytes, value) => {
  expect(compressed(Buffer.from(bytes), 0)).toEqual({ value, size: bytes.length });
});
