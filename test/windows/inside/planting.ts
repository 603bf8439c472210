/**
 * Runs in node.exe: a planted library that leaves a mark when it is loaded. Windows has no library of its name, because
 * node.exe has already loaded Iphlpapi.dll: a load of that name would return the loaded one, and the test would see no
 * difference.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../../src/definition/load.js';
import type { Definition } from '../../../src/definition/types.js';
import { createNativeBackend } from '../../../src/native/backend.js';
import { callNow, errorOf, functionOf, scratchDirectory } from '../../native/support.js';

const BUILT = fileURLToPath(new URL('../../../build/windows/planted/', import.meta.url));
const NAME = 'dlletplanted.dll';
const BLOCK = { StartPort: 5000, NumberOfPorts: 20 };

const scratch = scratchDirectory();
const planted = path.join(scratch, 'planted');
const elsewhere = path.join(scratch, 'elsewhere');
const program = path.dirname(process.argv[1] ?? '');
const besideNode = path.dirname(process.execPath);
const directory = process.cwd();
const searchPath = process.env.PATH;
let definition: Definition;

beforeAll(async () => {
  for (const folder of [planted, elsewhere]) mkdirSync(folder);
  for (const folder of [planted, program, besideNode]) copyFileSync(path.join(BUILT, NAME), path.join(folder, NAME));
  copyFileSync(path.join(BUILT, 'needs_planted.dll'), path.join(elsewhere, 'needs_planted.dll'));
  process.chdir(planted);
  process.env.PATH = `${planted};${searchPath}`;
  definition = await loadDefinition('PersistentPortReservation');
});

afterAll(() => {
  process.chdir(directory);
  process.env.PATH = searchPath;
  for (const folder of [program, besideNode]) {
    for (const name of [NAME, `${NAME}.loaded`]) rmSync(path.join(folder, name), { force: true });
  }
});

const marks = () =>
  [planted, program, besideNode, elsewhere].filter((folder) => existsSync(path.join(folder, `${NAME}.loaded`)));

// In this order, because a loaded library stays loaded.
describe('a library in the current directory, on PATH, beside the program and beside node.exe', () => {
  beforeEach(() => expect(marks()).toEqual([]));

  it('is not taken for one of the system', () => {
    const other = { ...definition, library: { ...definition.library, fileName: NAME } };
    const lookup = functionOf(other, 'LookupPersistentUdpPortReservation');
    const error = errorOf(() => callNow(createNativeBackend({ definition: other }), lookup, BLOCK));
    expect(error).toMatchObject({ id: 'LibraryNotFound', data: { path: `C:\\windows\\system32\\${NAME}` } });
    expect(marks()).toEqual([]);
  });

  it('is not taken for one that a library of the user needs', () => {
    const libraryPath = path.join(elsewhere, 'needs_planted.dll');
    const lookup = functionOf(definition, 'LookupPersistentTcpPortReservation');
    const error = errorOf(() => callNow(createNativeBackend({ definition, libraryPath }), lookup, BLOCK));
    expect(error).toMatchObject({ id: 'LibraryNotFound', category: 'InvalidData' });
    expect(error.message).toContain('a library that it needs was not found');
    expect(marks()).toEqual([]);
  });

  it('is not found by its name alone either, whoever in this process asks for it', () => {
    expect(koffi.load('kernel32.dll').func('__stdcall', 'LoadLibraryW', 'uintptr', ['str16'])(NAME)).toBe(0);
    expect(marks()).toEqual([]);
  });

  it('would be found in a process that has not called anything through dllet', () => {
    const script = `require('koffi').load('kernel32.dll').func('__stdcall', 'LoadLibraryW', 'uintptr', ['str16'])('${NAME}')`;
    expect(spawnSync(process.execPath, ['-e', script], { stdio: 'ignore' }).status).toBe(0);
    expect(marks()).toHaveLength(1);
  });
});

describe('a library that a library of the user needs', () => {
  it('is taken from beside that library', () => {
    const own = path.join(scratch, 'own');
    mkdirSync(own);
    for (const name of [NAME, 'needs_planted.dll']) copyFileSync(path.join(BUILT, name), path.join(own, name));
    const backend = createNativeBackend({ definition, libraryPath: path.join(own, 'needs_planted.dll') });
    const lookup = functionOf(definition, 'LookupPersistentTcpPortReservation');
    expect(callNow(backend, lookup, BLOCK)).toMatchObject({ outputs: { Token: 666n } });
    expect(existsSync(path.join(own, `${NAME}.loaded`))).toBe(true);
  });
});
