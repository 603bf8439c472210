/**
 * The entry point of a module's program (`bin/dllet.cjs`): enables Node's compile cache if this version has one (22.1
 * and later), then loads the program through it.
 *
 * A user can write to the cache, so an elevated process must not run code from it and does not enable it.
 */
import './no-inspector.js';
import { readdirSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';

const { enableCompileCache } = module as { enableCompileCache?: (directory: string) => unknown };
const directory = enableCompileCache && cacheDirectory(process.env);
if (directory !== undefined && !isElevated(process.env)) enableCompileCache?.(directory);

require('./program.cjs');

/** A directory of this user; undefined if the environment does not name one. */
function cacheDirectory({ LOCALAPPDATA, XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string | undefined {
  const isWindows = process.platform === 'win32';
  const base = isWindows ? LOCALAPPDATA : (XDG_CACHE_HOME ?? (HOME && path.join(HOME, '.cache')));
  return base !== undefined && path.isAbsolute(base) ? path.join(base, 'dllet', 'compile-cache') : undefined;
}

/** On Windows, only administrators can list this directory. */
function isElevated({ SystemRoot }: NodeJS.ProcessEnv): boolean {
  if (process.platform !== 'win32') return process.geteuid?.() === 0;
  if (SystemRoot === undefined) return true;
  try {
    readdirSync(path.join(SystemRoot, 'System32', 'config'));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
