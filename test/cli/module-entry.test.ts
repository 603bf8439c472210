/** The first lines of a module's program: when it uses node's compile cache, and where. */
import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/directories.js';

const ENTRY = fileURLToPath(new URL('../../dist/module-entry.cjs', import.meta.url));

/** A node whose user is not root and that says where it would keep its cache. */
const STUB = `
  process.geteuid = () => Number(process.env.TEST_UID);
  if (process.env.TEST_OLD) delete require('node:module').enableCompileCache;
  else require('node:module').enableCompileCache = (directory) => console.log('cache', directory);
`;

function run(environment: Readonly<Record<string, string>>): string[] {
  const directory = temporaryDirectory();
  const program = path.join(directory, 'dllet.cjs');
  cpSync(ENTRY, program);
  writeFileSync(path.join(directory, 'program.cjs'), "console.log('program', process.argv.slice(2).join());");
  const stub = path.join(directory, 'stub.cjs');
  writeFileSync(stub, STUB);
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', stub, program, 'serve', '--x'], {
    encoding: 'utf8',
    env: { TEST_UID: '1000', ...environment },
  });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe.skipIf(process.platform === 'win32')('the compile cache of a module program', () => {
  it.each([
    ["below the user's home", { HOME: '/home/me' }, '/home/me/.cache/dllet/compile-cache'],
    ['where the user has caches', { HOME: '/home/me', XDG_CACHE_HOME: '/var/mine' }, '/var/mine/dllet/compile-cache'],
  ])('is %s', (_, environment, folder) => {
    expect(run(environment)).toEqual([`cache ${folder}`, 'program serve,--x']);
  });

  it.each([
    ['as root', { HOME: '/home/me', TEST_UID: '0' }],
    ['without a home', {}],
    ['with a relative home', { HOME: 'me' }],
    ['on a node that has none', { HOME: '/home/me', TEST_OLD: '1' }],
  ])('is not used %s', (_, environment) => {
    expect(run(environment)).toEqual(['program serve,--x']);
  });
});
