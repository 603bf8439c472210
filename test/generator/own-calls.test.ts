import { describe, expect, it } from 'vitest';
import { qualifyOwnCalls } from '../../src/generator/own-calls.js';

const MODULE = 'function Open-Thing {\n}\nfunction Close-Thing { }\n';
const qualified = (text: string) =>
  (qualifyOwnCalls(new Map([['M.psm1', MODULE + text]])).get('M.psm1') as string).slice(MODULE.length);

describe('a call of a function of the module', () => {
  it.each([
    ['Open-Thing', 'script:Open-Thing'],
    ['Open-Thing -Name $x | Close-Thing', 'script:Open-Thing -Name $x | script:Close-Thing'],
    ['$x = @((Open-Thing), 1)', '$x = @((script:Open-Thing), 1)'],
    ['.{Open-Thing;Close-Thing}', '.{script:Open-Thing;script:Close-Thing}'],
    ["'it''s' + (Open-Thing 'a')", "'it''s' + (script:Open-Thing 'a')"],
    ['"say `"x`" ""y""" + (Open-Thing)', '"say `"x`" ""y""" + (script:Open-Thing)'],
  ])('%s says where the function is', (text, wanted) => expect(qualified(text)).toBe(wanted));
});

describe('what stays as it is', () => {
  it.each([
    'function Open-Thing { }',
    'function script:Open-Thing { }',
    'script:Open-Thing',
    'Other\\Open-Thing',
    'Open-Things; Re-Open-Thing; $Open-Thing',
    '# Open-Thing',
    '<# Open-Thing #>',
    "'Open-Thing'",
    "'\u2018\u2018 Open-Thing'",
    "\u2018Open-Thing' ",
    '"Open-Thing"',
    'Close-Other',
  ])('%s', (text) => expect(qualified(text)).toBe(text));
});

it('takes functions of a script that is loaded later for the module only where it says so', () => {
  const later = 'function script:Read-Thing { }\nfunction Local-Thing { }\nRead-Thing; Local-Thing; Open-Thing';
  const files = qualifyOwnCalls(
    new Map([
      ['M.psm1', `${MODULE}Read-Thing`],
      ['M.Later.ps1', later],
      ['tests/M.Tests.ps1', 'Open-Thing'],
      ['M.psd1', '@{ FunctionsToExport = Open-Thing }'],
    ]),
  );
  expect(files.get('M.psm1')).toBe(`${MODULE}script:Read-Thing`);
  expect(files.get('M.Later.ps1')).toContain('\nscript:Read-Thing; Local-Thing; script:Open-Thing');
  expect(files.get('tests/M.Tests.ps1')).toBe('Open-Thing');
  expect(files.get('M.psd1')).toContain(' Open-Thing');
});
