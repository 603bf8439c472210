/** Gets the tarball of an exact version of an npm package, from a cache or from npm. Verifies its hash before use. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeDirectory } from '../definition/directories.js';
import { messageOf } from '../definition/errors.js';
import { PackError } from './errors.js';
import type { PackageFacts } from './package-list.js';

/** Runs npm with these arguments in a directory. */
export type RunNpm = (args: readonly string[], directory: string) => Promise<unknown>;

export interface FetchOptions {
  readonly cacheDirectory?: string | undefined;
  readonly runNpm?: RunNpm | undefined;
}

/** The user's cache directory: `%LOCALAPPDATA%`, `XDG_CACHE_HOME` or its default. */
export function defaultCache(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const named = platform === 'win32' ? environment.LOCALAPPDATA : environment.XDG_CACHE_HOME;
  const usual = platform === 'darwin' ? 'Library/Caches' : platform === 'win32' ? 'AppData/Local' : '.cache';
  return path.join(named && path.isAbsolute(named) ? named : path.join(homedir(), usual), 'dllet', 'packages');
}

export async function fetchPackage(wanted: PackageFacts, options: FetchOptions = {}): Promise<Uint8Array> {
  const cache = options.cacheDirectory ?? defaultCache();
  const file = path.join(cache, `${wanted.name.replace(/^@/, '').replaceAll('/', '-')}-${wanted.version}.tgz`);
  const cached = await readFile(file).catch(() => undefined);
  if (cached && integrityOf(cached) === wanted.integrity) return cached;
  makeDirectory(cache);
  const folder = await mkdtemp(path.join(cache, '.fetching-'));
  try {
    const tarball = await download(wanted, folder, file, options.runNpm ?? runNpm);
    const content = await readFile(tarball);
    if (integrityOf(content) !== wanted.integrity) {
      throw new PackError(
        `npm delivered something else as ${wanted.name}@${wanted.version} than this dllet was built with:\n` +
          `  expected ${wanted.integrity}\n  received ${integrityOf(content)}\nit was not used; check which registry npm uses`,
      );
    }
    await rename(tarball, file);
    return content;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(wanted: PackageFacts, folder: string, file: string, npm: RunNpm): Promise<string> {
  const name = `${wanted.name}@${wanted.version}`;
  try {
    await npm(['pack', name, '--ignore-scripts', '--silent', '--pack-destination', folder], folder);
  } catch (error) {
    throw new PackError(
      `${name} is not installed here and npm could not fetch it: ${lastLines(error)}\n` +
        `  repeat the command when you have a network connection, or do one of these:\n` +
        `  - on a computer with a connection, run npm pack ${name}, and copy the file to ${file}\n` +
        '  - skip the platform: name the platforms that you need with --platform',
      error,
    );
  }
  const tarball = (await readdir(folder)).find((one) => one.endsWith('.tgz'));
  if (tarball === undefined) throw new PackError(`npm reported no error, but made no tarball of ${name}`);
  return path.join(folder, tarball);
}

export function integrityOf(content: Uint8Array): string {
  return `sha512-${createHash('sha512').update(content).digest('base64')}`;
}

function lastLines(error: unknown): string {
  const { stderr } = error as { stderr?: string };
  const text = stderr?.trim() || messageOf(error);
  return text.split('\n').slice(0, 5).join('\n  ');
}

/** npm as a script for Node, so that Windows needs no shell: the one of `npm run`, or the one beside Node. */
async function runNpm(args: readonly string[], directory: string): Promise<unknown> {
  const beside = path.dirname(process.execPath);
  const script = [
    process.env.npm_execpath ?? '',
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((file) => file.endsWith('npm-cli.js') && path.isAbsolute(file) && existsSync(file));
  const run = promisify(execFile);
  const options = { cwd: directory, timeout: 300_000, windowsHide: true };
  if (script !== undefined) return run(process.execPath, [script, ...args], options);
  if (process.platform === 'win32') throw new PackError('npm was not found beside node; install Node.js with npm');
  return run('npm', [...args], options);
}
