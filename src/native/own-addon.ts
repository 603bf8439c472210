/**
 * koffi's native addon beside the program of a module, in place of koffi's own search for it: the build puts this file where
 * koffi has the list of its addons. It is loaded by absolute path, so nothing in a `node_modules` further up is ever looked at,
 * and a cold call saves the time of a package's resolution.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The addon that was loaded here; undefined where koffi found one by itself. */
export const ownAddon: { file: string | undefined } = { file: undefined };

/**
 * `platform` is koffi's word for the system, such as `win32-x64`. Throws when the addon is not there or cannot be loaded: koffi
 * would go on searching if it got nothing.
 */
export function loadStatic(platform: string): unknown {
  const folder = path.join(__dirname, 'node_modules', '@koromix', `koffi-${platform}`);
  const files = tripletsOf(platform).map((triplet) => path.join(folder, triplet, 'koffi.node'));
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0) {
    throw new Error(`the module is incomplete, or not made for this platform: ${files[0]} is missing`);
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

/** A Linux has one of two C libraries; the addon for the other one does not load. */
function tripletsOf(platform: string): string[] {
  const triplet = platform.replace('-', '_');
  return platform.startsWith('linux-') ? [triplet, triplet.replace('linux', 'musl')] : [triplet];
}
