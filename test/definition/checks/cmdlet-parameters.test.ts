/** Mistakes in what a cmdlet says of its function's parameters. */
import { expect, it } from 'vitest';
import { validateDefinitionText } from '../../../src/definition/validate.js';

/** The mistakes of a cmdlet over a function with a level, an optional name and data. */
const mistakesOf = (cmdlet: object): string[] =>
  validateDefinitionText(
    JSON.stringify({
      name: 'Sample',
      library: { linux: 'libsample.so' },
      functions: ['int f(int level, [in, optional] const char *name, [in, bytes(n)] const void *data, int n);'],
      cmdlets: { 'Get-Sample': { function: 'f', ...cmdlet } },
    }),
  ).mistakes.map(({ pointer, message }) => `${pointer.replace('/cmdlets/Get-Sample', '')}: ${message}`);

it('nothing is wrong with names, aliases, defaults and sets that fit', () => {
  expect(
    mistakesOf({
      parameters: {
        level: { name: 'Depth', aliases: ['Deep'], default: 3, help: 'How deep.' },
        name: { name: 'Title' },
      },
      parameterSets: { ByDepth: ['level'], ByTitle: ['name'] },
    }),
  ).toEqual([]);
});

it.each([
  [{ parameters: { levle: {} } }, /^\/parameters\/levle: 'levle' is not a parameter .*did you mean 'level'/],
  [{ parameters: { n: {} } }, /^\/parameters\/n: 'n' is not a parameter that a caller provides/],
  [
    { parameters: { level: { default: 'x' } } },
    /^\/parameters\/level\/default: the default of 'level' must be a whole number/,
  ],
  [{ parameters: { data: { default: 'aGk=' } } }, /^\/parameters\/data\/default: .*bytes have no default/],
  [{ parameters: { level: { name: 'Verbose' } } }, /^\/parameters\/level\/name: 'Verbose' is a common parameter/],
  [
    { parameters: { level: { name: 'Name' } } },
    /^\/parameters\/level\/name: the cmdlet already has a parameter 'Name'/,
  ],
  [{ parameters: { level: { aliases: ['data'] } } }, /^\/parameters\/level\/aliases\/0: the cmdlet already has/],
  [{ parameters: { level: { name: 'InputObject' } } }, /^\/parameters\/level\/name: the cmdlet already has/],
  [{ parameterSets: { One: ['level'], Two: ['name'] } }, /^\/parameterSets: 'level' is not in every set/],
  [{ parameterSets: { One: ['name'], Two: ['name'] } }, /^\/parameterSets\/Two: .*the same parameters as 'One'/],
  [{ parameterSets: { One: ['nam'] } }, /^\/parameterSets\/One\/0: 'nam' is not a parameter/],
  [{ parameterSets: { InputObject: ['name'] } }, /^\/parameterSets\/InputObject: .*choose another name/],
])('%j', (cmdlet, message) => {
  expect(mistakesOf(cmdlet)).toEqual([expect.stringMatching(message)]);
});
