/** Makes directories. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a directory and those above it; one that is there stays as it is. The option `recursive` of Node.js never
 * returns where the system denies a directory that is there, as Linux does in /proc. Throws the error of the system.
 */
export function makeDirectory(directory: string, mode?: number): void {
  const above = path.dirname(directory);
  if (above !== directory && !existsSync(above)) makeDirectory(above, mode);
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
