/** Functions that act on the process that calls them: refused, or noted in the help. */
import { expect, it } from 'vitest';
import { ON_BRIDGE } from '../../src/definition/process-functions.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { canonicalDefinition } from '../../src/definition/written/canonical.js';

const over = (prototype: string, name: string, more: object = {}, cmdlet: object = {}) => ({
  name: 'Process',
  library: { linux: 'libc.so.6', win32: 'kernel32.dll' },
  functions: { [name]: { prototype, ...more } },
  cmdlets: { 'Invoke-Sample': { function: name, ...cmdlet } },
});
const mistakesOf = (document: object) =>
  validateDefinitionText(JSON.stringify(document)).mistakes.map((one) => one.message);
const notesOf = (document: object) => canonicalDefinition(document).value.cmdlets[0]?.notes;

it.each([
  ['void exit(int status);', 'exit'],
  ['void ExitProcess(UINT uExitCode);', 'ExitProcess'],
  ['int fork(void);', 'fork'],
  ['void abort(void);', 'abort'],
])('%s is refused unless the author insists', (prototype, name) => {
  expect(mistakesOf(over(prototype, name))).toEqual([expect.stringContaining('"endsBridge": true')]);
  expect(mistakesOf(over(prototype, name, { endsBridge: true }))).toEqual([]);
});

it.each([
  ['BOOL SetEnvironmentVariableW([in] LPCWSTR lpName, [in, optional] LPCWSTR lpValue);', 'SetEnvironmentVariableW'],
  ['BOOL SetConsoleCP([in] UINT wCodePageID);', 'SetConsoleCP'],
  ['int chdir(const char *path);', 'chdir'],
])('the help of %s says on what it acts', (prototype, name) => {
  expect(mistakesOf(over(prototype, name))).toEqual([]);
  expect(notesOf(over(prototype, name))).toBe(ON_BRIDGE);
  expect(notesOf(over(prototype, name, {}, { notes: 'Mind the gap.' }))).toBe(`Mind the gap.\n\n${ON_BRIDGE}`);
});

it('the help of any other function says nothing of it', () => {
  expect(notesOf(over('int getpid(void);', 'getpid'))).toBeUndefined();
});
