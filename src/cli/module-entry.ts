/**
 * The first file of a module's program (`bin/dllet.cjs`): turns node's compile cache on where this node has one (22.1 and
 * later), then runs the program, which so comes out of the cache.
 *
 * The cache is compiled code that a user can write, so nobody with more rights than that user may run it: an elevated process
 * goes without.
 */
import './no-inspector.js';
import { readdirSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';

const { enableCompileCache } = module as { enableCompileCache?: (directory: string) => unknown };
const directory = enableCompileCache && cacheDirectory(process.env);
if (directory !== undefined && !isElevated(process.env)) enableCompileCache?.(directory);

require('./program.cjs');

/** Of the user alone; undefined where the environment does not say where that is. */
function cacheDirectory({ LOCALAPPDATA, XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string | undefined {
  const isWindows = process.platform === 'win32';
  const base = isWindows ? LOCALAPPDATA : (XDG_CACHE_HOME ?? (HOME && path.join(HOME, '.cache')));
  return base !== undefined && path.isAbsolute(base) ? path.join(base, 'dllet', 'compile-cache') : undefined;
}

/** Windows lets nobody but administrators list this folder. */
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
