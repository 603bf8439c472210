/** A kind that only exists in the tests, with its own type expression: its form, its meaning, its values. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import type { TypeExpression } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { kindOf, registerKind, resolveShape } from '../../src/kinds/index.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { toText } from '../support/definitions.js';
import { fixedPointDefinition, fixedPointSource } from '../support/fixed-point-module.js';
import { systemLibrary } from '../support/simple-module.js';

// The files of a worker share their modules: what is registered here is for this file alone.
afterAll(() => void vi.resetModules());

const mistakesOf = (type: unknown) =>
  validateDefinitionText(toText(fixedPointSource(type as TypeExpression))).mistakes.map(({ message }) => message);

describe('a definition', () => {
  it('may have the expression as soon as its kind is registered', async () => {
    expect(mistakesOf({ fixedPoint: 8 }).join()).toContain('is none of the permitted forms');
    await import('../support/fixed-point-kind.js');
    expect(mistakesOf({ fixedPoint: 8 })).toEqual([]);
  });

  it('may have it inside others', () => {
    const type: TypeExpression = { array: { struct: [{ name: 'Height', type: { fixedPoint: 4 } }] }, length: 3 };
    expect(mistakesOf(type)).not.toContainEqual(expect.stringMatching(/permitted forms/));
    expect(kindOf(resolveShape({ type }, {})).layout(resolveShape({ type }, {}))).toEqual({ size: 12, alignment: 4 });
  });

  it.each([
    ['a field that it does not have', { fixedPoint: 8, base: 'LONG' }],
    ['a value out of its limits', { fixedPoint: 31 }],
  ])('is told of %s once, with the form of the kind among those that there are', (_name, type) => {
    expect(mistakesOf(type)).not.toContainEqual(expect.stringMatching(/exactly one of/));
    expect(mistakesOf(type)).toContainEqual(
      expect.stringMatching(
        /is none of the permitted forms: A type: .* An object has .*'struct' or .* or 'fixedPoint'\.$/,
      ),
    );
  });
});

it('is passed to the function, and comes back', () => {
  const definition = fixedPointDefinition();
  const backend = createNativeBackend({ definition, libraryPath: systemLibrary('libc.so.6') });
  const call = (value: unknown) =>
    createBridge({ definition, backend }).callWithText('abs', JSON.stringify({ Number: value }));
  expect(call(-2.25)).toMatchObject({ result: { Value: 2.25 } });
  expect(call(2 ** 23)).toMatchObject({ error: { message: /'Number' must be a number from -8388608/ } });
});

it('is of its PowerShell type in a module', () => {
  const files = generateModule(fixedPointDefinition());
  expect(files.get('FixedPoint.psm1')).toMatch(/\[double\] \$Number/);
});

it('has a key that no other kind may have', () => {
  const kind = kindOf(resolveShape({ type: { fixedPoint: 8 } }, {}));
  expect(() => registerKind({ ...kind, name: 'other' })).toThrow(/conflicts/);
});
