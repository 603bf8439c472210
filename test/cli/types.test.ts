/** `dllet types`: the built-in types, and what C types are. */
import { expect, it, test } from 'vitest';
import { builtInNames, powershellType, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { dlletInside } from '../support/cli-inside.js';

async function rowsOf(...names: string[]) {
  const { status, stdout, stderr } = await dlletInside(['types', ...names, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>[];
}

it('all built-in types are listed, each as its kind says', async () => {
  const shapes = builtInNames().map((name) => ({ name, shape: resolveShape({ type: name }, {}) }));
  expect(await rowsOf()).toMatchObject(
    shapes.map(({ name, shape }) => ({
      ...{ c: name, definition: name, powershell: powershellType(shape), bytes: sizeOf(shape) },
    })),
  );
});

test.each([
  ['HKEY', 'HANDLE', 'int64', 8],
  ['unsigned long int', 'unsigned long', 'uint64', 8],
  ['uid_t', 'UINT', 'uint32', 4],
  ['const char *', 'LPCSTR', 'string', 8],
  ['struct timespec', 'timespec', 'psobject', 16],
  ['REFIID', 'GUID', 'guid', 16],
])('%s is %s in a definition', async (c, definition, powershell, bytes) => {
  expect(await rowsOf(c)).toMatchObject([{ c, definition, powershell, bytes }]);
});

it('several types are one table', async () => {
  const { stdout } = await dlletInside(['types', 'BOOL', 'FILETIME']);
  expect(stdout).toBe(
    [
      'C         definition  PowerShell  bytes  JSON                    meaning',
      '--------  ----------  ----------  -----  ----------------------  ---------------------------------------------------------------------',
      'BOOL      BOOL        bool            4  false                   $true or $false',
      'FILETIME  FILETIME    datetime        8  "2026-01-31T12:00:00Z"  a time from the year 1601 with its zone, such as 2026-01-31T12:00:00Z',
      '',
    ].join('\n'),
  );
});

test.each([
  ['FILETIM', /^'FILETIM' is not a type of a parameter: .*did you mean 'FILETIME'\?/],
  ['LPDWORD', /^'LPDWORD' is not a type of a parameter: .*one value, or memory/],
  ['int x, int', /^'int x, int' is not one type/],
  ['BSTR', /memory of OLE/],
])('%s is wrong usage, with the reason', async (name, message) => {
  const { status, stdout, stderr } = await dlletInside(['types', name]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(message);
});
