/** The library files that come with a module. The definition names them, and they are in its directory. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { librariesOf, libraryFiles } from '../definition/library.js';
import type { Definition } from '../definition/types.js';
import { refuseLinks } from './links.js';

/** Returns the names of the files; empty for a library of the system. */
export function ownLibraryNames(definition: Definition): readonly string[] {
  const own = librariesOf(definition).filter(({ location }) => location === 'module');
  return [...new Set(own.flatMap((library) => Object.values(libraryFiles({ library }))))];
}

/** Reads the files in the definition's directory. Omits systems whose file is missing. */
export async function readOwnLibraries(definition: Definition, directory: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const name of ownLibraryNames(definition)) {
    const content = await contentOf(path.join(directory, name));
    if (content) found.set(name, content);
  }
  return found;
}

/**
 * Writes the files into the module's directory if they are missing or different. Returns the names of those written.
 */
export async function installOwnLibraries(
  moduleDirectory: string,
  libraries: ReadonlyMap<string, Buffer>,
): Promise<string[]> {
  await refuseLinks(moduleDirectory, libraries.keys());
  const written: string[] = [];
  for (const [name, content] of libraries) {
    const target = path.join(moduleDirectory, name);
    if ((await contentOf(target))?.equals(content)) continue;
    await writeFileAtomic(target, content);
    written.push(name);
  }
  return written;
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
