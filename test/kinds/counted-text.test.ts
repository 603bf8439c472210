/** Texts that a field of their struct counts: in JSON, and in definitions. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { decodeValue, encodeValue, kindOf, resolveShape, sizeOf, wireTypeOf } from '../../src/kinds/index.js';

const text = (more: object = {}) => ({ countedString: 'utf16', count: { field: 'n', unit: 'bytes' }, ...more });
const structOf = (type: unknown) => ({
  struct: [
    { name: 'n', type: 'USHORT' },
    { name: 'room', type: 'USHORT' },
    { name: 'text', type, optional: true },
  ],
});
const shapeOf = (type: unknown) => resolveShape({ type } as never, {});
const WITH_ROOM = structOf(text({ capacity: { field: 'room', unit: 'bytes' } }));

const mistakesOf = (type: unknown, more: object = {}) =>
  validateDefinitionText(
    JSON.stringify({
      name: 'Counted',
      library: 'counted.dll',
      functions: {
        f: {
          parameters: [{ name: 'value', type, direction: 'in', pointer: true, ...more }],
          returns: { type: 'LONG', failure: 'none', resultName: 'Result' },
        },
      },
      cmdlets: { 'Get-It': 'f' },
    }),
  ).mistakes.map(({ message }) => message);

it('are texts or null, and neither the count nor the room is a value', () => {
  const shape = shapeOf(WITH_ROOM);
  const validate = new Ajv2020({ strict: false }).compile(kindOf(shape).schema(shape));
  fc.assert(
    fc.property(fc.record({ text: fc.option(fc.stringMatching(/^[a-zäöü ]{0,9}$/)) }), (json) => {
      expect(validate(json)).toBe(true);
      expect(encodeValue(shape, decodeValue(shape, json))).toEqual(json);
    }),
  );
  expect(wireTypeOf(shape)).toEqual({ struct: { text: 'string' } });
  expect(sizeOf(shape)).toBe(16);
  expect(sizeOf(shapeOf('UNICODE_STRING'))).toBe(16);
  expect(wireTypeOf(shapeOf('UNICODE_STRING'))).toBe('string');
});

it('need a plain integer of their struct for each of the two', () => {
  expect(mistakesOf(WITH_ROOM)).toEqual([]);
  expect(mistakesOf(structOf(text({ capacity: { field: 'size' } })))).toEqual(
    expect.arrayContaining(["the count of 'text' should be in the field 'size', which does not exist"]),
  );
  expect(mistakesOf(structOf(text({ capacity: { field: 'text' } })))).toEqual(
    expect.arrayContaining([expect.stringContaining("'text' is not a plain integer")]),
  );
  expect(mistakesOf(text(), { pointer: undefined })).toEqual([expect.stringContaining("'value' is not a field")]);
});

it('leave no size of them to a caller', () => {
  expect(mistakesOf({ struct: [...structOf(text()).struct, { name: 'cbMore', type: 'ULONG' }] })).toEqual(
    expect.arrayContaining([expect.stringContaining("the field 'cbMore' of 'value' could be the size")]),
  );
  const beside = {
    struct: [
      { name: 'name', type: 'UNICODE_STRING' },
      { name: 'cbMore', type: 'ULONG' },
    ],
  };
  expect(mistakesOf(beside)).toEqual([expect.stringContaining("the field 'cbMore' of 'value' could be the size")]);
});

it('are no memory that a function makes', () => {
  const more = { direction: 'out', pointer: undefined, allocated: 'byFunction', free: 'g' };
  expect(mistakesOf('UNICODE_STRING', more)).toEqual(
    expect.arrayContaining([expect.stringContaining("'value' is a struct, not a pointer")]),
  );
});
