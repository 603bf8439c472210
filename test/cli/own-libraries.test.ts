/** Definitions over libraries that the system has, or that lie beside them: called, checked and generated with no option. */
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { compileLibrary } from '../standin/build.js';
import { dllet } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';
import { sourceOf } from '../support/simple-module.js';

const isLinux = process.platform === 'linux';
let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
});

const call = async (file: string, name: string, params: object, cwd = directory) => {
  const { stdout, stderr } = await dllet(['call', file, name, JSON.stringify(params)], { cwd });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
};

function write(name: string, source: object): string {
  const file = path.join(directory, name);
  writeFileSync(file, JSON.stringify(source));
  return file;
}

const ZLIB = { files: { linux: 'libz.so.1', win32: 'zlib1.dll', darwin: 'libz.dylib' }, location: 'system' } as const;

function zlib(): string {
  const source = sourceOf({
    name: 'Zlib',
    library: ZLIB,
    functions: [{ name: 'compressBound', cmdlet: 'Get-Bound', parameters: { sourceLen: 'SIZE_T' }, returns: 'SIZE_T' }],
  });
  const bytes = (name: string, length: number, direction: string) => ({
    name,
    type: { array: 'BYTE', length },
    direction,
  });
  const uncompress = {
    description: 'Unpacks.',
    callingConvention: 'cdecl',
    parameters: [
      bytes('dest', 16, 'out'),
      { name: 'destLen', type: 'SIZE_T', direction: 'inout', constant: 16 },
      bytes('source', 4, 'in'),
      { name: 'sourceLen', type: 'SIZE_T', direction: 'in', constant: 4 },
    ],
    returns: { type: 'INT', failure: { when: 'nonzero', code: 'returned' } },
    changesState: false,
  };
  const errors = [
    {
      code: -3,
      symbol: 'Z_DATA_ERROR',
      id: 'DataDamaged',
      category: 'InvalidData',
      message: 'The data is damaged.',
      recommendedAction: 'Give data of zlib.',
    },
  ];
  const functions = { ...source.functions, uncompress, inflateEnd: inflateEnd() };
  return write('zlib.json', { ...source, functions, errors });
}

const inflateEnd = () => ({
  description: 'Ends.',
  callingConvention: 'cdecl',
  parameters: [{ name: 'stream', type: 'HANDLE', direction: 'in' }],
  returns: { type: 'INT', failure: { when: 'negative', code: 'returned' } },
  changesState: false,
});

test.runIf(isLinux)('zlib of the system is called without --library', async () => {
  expect(await call(zlib(), 'compressBound', { sourceLen: '100' })).toHaveProperty('result.Value', '113');
});

test.runIf(isLinux)('a code of zlib has the words of the definition, or its number', async () => {
  const file = zlib();
  expect(await call(file, 'uncompress', { source: [1, 2, 3, 4] })).toMatchObject({
    error: { message: 'The data is damaged.', data: { id: 'DataDamaged', code: -3, symbol: 'Z_DATA_ERROR' } },
  });
  const { error } = await call(file, 'inflateEnd', { stream: '0' });
  expect(error).toMatchObject({ message: 'inflateEnd failed with code -2', data: { id: 'NativeError', code: -2 } });
  expect(JSON.stringify(error)).not.toMatch(/win32/i);
});

test.runIf(isLinux)('LD_LIBRARY_PATH chooses no library', async () => {
  const planted = path.join(directory, 'planted');
  mkdirSync(planted);
  writeFileSync(path.join(planted, 'libz.so.1'), 'planted');
  const { stdout } = await dllet(['call', zlib(), 'compressBound', '{"sourceLen":"100"}'], {
    cwd: planted,
    environment: { LD_LIBRARY_PATH: planted },
  });
  expect(JSON.parse(stdout)).toHaveProperty('result.Value', '113');
});

test.runIf(isLinux)('the doctor and validate show the library of this system', async () => {
  const file = zlib();
  const { stdout } = await dllet(['doctor', file]);
  expect(stdout).toMatch(/^good {5}platform/m);
  expect(stdout).toMatch(/^good {5}library {11}\/\S+\/libz\.so\.1/m);
  expect((await dllet(['validate', file])).stdout).toContain(
    'zlib1.dll (Windows), libz.so.1 (Linux), libz.dylib (macOS)',
  );
});

test('a library that comes with a definition is beside it, and generated into its module', async () => {
  const own = path.join(directory, 'own');
  mkdirSync(own);
  const built = compileLibrary(directory, 'vendor', '#include "standin.h"\nEXPORT int twice(int n) { return 2 * n; }');
  const library = path.basename(built);
  const source = sourceOf({
    name: 'Vendor',
    library: { files: { [process.platform]: library }, location: 'module' },
    functions: [{ name: 'twice', cmdlet: 'Get-Double', parameters: { Number: 'LONG' }, returns: 'LONG' }],
  });
  const file = path.join(own, 'vendor.json');
  writeFileSync(file, JSON.stringify(source));
  expect(await call(file, 'twice', { Number: 21 }, path.dirname(built))).toHaveProperty(
    'error.data.id',
    'LibraryNotFound',
  );
  copyFileSync(built, path.join(own, library));
  expect(await call(file, 'twice', { Number: 21 })).toHaveProperty('result.Value', 42);

  const out = path.join(directory, 'modules', 'Vendor');
  const generated = await dllet(['generate', file, '--out', out]);
  expect(generated.stdout).toContain(`written  ${path.join(out, library)}`);
  expect(existsSync(path.join(out, library))).toBe(true);
  expect(await dllet(['generate', file, '--out', out, '--check'])).toMatchObject({ status: 0 });
  expect((await dllet(['generate', file, '--out', out])).stdout).not.toContain(path.join(out, library));
  rmSync(path.join(own, library));
  const packed = await dllet(['pack', file, '--out', path.join(directory, 'packed')]);
  expect(packed.stderr).toContain(`${library}, is not in the directory of the definition`);
});

test.runIf(isLinux)('a definition may have functions of several libraries', async () => {
  const source = sourceOf({
    name: 'Several',
    library: ZLIB,
    functions: [{ name: 'compressBound', cmdlet: 'Get-Bound', parameters: { Size: 'SIZE_T' }, returns: 'SIZE_T' }],
  });
  const functions = {
    ...source.functions,
    sqrt: {
      ...source.functions.compressBound,
      library: 'math',
      parameters: [{ name: 'Number', type: 'DOUBLE', direction: 'in' }],
      returns: { type: 'DOUBLE', failure: 'none', resultName: 'Value' },
    },
  };
  const libraries = { math: { files: { linux: 'libm.so.6' }, location: 'system' } };
  const file = write('several.json', { ...source, functions, libraries });
  expect(await call(file, 'compressBound', { Size: '100' })).toHaveProperty('result.Value', '113');
  expect(await call(file, 'sqrt', { Number: 2.25 })).toHaveProperty('result.Value', 1.5);
  expect((await dllet(['doctor', file])).stdout).toMatch(/^good {5}export {12}sqrt/m);
  const wrong = await dllet(['validate', write('wrong.json', { ...source, functions })]);
  expect(wrong.stdout).toContain("there is no library 'math' in libraries (at /functions/sqrt/library)");
});
