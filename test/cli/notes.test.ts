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

it('with --strict, what deserves a look is listed once, and the exit status is 1', async () => {
  const file = path.join(temporaryDirectory(), 'strict.json');
  const write = (prototype: string) =>
    writeFileSync(
      file,
      JSON.stringify({
        name: 'Strict',
        library: 'kernel32.dll',
        functions: [prototype],
        cmdlets: { 'Get-Sample': 'ReadSample' },
      }),
    );
  write('[unreviewed] BOOL ReadSample([in] HANDLE h);');
  expect(await dlletInside(['validate', file])).toMatchObject({ status: 0 });
  const { status, stdout } = await dlletInside(['validate', file, '--strict']);
  expect(status).toBe(1);
  expect(stdout.trim().split('\n')).toEqual([
    expect.stringMatching(/strict\.json:1: how 'ReadSample' reports failure is guessed .* \(at \/functions\/0\)$/),
  ]);
  const { stdout: json } = await dlletInside(['validate', file, '--strict', '--json']);
  expect(JSON.parse(json)).toMatchObject({ valid: true, mistakes: [], review: [{ pointer: '/functions/0', line: 1 }] });
  write('DWORD ReadSample([in] HANDLE h);');
  const question = await dlletInside(['validate', file, '--strict']);
  expect(question).toMatchObject({ status: 1, stderr: '' });
  expect(question.stdout).toContain('[fails(never)]');
  write('BOOL ReadSample([in] HANDLE h);');
  expect(await dlletInside(['validate', file, '--strict'])).toMatchObject({ status: 0 });
});
