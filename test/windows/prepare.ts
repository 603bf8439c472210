/** Creates everything that the lane needs and that is missing. `setup` is vitest's globalSetup of the project. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { withDirectoryLock } from '../support/lock.js';
import { compileLibraries, KEEPER, MINGW } from './compile.js';
import { fetchPackages, koffiAddon } from './packages.js';
import { BUILD, PREFIX, ROOT, WINE, wineEnvironment } from './wine.js';

/** PowerShell for Windows, with its own .NET. */
export const HOST = path.join(BUILD, 'host', 'dllet-powershell-host.exe');

/** The folder in which node.exe finds koffi: the JavaScript of the checkout with the addon for Windows. */
export const NODE_MODULES = path.join(BUILD, 'node_modules');

/**
 * Prepares the lane, and keeps Windows up while it runs: Wine starts a dozen services with its first program, and ends them with
 * the last. Returns what ends the run. Throws an Error that says what to install if a tool is missing.
 */
export function setup(): () => void {
  checkTools();
  mkdirSync(BUILD, { recursive: true });
  // If two runs start at the same time, one prepares and the other waits for it.
  withDirectoryLock(path.join(BUILD, 'lock'), () => {
    makePrefix();
    fetchPackages();
    compileLibraries();
    installKoffi();
    publishHost();
  });
  const keeper = spawn(WINE, [KEEPER], { env: wineEnvironment(), stdio: 'ignore' });
  return () => void keeper.kill('SIGKILL');
}

const TOOLS: readonly (readonly [command: string, packages: string])[] = [
  [WINE, 'apt-get install --no-install-recommends wine wine64'],
  [MINGW, 'apt-get install --no-install-recommends gcc-mingw-w64-x86-64'],
  ['dotnet', 'install the .NET SDK 10'],
];

function checkTools(): void {
  const missing = TOOLS.filter(([command]) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status !== 0);
  if (missing.length === 0) return;
  const lines = missing.map(([command, how]) => `  ${command}: ${how}`);
  throw new Error(`The Windows lane lacks (on Debian):\n${lines.join('\n')}`);
}

function makePrefix(): void {
  const ready = path.join(PREFIX, 'dllet-ready-2');
  if (existsSync(ready)) return;
  rmSync(PREFIX, { recursive: true, force: true });
  // Disables both, so that Wine does not ask to install .NET Framework and Internet Explorer. Later, .NET needs the
  // first.
  const env = { ...wineEnvironment(), WINEDLLOVERRIDES: 'mscoree,mshtml=' };
  const run = (...args: string[]) => execFileSync(WINE, args, { env, stdio: 'ignore' });
  run('wineboot', '-i');
  run('winecfg', '-v', 'win10');
  // As on Windows: the loader prefers a file of this name that it finds to Wine's own library.
  run('reg', 'add', 'HKCU\\Software\\Wine\\DllOverrides', '/v', 'iphlpapi', '/d', 'native,builtin', '/f');
  waitForWine();
  writeFileSync(ready, '');
}

/** Waits, because Wine writes its registry to disk when its last program has exited. */
function waitForWine(): void {
  execFileSync('wineserver', ['-w'], { env: wineEnvironment(), stdio: 'ignore' });
}

function installKoffi(): void {
  if (existsSync(NODE_MODULES)) return;
  const fresh = `${NODE_MODULES}.${process.pid}`;
  cpSync(path.join(ROOT, 'node_modules', 'koffi'), path.join(fresh, 'koffi'), { recursive: true });
  cpSync(koffiAddon(), path.join(fresh, '@koromix', 'koffi-win32-x64'), { recursive: true });
  renameSync(fresh, NODE_MODULES);
}

function publishHost(): void {
  const source = path.join(ROOT, 'test', 'windows', 'host');
  const stamp = path.join(BUILD, 'host', 'published');
  const wanted = digestOf(source);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const options = ['-c', 'Release', '--nologo', '-v', 'quiet'];
  const result = spawnSync('dotnet', ['publish', source, ...options, '-o', path.dirname(HOST)], { encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`"dotnet publish" of PowerShell for Windows failed:\n${result.stdout}${result.stderr}`);
  }
  writeFileSync(stamp, wanted);
}

/** Returns a digest of all files of a folder and their names. */
function digestOf(directory: string): string {
  const digest = createHash('sha256');
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(directory, name);
    if (statSync(file).isFile()) digest.update(`${name}\0`).update(readFileSync(file));
  }
  return digest.digest('hex');
}
