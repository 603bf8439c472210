/** Generated help for a definition in the short form: about a Windows library, and about errors that it names. */
import { expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { planModule } from '../../src/generator/plan.js';
import { ZLIB } from '../support/short-form.js';

const helpOf = (definition: object, cmdlet: string) => {
  const { value, mistakes } = validateDefinitionText(JSON.stringify(definition));
  expect(mistakes).toEqual([]);
  const found = planModule(expandDefinition(value as DefinitionSource), '1').help.find(({ name }) => name === cmdlet);
  if (!found) throw new Error(`there is no help of ${cmdlet}`);
  return found;
};

const WINDOWS = {
  name: 'Sample',
  library: 'kernel32.dll',
  functions: [
    'BOOL GetExitCodeProcess(HANDLE hProcess, [out] LPDWORD lpExitCode);',
    'void Sleep(DWORD dwMilliseconds);',
  ],
  cmdlets: {
    'Get-ExitCode': 'GetExitCodeProcess',
    'Wait-Time': { function: 'Sleep', parameters: { dwMilliseconds: { name: 'Duration' } } },
  },
};

it('names the page of a function of Windows, the system, and where its code is', () => {
  const { links, notes, outputs } = helpOf(WINDOWS, 'Get-ExitCode');
  expect(links).toEqual(['https://learn.microsoft.com/search/?terms=GetExitCodeProcess']);
  expect(notes).toEqual([
    "The call fails if GetExitCodeProcess returns 0, FALSE or NULL. The id of the error is Win32Error; the code of GetLastError is in $_.Exception.Data['win32'].",
    'The library exists only on Windows. Elsewhere, you get the error PlatformNotSupported.',
  ]);
  expect(outputs[0]?.description).toEqual(['lpExitCode: a whole number from 0 to 4294967295.']);
});

it('says the unit that a name tells, and the name that the function has for a parameter', () => {
  expect(helpOf(WINDOWS, 'Wait-Time').parameters[0]?.help.description).toContain(
    'A whole number from 0 to 4294967295, in milliseconds. The function calls this parameter dwMilliseconds.',
  );
});

it('names the errors of the definition, and no page for what is not of Windows', () => {
  const { links, notes } = helpOf(ZLIB, 'Compress-Byte');
  expect(links).toEqual([]);
  expect(notes[0]).toContain('DataDamaged for Z_DATA_ERROR and NativeError for any other code');
});

it('leaves what the author wrote', () => {
  const said = {
    function: 'Sleep',
    synopsis: 'Waits.',
    description: 'It waits.',
    notes: 'Mind it.',
    links: ['https://a.example/'],
  };
  const cmdlets = { 'Wait-Time': { ...said, parameters: { dwMilliseconds: { help: 'How long.' } } } };
  const help = helpOf({ ...WINDOWS, cmdlets }, 'Wait-Time');
  expect(help).toMatchObject({
    synopsis: 'Waits.',
    description: ['It waits.'],
    notes: ['Mind it.'],
    links: said.links,
  });
  expect(help.parameters.find(({ name }) => name === 'dwMilliseconds')?.help.description[0]).toBe('How long.');
});
