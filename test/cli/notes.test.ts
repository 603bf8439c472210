/** What `dllet validate` says was taken for granted. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dlletInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';

it('a parameter that is always NULL is noted, and the definition is valid', async () => {
  const file = path.join(temporaryDirectory(), 'noted.json');
  const definition = {
    name: 'Noted',
    library: 'kernel32.dll',
    functions: ['BOOL ReadSample([in] HANDLE h, [in, optional] LPOVERLAPPED lpOverlapped);'],
    cmdlets: { 'Get-Sample': 'ReadSample' },
  };
  writeFileSync(file, JSON.stringify(definition));
  const { status, stdout, stderr } = await dlletInside(['validate', file]);
  expect(status).toBe(0);
  expect(stdout).toContain(': valid; ');
  expect(stderr).toContain(`note: ${file}:1: 'lpOverlapped' is always NULL (at /functions/0)`);
  const { stdout: json } = await dlletInside(['validate', file, '--json']);
  expect(JSON.parse(json)).toMatchObject({ valid: true, notes: [{ pointer: '/functions/0' }] });
});
