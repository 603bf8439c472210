/** Nouns of cmdlets: singular, and behind the module's prefix. */
import { expect, it } from 'vitest';
import { looksPlural, singularNoun } from '../../src/definition/nouns.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { canonicalDefinition } from '../../src/definition/written/canonical.js';

it.each([
  ['Get-Services', 'Get-Service'],
  ['Get-Entries', 'Get-Entry'],
  ['Get-AdapterAddresses', 'Get-AdapterAddress'],
  ['Get-Boxes', 'Get-Box'],
  ['Get-Indices', 'Get-Index'],
  ['Get-FileSizes', 'Get-FileSize'],
])('%s would be %s', (plural, singular) => {
  expect(singularNoun(plural)).toBe(singular);
  expect(singularNoun(singular)).toBe(singular);
});

it.each([
  'Get-Status',
  'Get-Process',
  'Get-DnsAlias',
  'Get-TickCount64',
  'Get-ProcessDNS',
  'Get-Windows',
  'Get-Bus',
  'Get-Analysis',
])('%s is none', (name) => {
  expect(singularNoun(name)).toBe(name);
});

it('a singular with the ending of a plural is told from other singulars', () => {
  const names = ['Get-Cos', 'Get-CursorPos', 'Get-Lens', 'Get-Metadata', 'Get-Process', 'Get-Status', 'Get-Analysis'];
  expect(names.filter(looksPlural)).toEqual(['Get-Cos', 'Get-CursorPos', 'Get-Lens', 'Get-Metadata']);
  expect(['Get-Thing', 'Get-Things', 'Get-Data'].filter(looksPlural)).toEqual([]);
});

const definition = (name: string, cmdlet: object = {}, module: object = {}) => ({
  name: 'Sample',
  module,
  library: { linux: 'libc.so.6' },
  functions: ['int getpid(void);'],
  cmdlets: { [name]: { function: 'getpid', ...cmdlet } },
});
const mistakesOf = (document: object) =>
  validateDefinitionText(JSON.stringify(document)).mistakes.map((one) => one.message);

it('a plural is refused with the singular, unless the author insists', () => {
  expect(mistakesOf(definition('Get-Things'))).toEqual([
    expect.stringMatching(/use 'Get-Thing', or write "allowPluralNoun": true/),
  ]);
  expect(mistakesOf(definition('Get-Things', { allowPluralNoun: true }))).toEqual([]);
  // A name that PowerShell has is no advice.
  expect(mistakesOf(definition('Get-Dates'))).toEqual([
    expect.stringMatching(/choose another one \('Get-Date' is a command of Microsoft.PowerShell.Utility\)/),
  ]);
});

it('a prefix stands before each noun once', () => {
  const nameOf = (name: string) => canonicalDefinition(definition(name, {}, { prefix: 'Own' })).value.cmdlets[0]?.name;
  expect(nameOf('Get-Thing')).toBe('Get-OwnThing');
  expect(nameOf('Get-OwnThing')).toBe('Get-OwnThing');
});

it('a prefix is checked, and makes a name free that PowerShell has', () => {
  expect(mistakesOf(definition('Get-Process'))).toEqual([expect.stringContaining('would hide')]);
  expect(mistakesOf(definition('Get-Process', {}, { prefix: 'Own' }))).toEqual([]);
  expect(mistakesOf(definition('Get-Thing', {}, { prefix: 'own-' }))).not.toEqual([]);
});
