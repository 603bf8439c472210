/**
 * Every name that means something to JavaScript, PowerShell or Windows, in every place that takes a name: refused with a clear
 * message, or good for a module. That the module parses is for the layer with a PowerShell: `test/powershell/names.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import { expandDefinition } from '../../../src/definition/expand.js';
import type { DefinitionSource } from '../../../src/definition/types.js';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { generateModule } from '../../../src/generator/generate.js';
import { editedSample, toText } from '../../support/definitions.js';
import { NAMES, PLACES } from '../../support/every-name.js';

const messagesOf = (document: DefinitionSource) =>
  validateDefinitionText(JSON.stringify(document)).mistakes.map(({ message }) => message);

/** Matches a clear message about a name that is not allowed. */
const CLEAR =
  /choose another|does not have the form|appears twice|also the name|differ only in case|Pascal case|could be the size|if you want this/;

it.each(Object.keys(PLACES))('%s may have a plain name', (place) => {
  expect(
    messagesOf(
      (PLACES[place] as (name: string) => DefinitionSource)(place === 'the property of a list' ? 'plain' : 'Plain'),
    ),
  ).toEqual([]);
});

describe.each(Object.keys(PLACES))('%s', (place) => {
  const make = PLACES[place] as (name: string) => DefinitionSource;

  it.each(Object.entries(NAMES))('with the names of %s is taken, or refused by name', (_whose, names) => {
    for (const name of names) {
      const messages = messagesOf(make(name));
      if (messages.length === 0) continue;
      const all = messages.join('; ');
      expect(all, `${place} ${name}`).toMatch(CLEAR);
      expect(all.toLowerCase(), `${place} ${name}`).toContain(name.toLowerCase());
    }
  });

  it('with the names of members of JavaScript objects makes a module, where it is taken', () => {
    for (const name of NAMES['members of JavaScript objects, arrays and functions'] ?? []) {
      const document = make(name);
      if (messagesOf(document).length === 0)
        expect(generateModule(expandDefinition(document)).size, name).toBeGreaterThan(10);
    }
  });
});

it('a module can have a dot in its name, which is in no name of a command or a class', () => {
  const document = editedSample({ '/name': 'Contoso.Sample' });
  expect(validateDefinitionText(toText(document)).mistakes).toEqual([]);
  const files = generateModule(expandDefinition(document));
  expect([...files.keys()]).toContain('Contoso.Sample.psd1');
  expect(files.get('Contoso.Sample.psm1')).toContain('function Test-ContosoSampleModule {');
  for (const place of ['the definition', 'the module of a class'])
    expect(
      [...generateModule(expandDefinition((PLACES[place] as (name: string) => DefinitionSource)('Contoso.Part')))]
        .map(([, text]) => String(text))
        .join('\n'),
    ).not.toMatch(/^\s*(function|class|enum) \S*\./m);
});

describe('refused', () => {
  const refusal = (place: string, name: string) =>
    messagesOf((PLACES[place] as (name: string) => DefinitionSource)(name));

  it.each([
    ['the definition', 'con'],
    ['the definition', 'NUL'],
    ['the definition', 'aux'],
    ['the definition', 'COM1'],
    ['the module of a class', 'Prn'],
    ['the type of a resource', 'con'],
    ['the type of a list', 'lpt9'],
    ['the library', 'Nul'],
    ['the definition', 'con.Zlib'],
  ])('%s with the name of the device %s, because it becomes the name of a file', (place, name) => {
    expect(refusal(place, name)).toEqual([
      expect.stringMatching(/is a device name of Windows, so a file cannot have it/),
    ]);
  });

  it.each(['the definition', 'the module of a class'])('%s with the name of a file', (place) => {
    expect(refusal(place, 'Zlib.Psd1')).toEqual([expect.stringMatching(/PowerShell takes it for a file/)]);
  });

  it.each(['Contoso..Zlib', '.Zlib', 'Zlib.', 'Contoso.1', 'A', 'Contoso-Zlib', 'a.'.repeat(40).concat('b')])(
    'the definition with the name %s',
    (name) => expect(refusal('the definition', name).join()).toMatch(/does not have the form/),
  );

  it.each(['the definition', 'the module of a class'])('%s with the name of a module that is there', (place) => {
    expect(refusal(place, 'NetTCPIP')).toEqual([
      expect.stringMatching(/a module that comes with PowerShell or Windows/),
    ]);
  });

  it.each([
    ['Select-Object', 'Microsoft.PowerShell.Utility'],
    ['New-Service', 'Microsoft.PowerShell.Management'],
    ['Stop-Process', 'Microsoft.PowerShell.Management'],
    ['Get-NetTCPConnection', 'NetTCPIP'],
    ['Test-NetConnection', 'NetTCPIP'],
    ['Get-VM', 'Hyper-V'],
    ['Out-GridView', 'Microsoft.PowerShell.Utility'],
    ['Get-WmiObject', 'Microsoft.PowerShell.Management'],
    ['Start-ThreadJob', 'Microsoft.PowerShell.ThreadJob'],
    ['Find-PSResource', 'Microsoft.PowerShell.PSResourceGet'],
  ])('a cmdlet with the name %s, which %s has', (name, module) => {
    const document = editedSample({ '/cmdlets/2/name': name });
    const { mistakes } = validateDefinitionText(toText(document));
    expect(
      mistakes.filter(({ pointer }) => pointer === '/cmdlets/2/name').map(({ message }) => message),
    ).toContainEqual(
      expect.stringMatching(
        new RegExp(`would hide a command of ${module}, .*choose another noun, or write "shadows": true`),
      ),
    );
    const insisting = editedSample({ '/cmdlets/2/name': name, '/cmdlets/2/shadows': true });
    expect(
      validateDefinitionText(toText(insisting)).mistakes.filter(({ message }) => /is a command of/.test(message)),
    ).toEqual([]);
  });

  it('a cmdlet that becomes one when its variant is written out', () => {
    const document = editedSample({ '/variants/Kind': ['Child', 'Blue'] });
    expect(messagesOf(document)).toEqual([expect.stringMatching(/'Get-ChildItem' would hide a command of Microsoft/)]);
  });

  it('a cmdlet with the name of the one that every module has', () => {
    expect(messagesOf(editedSample({ '/cmdlets/2/name': 'Test-SampleModule' }))).toEqual([
      expect.stringMatching(/the command of the module that verifies its files/),
    ]);
  });

  it.each(['Verbose', 'Confirm', 'Error', 'PSCmdlet', 'Other', 'SumName', 'Reason'])(
    'a switch with the name %s',
    (name) => {
      expect(refusal('a switch', name).join()).toMatch(/choose another name/);
    },
  );

  it.each(['Db', 'EA', 'PROGA', 'Force', 'PSStyle', 'OutputEncoding', 'MaximumHistoryCount'])(
    'a parameter with the name %s',
    (name) => {
      expect(refusal('an in parameter', name).join()).toMatch(/choose another name/);
      expect(refusal('a parameter of an operation', name).join()).toMatch(/choose another name/);
    },
  );

  it.each(['string', 'object', 'class', 'DscResource'])('a resource with a class, with the name %s', (name) => {
    expect(refusal('a resource', name)).toEqual([expect.stringMatching(/a keyword or type of PowerShell/)]);
  });
});
