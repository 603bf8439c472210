/** Modules of many functions: what they consist of grows as their number does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleDefinition } from '../../bench/scale-definition.mjs';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { planModule } from '../../src/generator/plan.js';
import { renderHelp } from '../../src/generator/render-help.js';

const planOf = (count: number) => planOfDefinition(scaleDefinition(count));

function planOfDefinition(definition: object) {
  const { value, mistakes } = validateDefinitionText(JSON.stringify(definition));
  expect(mistakes).toEqual([]);
  return planModule(expandDefinition(value as DefinitionSource), '1');
}

const helpOf = (count: number) => [...renderHelp(planOf(count)).values()].join('');

describe('the links of help', () => {
  it('are a few others of the module, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), (count) => {
        const { help, about } = planOf(count);
        const names = new Set(help.map(({ name }) => name));
        for (const { name, related } of help.slice(0, -1)) {
          const [topic, ...others] = related;
          expect(topic).toBe(about.topic);
          expect(others).toHaveLength(Math.min(count - 1, 6));
          expect(new Set(others).size).toBe(others.length);
          expect(others.filter((one) => one === name || !names.has(one))).toEqual([]);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('begin with those that open and close the handle, then come those of the noun', () => {
    const { help } = planOf(41);
    const related = help.find(({ name }) => name === 'Read-DeepArchive')?.related;
    expect(related?.slice(1, 4)).toEqual(['Open-DeepArchive', 'Close-DeepArchive', 'Get-DeepArchive']);
    expect(related?.slice(1).every((one) => one.endsWith('-DeepArchive'))).toBe(true);
  });

  it('have the one that closes a handle, however many open it', () => {
    const openers = Array.from({ length: 9 }, (_, index) => `thing *open_${index}(void);`);
    const names = openers.map((_, index) => [`Open-Thing${index}`, `open_${index}`] as const);
    const { help } = planOfDefinition({
      name: 'Things',
      library: { linux: 'libthings.so' },
      types: ['typedef struct thing thing;'],
      functions: [...openers, 'void close_thing(thing *it);', 'int use_thing(thing *it);'],
      cmdlets: { ...Object.fromEntries(names), 'Close-Thing': 'close_thing', 'Test-Thing': 'use_thing' },
    });
    const related = help.find(({ name }) => name === 'Test-Thing')?.related;
    expect(related?.slice(1, 5)).toEqual(['Open-Thing0', 'Open-Thing1', 'Open-Thing2', 'Close-Thing']);
  });
});

it('help grows as the number of functions', () => {
  expect(helpOf(201).length / helpOf(51).length).toBeLessThan(4.1);
});

it('each file of help has those of its cmdlets, and is named by them', () => {
  const plan = planOf(120);
  const files = renderHelp(plan);
  const names = ['Scale120-help.xml', 'Scale120-2-help.xml', 'Scale120-3-help.xml'];
  expect([...files.keys()].slice(0, -1)).toEqual(names.map((name) => `en-US/${name}`));
  for (const { name, helpFile } of plan.help)
    expect(files.get(`en-US/${helpFile}`)).toContain(`<command:name>${name}</command:name>`);
  expect(plan.cmdlets.map(({ helpFile }) => helpFile)).toEqual(plan.help.map(({ helpFile }) => helpFile));
});

describe('help of a cmdlet of which the author says nothing', () => {
  const { help } = planOf(11);
  const of = (name: string) => help.find((one) => one.name === name);
  const parameter = (cmdlet: string, name: string) =>
    of(cmdlet)?.parameters.find((one) => one.name === name)?.help.description;

  it('says what it does', () => {
    expect(of('Find-PlainArchive')?.synopsis).toMatch(/^Finds the plain archive: calls plain_archive_find of .*\.$/);
    expect(of('Measure-PlainArchive')?.description[1]).toBe('plain_archive_sum takes values, and gives its result.');
  });

  it('says of parameters what they are, where they come from, and what leaving them out means', () => {
    expect(parameter('Read-PlainArchive', 'it')).toEqual([
      'A handle that plain_archive_close releases, as Open-PlainArchive returns it.',
    ]);
    expect(parameter('Open-PlainArchive', 'mode')?.[0]).toContain('PlainArchiveRead, PlainArchiveWrite');
    expect(parameter('Find-PlainArchive', 'start')).toEqual([
      'A text, sent in UTF-8.',
      'If you omit it or give $null, the function gets NULL.',
    ]);
    expect(parameter('Measure-PlainArchive', 'values')?.[0]).toMatch(/^Values, sent as one array; each is a number/);
  });

  it('says of outputs what they are, with the types of their properties', () => {
    expect(of('Get-PlainArchive')?.outputs[0]?.description[0]).toBe(
      'info: an object with id [int], weight [double], name [string] and ports [uint16[]].',
    );
    expect(of('Test-PlainArchive')?.outputs[0]?.description).toContain(
      'line: The value of line after the call: a whole number from 0 to 4294967295.',
    );
  });

  it('says how a call fails', () => {
    expect(of('Open-PlainArchive')?.notes[0]).toBe(
      "The call fails if plain_archive_open returns 0, FALSE or NULL. The id of the error is NativeError; errno is in $_.Exception.Data['errno'].",
    );
    expect(of('Measure-PlainArchive')?.notes[0]).toContain('reports no failure');
  });
});
