/** Sets of files in memory, and directories on disk. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory } from '../definition/directories.js';
import { refuseLinks } from '../generator/links.js';

/** Path with forward slashes to content. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** Sorts files by path, independent of the locale. */
export function sorted(files: PackageFiles): Map<string, Uint8Array> {
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Returns the paths of every file below a directory, sorted; empty if it does not exist. A link counts as a file,
 * whatever its target.
 */
export async function listFiles(directory: string): Promise<string[]> {
  return (await listEntries(directory)).filter(({ kind }) => kind !== 'folder').map((entry) => entry.path);
}

/** Returns the entries below a directory, sorted by path; empty if it does not exist. Links are not followed. */
export async function listEntries(
  directory: string,
): Promise<{ readonly path: string; readonly kind: 'file' | 'folder' | 'link' }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .map((entry) => ({
      path: path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      kind: entry.isSymbolicLink() ? ('link' as const) : entry.isDirectory() ? ('folder' as const) : ('file' as const),
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

export async function readFiles(directory: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const file of await listFiles(directory)) files.set(file, await readFile(path.join(directory, file)));
  return files;
}

/** Throws LinkedFileError, before writing anything, if it would write through a link. */
export async function writeFiles(directory: string, files: PackageFiles): Promise<void> {
  await refuseLinks(directory, files.keys());
  for (const [file, content] of files) {
    const target = path.join(directory, file);
    makeDirectory(path.dirname(target));
    await writeFile(target, content);
  }
}
