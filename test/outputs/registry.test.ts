/** A kind of output that exists only here: what it says of itself is all that any room asks. */
import { describe, expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { planModule } from '../../src/generator/plan.js';
import { registerOutput } from '../../src/outputs/registry.js';
import { editedSample, toText } from '../support/definitions.js';
import { TALLY } from '../support/tally-output.js';

registerOutput(TALLY);

const source = editedSample({ '/cmdlets/0/output': { kind: 'tally', of: 'Value' } });
const { facts, cmdlets, roles, tests, about } = planModule(expandDefinition(source), '1');
const name = 'Get-RedItem';
const cmdlet = cmdlets.find((one) => one.name === name);

describe('a kind of output that was registered', () => {
  it('is permitted in a definition, and checked by itself', () => {
    expect(validateDefinitionText(toText(source)).mistakes).toEqual([]);
    const wrong = editedSample({ '/cmdlets/0/output': { kind: 'tally', of: 'Nothing' } });
    expect(validateDefinitionText(toText(wrong)).mistakes).toMatchObject([
      { pointer: '/cmdlets/0/output/of', message: "there is no 'Nothing' to tally" },
    ]);
  });

  it('says what the client is told, what help says, and which errors it has', () => {
    expect(facts.cmdlets[name]?.output).toEqual({
      kind: 'object',
      typeName: 'Tests.Tally',
      properties: [{ name: 'Total', output: 'Value' }],
    });
    expect(facts.cmdlets[name]).not.toHaveProperty('batched');
    expect(cmdlet?.outputTypes).toEqual(["'Tests.Tally'"]);
    expect(cmdlet?.help.outputs).toEqual([{ name: 'Tests.Tally', description: ['The total.'] }]);
    expect(about.sections.find(({ title }) => title === 'Errors')?.text).toContain('TallyFailed');
  });

  it('decides what is tried, and what a restricted session has', () => {
    expect(tests.queries.map((one) => one.cmdlet)).not.toContain(name);
    for (const role of roles) expect(role.commands).not.toContain(name);
  });
});

describe('a name that is taken, or that nothing has', () => {
  it('cannot be registered twice', () => {
    expect(() => registerOutput(TALLY)).toThrow("there is an output kind 'tally' already");
  });

  it('is a mistake in a definition, which names those that there are', () => {
    const wrong = editedSample({ '/cmdlets/0/output': { kind: 'sound' } });
    expect(validateDefinitionText(toText(wrong)).mistakes).toMatchObject([
      {
        pointer: '/cmdlets/0/output/kind',
        message: "there is no output kind 'sound'; there are object, value, boolean, none, list, file, tally",
      },
    ]);
  });
});
