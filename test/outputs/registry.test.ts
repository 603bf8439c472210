/** A kind of output that exists only here: what it says of itself is all that any room asks. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { CmdletOutput, CmdletOutputs, Definition, DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { renderManifests } from '../../src/dsc/manifest.js';
import { explain } from '../../src/explanation/explain.js';
import { planModule } from '../../src/generator/plan.js';
import { modelOf } from '../../src/model/model.js';
import type { FunctionModel } from '../../src/model/types.js';
import type { OutputKind } from '../../src/outputs/output-kind.js';
import { registerOutput } from '../../src/outputs/registry.js';
import { editedSample, toText } from '../support/definitions.js';
import { TALLY } from '../support/tally-output.js';

declare module '../../src/definition/types.js' {
  interface CmdletOutputs {
    readonly found: { readonly kind: 'found' };
    readonly asked: { readonly kind: 'asked' };
  }
}

const PLAIN = { over: 'function', trial: 'none', returns: () => [], facts: () => ({ kind: 'none' }) } as const;
const FOUND: OutputKind<CmdletOutputs['found']> = { ...PLAIN, kind: 'found', tells: 'instance' };
const ASKED: OutputKind<CmdletOutputs['asked']> = {
  ...PLAIN,
  kind: 'asked',
  tells: 'existence',
  absentOn: () => ['NotThere'],
};

// The files of a worker share their modules: what is registered here is for this file alone.
afterAll(() => void vi.resetModules());

registerOutput(TALLY);
registerOutput(FOUND);
registerOutput(ASKED);

const real = await loadDefinition('PersistentPortReservation');

/** The definition with other outputs in place of those of some kinds. */
const withOutputs = (others: Readonly<Record<string, CmdletOutput>>) => ({
  ...real,
  cmdlets: real.cmdlets.map((one) => ({ ...one, output: others[one.output.kind] ?? one.output })),
});

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
    const other = editedSample({ '/cmdlets/0/output': { kind: 'tally', of: 'Value', from: 'Value' } });
    expect(validateDefinitionText(toText(other)).mistakes).toMatchObject([
      { pointer: '/cmdlets/0/output', message: "'from' is not known here" },
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

describe('a definition of prototypes', () => {
  const text = JSON.stringify({
    name: 'Tallies',
    library: { linux: 'libc.so.6' },
    functions: ['int abs(int j)'],
    cmdlets: { 'Get-Total': { function: 'abs', output: { kind: 'tally', of: 'Value' } } },
  });
  const { value, mistakes } = validateDefinitionText(text);

  it('has it, and its function is explained', () => {
    expect(mistakes).toEqual([]);
    const definition = expandDefinition(value as DefinitionSource);
    const [abs] = modelOf(definition).functions;
    expect(explain(definition, abs as FunctionModel).cmdlets).toMatchObject([
      { name: 'Get-Total', returns: ['Tests.Tally'] },
    ]);
  });
});

describe('a kind that tells of an instance, or whether there is one', () => {
  const builtIn = planModule(real, '1').tests.cycles;

  it('takes the place of the core kinds in the tests of a resource', () => {
    const { cycles } = planModule(withOutputs({ object: { kind: 'found' }, boolean: { kind: 'asked' } }), '1').tests;
    expect(cycles.map(({ get, test, absent }) => [get, test, absent])).toEqual(
      builtIn.map(({ get, test }) => [get, test, 'NotThere']),
    );
  });

  it('leaves the manifests of the resources as they are', () => {
    const manifests = (definition: Definition) => [
      ...renderManifests({ definition, executable: 'node', argsFor: () => [], banner: '.' }),
    ];
    expect(manifests(withOutputs({ object: { kind: 'found' }, boolean: { kind: 'asked' } }))).toEqual(manifests(real));
  });

  it('can return what exists in place of an error', () => {
    const existing = { switch: 'PassThruExisting', errorId: 'TwoFailed', description: 'D.' };
    const mistakesOf = (output: CmdletOutput) =>
      validateDefinitionText(
        toText(editedSample({ '/cmdlets/0/output': output, '/cmdlets/0/existing': existing })),
      ).mistakes.map(({ message }) => message);
    expect(mistakesOf({ kind: 'asked' })).toContain(
      'the cmdlet returns no object, so it cannot return an existing one',
    );
    expect(mistakesOf({ kind: 'found' })).not.toContain(
      'the cmdlet returns no object, so it cannot return an existing one',
    );
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
        message:
          "there is no output kind 'sound'; there are object, value, boolean, none, list, file, record, tally, found, asked",
      },
    ]);
  });
});
