/** Bit fields in definitions: what is taken, and what is wrong with those that are refused. */
import { expect, it } from 'vitest';
import { decodeValue, kindOf, resolveShape } from '../../src/kinds/index.js';
import { mistakesOfType } from '../support/one-type.js';

const mistakesOf = (fields: readonly object[], pack?: number) =>
  mistakesOfType({ struct: fields, ...(pack !== undefined && { pack }) });

const bits = (name: string, type: unknown, count: number, more: object = {}) => ({ name, type, bits: count, ...more });
const unused = (type: string, count: number, name = 'Unused') => bits(name, type, count, { padding: true });

it.each<[string, readonly object[], number?]>([
  ['of one type', [bits('a', 'DWORD', 1), bits('b', 'DWORD', 31)]],
  [
    'of a type of its size',
    [bits('a', 'DWORD', 1), bits('b', 'BOOL', 1), bits('c', { enum: { X: 3 }, base: 'INT' }, 2)],
  ],
  ['that begin a unit of their own', [bits('a', 'DWORD', 20), bits('b', 'DWORD', 20)]],
  ['after one that is closed', [bits('a', 'DWORD', 20), unused('DWORD', 0), bits('b', 'DWORD', 2)]],
  ['beside others, where all bits are written', [bits('a', 'WORD', 3), unused('WORD', 13), bits('b', 'BYTE', 8)]],
  [
    'in a packed struct',
    [bits('a', 'WORD', 16), bits('b', 'WORD', 8), unused('WORD', 8), { name: 'c', type: 'DWORD' }],
    1,
  ],
])('bit fields %s are taken', (_name, fields, pack) => {
  expect(mistakesOf(fields, pack)).toEqual([]);
});

it.each<[string, readonly object[], string, number?]>([
  ['a float', [bits('a', 'FLOAT', 3)], `/types/Row/type: 'a' has "bits", but is not an integer in host byte order`],
  ['a text', [bits('a', 'LPCWSTR', 3)], 'write an integer type such as DWORD'],
  ['network order', [bits('a', 'DWORD', 3, { byteOrder: 'network' })], 'is not an integer in host byte order'],
  ['more bits than the type', [bits('a', 'WORD', 17)], "'a' has 17 bits, but its type has only 16"],
  ['more bits than long has on Windows', [bits('a', 'long', 33)], "'a' has 33 bits, but its type has only 32"],
  ['no bits and a name', [bits('a', 'WORD', 0)], '\'a\' has 0 bits, which is only allowed for "padding"'],
  ['padding without bits', [{ name: 'a', type: 'WORD', padding: true }], `'a' is "padding", so it needs "bits"`],
  ['more than 64 bits', [bits('a', 'ULONG64', 65)], '/types/Row/type/struct/0/bits: '],
  [
    'a limit that is too large',
    [bits('a', 'DWORD', 3, { maximum: 8 })],
    '/types/Row/type/struct/0/maximum: 8 does not fit into 3 bits, which hold 0 to 7',
  ],
  ['a constant that is too large', [bits('a', 'DWORD', 1, { constant: 2 })], 'constant: 2 does not fit into 1 bits'],
  [
    'a smaller field behind bits that are not used',
    [bits('a', 'DWORD', 8), { name: 'b', type: 'BYTE' }],
    "/types/Row/type/struct/1: 'b' is at bit 32 on Windows and at bit 8 elsewhere, because of the bit fields before it: declare the 24 unused bits before it",
  ],
  [
    'types of several sizes',
    [bits('a', 'BYTE', 4), bits('b', 'DWORD', 4)],
    "'b' is at bit 32 on Windows and at bit 4 elsewhere",
  ],
  [
    'one across two units of a packed struct',
    [bits('a', 'DWORD', 20), bits('b', 'DWORD', 20)],
    "'b' is at bit 32 on Windows and at bit 20 elsewhere, because of the bit fields before it: declare the 12 unused bits before it",
    1,
  ],
  [
    'padding that makes the struct larger on some systems only',
    [unused('DWORD', 32), { name: 'a', type: 'BYTE' }],
    'does not have the same size or alignment on Windows (8 bytes) and elsewhere (5 bytes)',
  ],
  [
    'a union',
    [{ name: 'u', type: { union: [bits('a', 'DWORD', 3)], use: 'a' } }],
    "'a' is a bit field, which is allowed in a union only inside a struct; put a struct around it",
  ],
])('%s is refused', (_name, fields, message, pack) => {
  expect(mistakesOf(fields, pack).join('\n')).toContain(message);
});

it('the range of the bits is that of the value, in JSON and in its schema', () => {
  const shape = resolveShape({ type: { struct: [bits('a', 'INT', 3), unused('INT', 4)] as never } }, {});
  expect(kindOf(shape).schema(shape)).toMatchObject({
    required: ['a'],
    properties: { a: { minimum: -4, maximum: 3 } },
  });
  expect(() => decodeValue(shape, { a: 4 })).toThrow('at .a: must be a whole number from -4 to 3, not 4');
  expect(() => decodeValue(shape, { a: 1, Unused: 0 })).toThrow("has no field 'Unused'; its fields are a");
});
