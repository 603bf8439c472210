/** Which parameters the client completes, and where PowerShell completes by itself. */
import { describe, expect, it } from 'vitest';
import { planModule } from '../../src/generator/plan.js';
import { definitionOfCall } from '../support/definitions.js';

/** Of a cmdlet for each list of parameters, without InputObject, which most of them have. */
function completionsOf(...functions: Record<string, string>[]) {
  const parametersOf = (types: Record<string, string>) =>
    Object.entries(types).map(([name, type]) => ({ name, type, direction: 'in' }));
  const definition = definitionOfCall(
    {},
    {
      objects: {},
      functions: Object.fromEntries(
        functions.map((types, index) => [
          `Call${index}`,
          {
            description: 'Calls.',
            callingConvention: 'stdcall',
            parameters: parametersOf(types),
            returns: { type: 'ULONG', failure: 'none' },
            changesState: false,
          },
        ]),
      ),
      cmdlets: functions.map((_, index) => ({
        name: `Get-Call${index}`,
        function: `Call${index}`,
        synopsis: 'Calls.',
        description: 'Calls.',
        output: { kind: 'none' },
        examples: [{ code: `Get-Call${index}`, description: 'Calls.' }],
      })),
    },
  );
  const plan = planModule(definition, '1.0.0').completions;
  const named = plan.map((one) => ({ ...one, parameters: one.parameters.filter((name) => name !== 'InputObject') }));
  return named.filter(({ parameters }) => parameters.length > 0);
}

describe('the client completes', () => {
  it('texts and numbers, where PowerShell would offer files', () => {
    expect(completionsOf({ Name: 'LPCWSTR', Number: 'INT' })).toEqual([{ parameters: ['Name', 'Number'] }]);
  });

  it.each(['Path', 'FileName', 'Oldpath', 'Folder', 'TargetDirectory', 'PathName'])('no text named %s', (name) => {
    expect(completionsOf({ [name]: 'LPCWSTR', Other: 'INT' })).toEqual([{ parameters: ['Other'] }]);
    expect(completionsOf({ [name]: 'INT' })).toEqual([{ parameters: [name] }]);
  });

  it('a name only where it is no path, if another cmdlet has a path of that name', () => {
    expect(completionsOf({ File: 'LPCWSTR' }, { File: 'INT', Text: 'LPCWSTR' })).toEqual([
      { parameters: ['Text'] },
      { parameters: ['File'], cmdlets: ['Get-Call1'] },
    ]);
  });
});
