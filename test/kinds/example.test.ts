/** Examples and declarations in C of every kind of value. */
import { expect, test } from 'vitest';
import type { TypeExpression } from '../../src/definition/types.js';
import { declareInC, decodeValue, exampleOf, resolveShape } from '../../src/kinds/index.js';
import { ALL_KINDS, COMPOSED_TYPES } from '../support/composed-kinds.js';
import { KIND_TYPES } from '../support/native-kinds.js';

const TYPES = { ...KIND_TYPES, ...COMPOSED_TYPES } as never;

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
