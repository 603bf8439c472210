/** Which koffi this is. Importing this file loads its addon, and throws where that cannot be loaded. */
import { createRequire } from 'node:module';
import koffi from 'koffi';
import { ownAddon } from './own-addon.js';

export interface KoffiFacts {
  readonly version: string;
  /** Absolute path of the native addon; undefined where node does not tell. */
  readonly addon: string | undefined;
}

export function koffiFacts(): KoffiFacts {
  if (ownAddon.file !== undefined) return { version: koffi.version, addon: ownAddon.file };
  // The cache is one for all; what it is asked from does not matter.
  const loaded = Object.keys(createRequire(process.execPath).cache);
  return { version: koffi.version, addon: loaded.find((file) => /[\\/]koffi\.node$/.test(file)) };
}
