/** A record: the inputs and outputs of a call as one object. */
import { describe, expect, it, test } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { planModule } from '../../src/generator/plan.js';
import type { RecordOutput } from '../../src/outputs/record.js';

const checked = (output: object) =>
  validateDefinitionText(
    JSON.stringify({
      name: 'Records',
      library: { linux: 'librecords.so' },
      functions: [
        '[fails(nonzero, returned)] int split(double number, [value] int places, [in, out] int *state, [out] double *whole)',
      ],
      cmdlets: { 'Split-Number': { function: 'split', output } },
    }),
  );

function planned(output: Omit<RecordOutput, 'kind'>) {
  const { value, mistakes } = checked({ kind: 'record', ...output });
  expect(mistakes).toEqual([]);
  const { facts, cmdlets } = planModule(expandDefinition(value as DefinitionSource), '1');
  return { facts: facts.cmdlets['Split-Number'], cmdlet: cmdlets.find(({ name }) => name === 'Split-Number') };
}

const TYPE = { kind: 'object', typeName: 'System.Management.Automation.PSCustomObject' };

describe('a record', () => {
  it('has the inputs and the outputs; what is both, as it was written', () => {
    expect(planned({}).facts?.output).toEqual({
      ...TYPE,
      properties: [
        { name: 'number', input: 'number' },
        { name: 'places', input: 'places' },
        { name: 'state', output: 'state' },
        { name: 'whole', output: 'whole' },
      ],
    });
  });

  it('has the inputs that it names, and other names', () => {
    const { facts, cmdlet } = planned({ inputs: ['number'], rename: { number: 'Given', whole: 'Whole' } });
    expect(facts?.output).toEqual({
      ...TYPE,
      properties: [
        { name: 'Given', input: 'number' },
        { name: 'state', output: 'state' },
        { name: 'Whole', output: 'whole' },
      ],
    });
    expect(cmdlet?.help.outputs).toMatchObject([
      { name: TYPE.typeName, description: expect.arrayContaining([expect.stringMatching(/^Whole: a number/)]) },
    ]);
  });
});

test.each([
  [{ inputs: ['whole'] }, '/inputs/0', "'whole' is not an input of split"],
  [{ rename: { size: 'Size' } }, '/rename/size', "'size' is neither an input nor an output of split"],
  [{ rename: { whole: 'Number' } }, '', 'two properties are called \'number\'; rename one of them with "rename"'],
  [{ from: 'whole' }, '', "'from' is not known here"],
])('%j is a mistake', (output, place, message) => {
  expect(checked({ kind: 'record', ...output }).mistakes).toMatchObject([
    { pointer: `/cmdlets/Split-Number/output${place}`, message },
  ]);
});
