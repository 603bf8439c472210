/** Unions by another field in definitions: what is wrong with those that are refused, and their JSON. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { TypeExpression } from '../../src/definition/types.js';
import { decodeValue, encodeValue, kindOf, resolveShape, wireTypeOf } from '../../src/kinds/index.js';
import { mistakesOfType } from '../support/one-type.js';

const member = (name: string, more: object, type: unknown = 'DWORD') => ({ name, type, ...more });
const union = (...members: readonly object[]) => ({ union: members, switch: 'Type' });
const A = member('A', { case: [1, 2] });
const B = member('B', { default: true }, 'LPCWSTR');
const row = (value: object, type: unknown = 'DWORD', more: object = {}) => ({
  struct: [
    { name: 'Type', type, ...more },
    { name: 'Value', type: value },
  ],
});

it.each<[string, unknown]>([
  ['an integer', row(union(A, B))],
  ['an enum', row(union(A, B), { enum: { One: 1 }, base: 'INT' })],
  ['some bits', row(union(A, B), 'WORD', { bits: 16 })],
  [
    'a field after it',
    {
      struct: [
        { name: 'Value', type: union(A, B) },
        { name: 'Type', type: 'BYTE' },
      ],
    },
  ],
])('%s can choose', (_name, type) => {
  expect(mistakesOfType(type)).toEqual([]);
});

const AT = '/types/Row/type/struct/1';
it.each<[string, unknown, string]>([
  [
    'no such field',
    { struct: [{ name: 'Value', type: union(A) }] },
    "/types/Row/type/struct/0: the field 'Type' that chooses the member of 'Value' does not exist",
  ],
  [
    'a float',
    row(union(A), 'FLOAT'),
    `${AT}: 'Type' is not a plain integer or enum, so it cannot choose the member of 'Value'`,
  ],
  ['network order', row(union(A), 'DWORD', { byteOrder: 'network' }), "'Type' is not a plain integer or enum"],
  [
    'a value that the field never has',
    row(union(A, member('C', { case: [256] })), 'BYTE'),
    `${AT}: 'Value' has a case 256, but 'Type' can only be 0 to 255`,
  ],
  [
    'a value that its bits never have',
    row(union(A), 'DWORD', { bits: 1 }),
    "'Value' has a case 2, but 'Type' can only be 0 to 1",
  ],
  [
    'a member that is never used',
    row(union(A, member('C', {}))),
    `${AT}/type/union/1: 'C' is never used; give its values with "case", or write "default" for all others`,
  ],
  ['a value for two members', row(union(A, member('C', { case: [2] }))), "'C' and 'A' are both for the value 2"],
  ['two defaults', row(union(B, member('C', { default: true }))), "'C' and 'B' are both the default"],
  ['one name twice', row(union(A, { ...B, name: 'A' })), "the member 'A' appears twice"],
  ['use and switch', row({ union: [A], use: 'A', switch: 'Type' }), `${AT}/type`],
  ['neither of them', row({ union: [A] }), `${AT}/type`],
  ['cases beside use', row({ union: [A], use: 'A' }), 'but the union has "use"; write "switch" instead'],
  ['a case outside of a union', { struct: [A] }, `'A' has "case" or "default", but is not a field of a union`],
  ['a parameter', union(A), "'row' is not a field of a struct, so a field 'Type' cannot be its \"switch\""],
  ['elements of an array', row({ array: union(A), length: 2 }), 'put a struct around each'],
  [
    'what a pointer leads to',
    row({ pointer: union(A) }),
    'a field can choose the member of a union only in the same struct',
  ],
  [
    'a member of a union',
    row(union(A, member('C', { default: true }, union(A)))),
    "'C' needs the field 'Type' in the same struct",
  ],
  [
    'a counted member',
    row(union(A, member('C', { case: [3] }, { pointer: 'INT', count: { field: 'Type' } }))),
    "'C' needs the field 'Type' in the same struct",
  ],
  [
    'bits',
    row(union(A, member('C', { case: [3], bits: 3 }))),
    "'C' is a bit field, which is allowed in a union only inside a struct",
  ],
])('%s is a mistake', (_name, type, message) => {
  expect(mistakesOfType(type).join('\n')).toContain(message);
});

it('has a property for each member, any of which can be null', () => {
  const wide = { name: 'C', type: 'ULONG64', case: [9] };
  const shape = resolveShape({ type: row(union(A, B, wide)) as TypeExpression }, {});
  const validate = new Ajv2020({ strict: false }).compile(kindOf(shape).schema(shape));
  const full = { Type: 9, Value: { A: null, B: null, C: '18446744073709551615' } };
  for (const json of [full, { Type: 1, Value: { A: 1 } }, { Type: 3, Value: {} }]) {
    expect(validate(json)).toBe(true);
    expect(encodeValue(shape, decodeValue(shape, json))).toEqual({
      ...json,
      Value: { A: null, B: null, C: null, ...json.Value },
    });
  }
  expect(validate({ Type: 1, Value: { D: 1 } })).toBe(false);
  expect(wireTypeOf(shape)).toEqual({
    struct: {
      Type: 'uint32',
      Value: { struct: { A: { nullable: 'uint32' }, B: { nullable: 'string' }, C: { nullable: 'uint64' } } },
    },
  });
});
