/** How a definition names its extension, and what it gets by that. */
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { EXTENSIONS, extensionOf } from '../../src/extensions/registry.js';
import { planFacts } from '../../src/generator/facts.js';
import { planModule } from '../../src/generator/plan.js';
import { fakeBackend } from '../support/backends.js';
import { editedSample, sampleDefinition, toText } from '../support/definitions.js';

const mistakes = (edits: Record<string, unknown>) => validateDefinitionText(toText(editedSample(edits))).mistakes;

describe('the key extension', () => {
  it('may be missing, or name an extension that there is', () => {
    expect(mistakes({})).toEqual([]);
    for (const { program } of EXTENSIONS) expect(mistakes({ '/extension': program.name })).toEqual([]);
  });

  it('is a mistake where there is no extension of that name', () => {
    expect(mistakes({ '/extension': 'time-travel' })).toMatchObject([
      { pointer: '/extension', message: "there is no extension 'time-travel'; there is 'port-reservation'" },
    ]);
  });

  it('brings the outputs of the extension, which are a mistake without it', () => {
    const output = { kind: 'socket', transport: 'Udp', token: 'Value' };
    expect(mistakes({ '/extension': 'port-reservation', '/cmdlets/0/output': output })).toEqual([]);
    expect(mistakes({ '/cmdlets/0/output': output })).toMatchObject([
      {
        pointer: '/cmdlets/0/output/kind',
        message:
          '\'socket\' belongs to the extension \'port-reservation\'; add "extension": "port-reservation" to the definition',
      },
    ]);
  });
});

describe('a provider of operations', () => {
  const withProvider = (provider: string, extension?: string, operation = 'diagnose') => {
    const list = { description: 'Lists.', provider, operation, parameters: [] };
    return mistakes({ ...(extension && { '/extension': extension }), '/operations': { List: list } });
  };

  it('is one that every program has, or one of the extension', () => {
    expect(withProvider('diagnosis')).toEqual([]);
    expect(withProvider('ports', 'port-reservation', 'portUse')).toEqual([]);
  });

  it.each([
    ['diagnosis', 'diagnos', /^the provider 'diagnosis' has no operation 'diagnos'; did you mean 'diagnose'\?$/],
    [
      'ports',
      'excludedRange',
      /^the provider 'ports' has no operation 'excludedRange'; did you mean 'excludedRanges'\?$/,
    ],
    [
      'ports',
      'weather',
      /^the provider 'ports' has no operation 'weather'; there is 'excludedRanges', 'dynamicRanges', /,
    ],
    ['ports', 'constructor', /^the provider 'ports' has no operation 'constructor'/],
  ])('has its operations and no other: %s has no %s', (provider, operation, message) => {
    expect(withProvider(provider, 'port-reservation', operation)).toMatchObject([
      { pointer: '/operations/List/operation', message: expect.stringMatching(message) },
    ]);
  });

  it('has exactly the operations that it is registered with', async () => {
    const registered = EXTENSIONS.flatMap(({ program }) => Object.values(program.providers));
    for (const { operations, open } of registered) {
      const source = open({ definition: sampleDefinition(), backend: fakeBackend(), stateFile: async () => '' });
      const provider = typeof source === 'function' ? await source() : source;
      expect(Object.keys(provider)).toEqual(operations);
    }
  });

  it.each([
    ['ports', undefined, /^'ports' belongs to the extension 'port-reservation'; add "extension"/],
    ['port', 'port-reservation', /^there is no provider 'port'; did you mean 'ports'\?$/],
    ['weather', undefined, /^there is no provider 'weather'; there is 'diagnosis'$/],
    ['weather', 'port-reservation', /^there is no provider 'weather'; there is 'diagnosis', 'ports'$/],
    ['constructor', undefined, /^there is no provider 'constructor'/],
  ])('is a mistake otherwise: %s with the extension %s', (provider, extension, message) => {
    expect(withProvider(provider, extension)).toMatchObject([
      { pointer: '/operations/List/provider', message: expect.stringMatching(message) },
    ]);
  });
});

describe('an output of an extension', () => {
  it.each([
    ['another transport', { transport: 'Sctp' }, '/transport'],
    ['no transport', { transport: undefined }, ''],
    ['a token that is no output', { token: 'First' }, '/token'],
    ['a field that it does not have', { colour: 'red' }, ''],
    ['an error without words', { errors: [{ code: 10013, id: 'AccessDenied' }] }, '/errors/0'],
  ])('is checked by the extension: %s', (_, change, pointer) => {
    const output = { kind: 'socket', transport: 'Udp', token: 'Value', ...change };
    const found = mistakes({ '/extension': 'port-reservation', '/cmdlets/0/output': output });
    expect(new Set(found.map((one) => one.pointer))).toEqual(new Set([`/cmdlets/0/output${pointer}`]));
  });
});

describe('the real module without the key simulation', () => {
  it('is the same, but for what is said about the simulated backend', async () => {
    const definition = await loadDefinition('PersistentPortReservation');
    const functions = Object.fromEntries(
      Object.entries(definition.functions).map(([name, { simulation, ...fn }]) => [name, fn]),
    );
    const real = { ...definition, functions };
    expect(planFacts(real, 'x')).toEqual(planFacts(definition, 'x'));
    expect(planModule(real, '1').tests).toEqual(planModule(definition, '1').tests);
    expect(extensionOf(real)).toBe(extensionOf(definition));
  });
});
