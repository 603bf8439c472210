/**
 * Loads koffi's native addon from the directory of a module's program. The build replaces koffi's list of addons with
 * this file. Loading the addon by its absolute path searches no `node_modules` in parent directories, and makes a cold
 * start faster.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The addon that was loaded here; undefined if koffi found one by itself. */
export const ownAddon: { file: string | undefined } = { file: undefined };

/**
 * `platform` is koffi's name for the system, such as `win32-x64`. Throws if the addon is missing or cannot be loaded,
 * because koffi would otherwise search elsewhere.
 */
export function loadStatic(platform: string): unknown {
  const folder = path.join(__dirname, 'node_modules', '@koromix', `koffi-${platform}`);
  const files = tripletsOf(platform).map((triplet) => path.join(folder, triplet, 'koffi.node'));
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0) {
    throw new Error(`the module is incomplete or for another platform: ${files[0]} is missing`);
  }
  let problem: unknown;
  for (const file of present) {
    const addon: { exports: unknown } = { exports: {} };
    try {
      process.dlopen(addon as NodeJS.Module, file);
      ownAddon.file = file;
      return addon.exports;
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
}

/** A Linux system has one of two C libraries (glibc or musl); the addon for the other one does not load. */
function tripletsOf(platform: string): string[] {
  const triplet = platform.replace('-', '_');
  return platform.startsWith('linux-') ? [triplet, triplet.replace('linux', 'musl')] : [triplet];
}
