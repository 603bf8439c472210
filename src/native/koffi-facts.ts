/** Version and addon of koffi. Importing this file loads its addon, and throws if it cannot be loaded. */
import { createRequire } from 'node:module';
import koffi from 'koffi';
import { ownAddon } from './own-addon.js';

export interface KoffiFacts {
  readonly version: string;
  /** The absolute path of the native addon; undefined if Node.js does not report it. */
  readonly addon: string | undefined;
}

export function koffiFacts(): KoffiFacts {
  if (ownAddon.file !== undefined) return { version: koffi.version, addon: ownAddon.file };
  // All modules share one cache, so any `require` function gives access to it.
  const loaded = Object.keys(createRequire(process.execPath).cache);
  return { version: koffi.version, addon: loaded.find((file) => /[\\/]koffi\.node$/.test(file)) };
}
