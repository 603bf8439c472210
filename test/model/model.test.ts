import { describe, expect, it } from 'vitest';
import { cmdletsOf, objectsOf } from '../../src/model/cmdlets.js';
import { computedValue, passedMaximum } from '../../src/model/computed.js';
import { modelOf, resolveFunction } from '../../src/model/model.js';
import { sampleDefinition } from '../support/definitions.js';

const names = (values: readonly { readonly name: string }[] | undefined) => values?.map(({ name }) => name);

/** A function with every direction, a constant and a named return value. */
const MIXED = sampleDefinition({
  '/functions/Ping/parameters': [
    { name: 'Given', type: 'USHORT', direction: 'in', isSize: false },
    { name: 'Fixed', type: 'ULONG', direction: 'in', constant: 0 },
    { name: 'Both', type: 'ULONG', direction: 'inout' },
    { name: 'Written', type: 'ULONG64', direction: 'out' },
  ],
  '/functions/Ping/returns/resultName': 'Answer',
});

describe('a function', () => {
  const fn = modelOf(MIXED).functionNamed('Ping');

  it('has what a caller gives, and what a call reports with the return value first', () => {
    expect(names(fn?.inputs)).toEqual(['Given', 'Both']);
    expect(names(fn?.outputs)).toEqual(['Answer', 'Both', 'Written']);
    expect(names(fn?.parameters)).toEqual(['Given', 'Fixed', 'Both', 'Written']);
  });

  it('has the types of everything', () => {
    expect(fn?.result).toEqual({ kind: 'boolean', bits: 32 });
    expect(fn?.inputs[0]?.shape).toMatchObject({ kind: 'integer', bits: 16, maximum: 65535n });
  });

  it('has the errors that its codes can mean, and no other', () => {
    const model = modelOf(sampleDefinition());
    expect(model.functionNamed('Ping')?.failure.errors.map(({ id }) => id)).toEqual(['TwoFailed']);
    expect(model.functionNamed('ReadRed')?.failure.errors.map(({ id }) => id)).toEqual(['TwoFailed', 'SevenFailed']);
  });

  it('has the computed values whose terms it takes', () => {
    const model = modelOf(sampleDefinition());
    expect(names(model.functionNamed('ReadRed')?.computed)).toEqual(['Last']);
    expect(model.functionNamed('Ping')?.computed).toEqual([]);
  });

  it('is resolved once, whether it is asked for by its name or by its written form', () => {
    const written = MIXED.functions.Ping;
    expect(modelOf(MIXED).functionNamed('Ping')).toBe(fn);
    expect(written && modelOf(MIXED).resolve(written)).toBe(fn);
    expect(fn && modelOf(MIXED).resolve(fn)).toBe(fn);
    expect(written && modelOf(MIXED).resolve({ ...written, name: 'Other' })).not.toBe(fn);
  });

  it('of a name that every object has is none', () => {
    expect(modelOf(MIXED).functionNamed('constructor')).toBeUndefined();
    expect(modelOf(MIXED).operationNamed('toString')).toBeUndefined();
  });

  it('takes the words of its type where it has none of its own', () => {
    const written = MIXED.functions.Ping;
    const types = { PORT: { type: 'USHORT', description: 'A port.' } };
    const parameters = [{ name: 'Port', type: 'PORT', direction: 'in' as const }];
    expect(written && resolveFunction({ ...written, parameters }, { types }).inputs[0]?.description).toBe('A port.');
  });
});

describe('a cmdlet', () => {
  it('knows its function, and has the parameters that a caller gives', () => {
    const [read] = cmdletsOf(sampleDefinition());
    expect(read).toMatchObject({ calls: 'function', fn: { name: 'ReadRed' }, object: { name: 'Item' } });
    expect(read?.parameters.map(({ name, position, mandatory }) => [name, position, mandatory])).toEqual([
      ['First', 0, true],
      ['Length', 1, true],
    ]);
  });

  it('and its object are the same every time', () => {
    const definition = sampleDefinition();
    expect(cmdletsOf(definition)).toBe(cmdletsOf(definition));
    expect(cmdletsOf(definition)[0]?.object).toBe(objectsOf(definition)[0]);
  });
});

describe('a computed value', () => {
  const sum = { name: 'Last', sum: ['First', 'Count'], add: -1 };

  it('is the sum of its terms and of a number', () => {
    expect(computedValue(sum, { First: 5, Count: 3, Other: 9 })).toBe(7);
  });

  it('passes its maximum when it is greater', () => {
    const limited = { ...sum, description: 'The last.', type: 'ULONG', maximum: 7, violation: {} as never };
    expect(passedMaximum([limited], { First: 5, Count: 3 })).toBeUndefined();
    expect(passedMaximum([limited], { First: 5, Count: 4 })).toBe(limited);
  });
});
