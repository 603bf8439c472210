/** Modules that find their library themselves, among those of the system or beside the manifest, and rules of failure. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { compileLibrary } from '../standin/build.js';
import { useModule } from '../support/powershell-module.js';
import { addSimpleModule, type SimpleModule } from '../support/simple-module.js';

const ZLIB: SimpleModule = {
  name: 'OwnZlib',
  library: { files: { linux: 'libz.so.1', win32: 'zlib1.dll', darwin: 'libz.dylib' }, location: 'system' },
  functions: [
    { name: 'compressBound', cmdlet: 'Get-OwnBound', parameters: { Size: 'SIZE_T' }, returns: 'SIZE_T' },
    {
      name: 'inflateEnd',
      cmdlet: 'Get-OwnStream',
      parameters: { Stream: 'HANDLE' },
      returns: 'INT',
      failure: { when: 'negative', code: 'returned' },
    },
  ],
};

const LIBC: SimpleModule = {
  name: 'OwnLibC',
  library: { files: { linux: 'libc.so.6', darwin: 'libSystem.B.dylib' }, location: 'system' },
  functions: [
    {
      name: 'chdir',
      cmdlet: 'Get-OwnDirectory',
      parameters: { Path: 'LPCSTR' },
      returns: 'INT',
      failure: { when: 'minusOne', code: 'errno' },
    },
    {
      name: 'getenv',
      cmdlet: 'Get-OwnVariable',
      parameters: { Name: 'LPCSTR' },
      returns: 'LPCSTR',
      failure: { when: 'zero', code: 'errno', absent: [0] },
    },
    {
      name: 'access',
      cmdlet: 'Test-OwnFile',
      parameters: { Path: 'LPCSTR', Mode: 'LONG' },
      returns: 'INT',
      failure: { when: 'minusOne', code: 'errno', absent: [2] },
      asks: true,
    },
  ],
};

const VENDOR: SimpleModule = {
  name: 'OwnVendor',
  library: { files: { linux: 'vendor.so', win32: 'vendor.dll', darwin: 'vendor.dylib' }, location: 'module' },
  functions: [{ name: 'twice', cmdlet: 'Get-OwnDouble', parameters: { Number: 'LONG' }, returns: 'LONG' }],
};

const WINDOWS: SimpleModule = {
  name: 'OwnWindows',
  library: { files: { win32: 'vendor.dll' }, location: 'module' },
  functions: VENDOR.functions.map((one) => ({ ...one, cmdlet: 'Get-OwnWindowsDouble' })),
};

const bench = useModule();
const isLinux = process.platform === 'linux';

beforeAll(async () => {
  if (!isLinux) return;
  for (const module of [ZLIB, LIBC, VENDOR, WINDOWS]) await bench.run(await addSimpleModule(bench, module));
});

const shown = async (script: string) => {
  const { output, errors } = await bench.run(script);
  expect(errors).toEqual([]);
  return output.map((one) => String(toPlain(one)));
};

test.runIf(isLinux)('a library of the system needs no option', async () => {
  expect(await shown('(Get-OwnBound 100).Value')).toEqual(['113']);
});

test.runIf(isLinux)('a code that the library returns has its sign, and is never called one of Windows', async () => {
  const error = await bench.failure('Get-OwnStream 0');
  expect(error.fullyQualifiedErrorId).toMatch(/^NativeError,/);
  expect(error.message).toBe('inflateEnd failed with code -2');
  expect(await shown("try { Get-OwnStream 0 -ErrorAction Stop } catch { $_.Exception.Data['code'] }")).toEqual(['-2']);
});

test.runIf(isLinux)('an errno has its name and the text of the system', async () => {
  const error = await bench.failure("Get-OwnDirectory '/no such directory'");
  expect(error.fullyQualifiedErrorId).toMatch(/^NativeError,/);
  expect(error.message).toBe('chdir failed with errno 2 (ENOENT): No such file or directory');
  const script = "try { Get-OwnDirectory /none -ErrorAction Stop } catch { $_.Exception.Data['symbol'] }";
  expect(await shown(script)).toEqual(['ENOENT']);
});

test.runIf(isLinux)('what is not there is no output, one by one and in a pipeline', async () => {
  expect(await shown("(Get-OwnVariable PATH).Value -ne ''; @(Get-OwnVariable NO_SUCH_VARIABLE).Count")).toEqual([
    'True',
    '0',
  ]);
  const names = "'PATH', 'NO_SUCH_VARIABLE', 'HOME'";
  expect(await shown(`${names} | Get-OwnVariable | ForEach-Object { $_.Name }`)).toEqual(['PATH', 'HOME']);
});

test.runIf(isLinux)('what is not there is false where a cmdlet asks', async () => {
  expect(await shown("Test-OwnFile / 0; Test-OwnFile '/no such file' 0")).toEqual(['True', 'False']);
  expect((await bench.failure("Test-OwnFile '/etc/passwd/x' 0")).message).toMatch(/\(ENOTDIR\)/);
});

test.runIf(isLinux)('a library of a vendor is beside the manifest, and taken from nowhere else', async () => {
  const library = compileLibrary(
    bench.directory,
    'vendor',
    '#include "standin.h"\nEXPORT int twice(int n) { return 2 * n; }',
  );
  expect((await bench.failure('Get-OwnDouble 21')).fullyQualifiedErrorId).toMatch(/^LibraryNotFound,/);
  const [folder] = await shown('(Get-Module OwnVendor).ModuleBase');
  copyFileSync(library, path.join(folder ?? '', 'vendor.so'));
  expect(await shown('(Get-OwnDouble 21).Value')).toEqual(['42']);
});

test.runIf(isLinux)('a definition without a library for this system says which systems have one', async () => {
  const error = await bench.failure('Get-OwnWindowsDouble 1');
  expect(error.fullyQualifiedErrorId).toMatch(/^PlatformNotSupported,/);
  expect(error.message).toBe('The definition OwnWindows has no library for linux; it has one for win32: vendor.dll.');
});
