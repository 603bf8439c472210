/** Types with one layout for 64-bit and another one for 32-bit Windows: the process that calls has its own. */
import koffi from 'koffi';
import { afterEach, describe, expect, it } from 'vitest';
import { parsePrototypes } from '../../src/definition/prototype/index.js';
import type { ValueSpec } from '../../src/definition/types.js';
import { kindOf, type NamedTypes, resolveShape, typedefInC } from '../../src/kinds/index.js';
import { codecOf } from '../../src/native/marshal.js';
import { memoryOfCall } from '../../src/native/memory-of-call.js';

const TEXT = `
#ifdef _WIN64
typedef struct { [size] DWORD cb; BYTE mode; ULONGLONG total; WORD port; } THING;
#else
#pragma pack(push, 1)
typedef struct { [size] DWORD cb; WORD port; ULONGLONG total; BYTE mode; } THING;
#pragma pack(pop)
#endif
typedef struct { THING first; BYTE last; } PAIR;`;

const types = parsePrototypes(TEXT).types as NamedTypes;

const { arch } = process;

afterEach(() => {
  Object.defineProperty(process, 'arch', { value: arch });
});

const shapeOn = (architecture: string, type: string) => {
  Object.defineProperty(process, 'arch', { value: architecture });
  return resolveShape({ type }, types);
};

const VALUE = { mode: 1, total: '2', port: 3 };

describe.each([
  ['x64', 'x64', 24, 32],
  ['arm64', 'x64', 24, 32],
  ['ia32', 'x86', 15, 16],
])('on %s', (architecture, _layout, size, sizeOfPair) => {
  it('has the size of this architecture, also inside of another struct', () => {
    for (const [type, bytes] of [
      ['THING', size],
      ['PAIR', sizeOfPair],
    ] as const) {
      const shape = shapeOn(architecture, type);
      expect(kindOf(shape).layout(shape).size).toBe(bytes);
      expect(codecOf(shape, 'memory').type.size).toBe(bytes);
    }
  });

  it('gives its size, and reads what it wrote, in one order of the fields', () => {
    const shape = shapeOn(architecture, 'THING');
    const codec = codecOf(shape, 'memory');
    const memory = memoryOfCall(() => codec.type);
    const raw = codec.toNative(kindOf(shape).decode(shape, VALUE), 'Thing', memory);
    expect(raw).toMatchObject({ cb: size });
    const buffer = Buffer.alloc(size);
    koffi.encode(buffer, 0, codec.type, raw);
    expect(buffer.readUInt32LE(0)).toBe(size);
    const read = kindOf(shape).encode(shape, codec.fromNative(koffi.decode(buffer, codec.type), memory));
    expect(JSON.stringify(read)).toBe(JSON.stringify(VALUE));
  });

  it('is the same value', () => {
    const seen = (one: string) => {
      const shape = shapeOn(one, 'THING');
      const kind = kindOf(shape);
      return JSON.stringify([kind.schema(shape), kind.wireType?.(shape), kind.inWords(shape, 'returned')]);
    };
    expect(seen(architecture)).toBe(seen('x64'));
  });
});

it('is written as C that says the same', () => {
  const { type } = types.THING as ValueSpec;
  const text = typedefInC('THING', type);
  expect(text.split('\n')).toHaveLength(5);
  expect(text).toMatch(/^#ifdef _WIN64\ntypedef struct \{ .*mode;.*\n#else\ntypedef struct .* \{ .*port;.*\n#endif$/);
});
