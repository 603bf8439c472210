/** Examples and declarations in C of every kind of value. */
import { expect, test } from 'vitest';
import type { TypeExpression } from '../../src/definition/types.js';
import { declareInC, decodeValue, exampleOf, resolveShape } from '../../src/kinds/index.js';
import { ALL_KINDS, COMPOSED_TYPES } from '../support/composed-kinds.js';
import { KIND_TYPES } from '../support/native-kinds.js';

const TYPES = { ...KIND_TYPES, ...COMPOSED_TYPES } as Readonly<
  Record<'Bits' | 'Table', { readonly type: TypeExpression }>
>;

test.each(
  ALL_KINDS.map(
    ({ name, type, isCounted }) => [name, isCounted ? (type as (count: string) => unknown)('n') : type] as const,
  ),
)('%s has an example that is taken, and a form in C', (_name, type) => {
  const shape = resolveShape({ type: type as TypeExpression }, TYPES);
  const example = exampleOf(shape);
  expect(example).not.toBeNull();
  expect(() => decodeValue(shape, example)).not.toThrow();
  expect(declareInC(type as TypeExpression, 'value')).toMatch(/\bvalue\b/);
  // An example is what JSON can hold.
  expect(JSON.parse(JSON.stringify(example))).toEqual(example);
});

test.each<[string, TypeExpression, string]>([
  ['Bits', TYPES.Bits.type, 'struct { ULONG A : 3; LONG B : 5; ULONG C : 24; ULONG64 D : 40; ULONG64 E : 24; } v'],
  ['Table', TYPES.Table.type, 'struct { USHORT Count; Row Rows[]; } v'],
  ['an array', { array: 'USHORT', length: 3 }, 'USHORT v[3]'],
  ['a text', { string: 'utf8' }, 'const char *v'],
  ['a text in memory', { string: 'utf16', capacity: 9 }, 'WCHAR v[9]'],
  ['a pointer', { pointer: { pointer: 'BYTE' } }, 'BYTE **v'],
  ['an enum', { enum: { Red: 1 }, base: 'ULONG' }, 'enum /* ULONG */ { Red = 1 } v'],
])('%s is declared as C does', (_name, type, declared) => {
  expect(declareInC(type, 'v')).toBe(declared);
});
