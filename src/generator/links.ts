/** Detects symbolic links in an output directory: writing through one would change a file elsewhere. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';

/** Thrown for links in an output path. Nothing has been written. */
export class LinkedFileError extends Error {
  readonly files: readonly string[];

  constructor(directory: string, files: readonly string[]) {
    super(
      `these paths in ${directory} are links, so their targets would be overwritten:\n` +
        `${files.map((file) => `  ${file}`).join('\n')}\nnothing was written; remove the links or choose another directory`,
    );
    this.name = 'LinkedFileError';
    this.files = files;
  }
}

/**
 * Throws LinkedFileError if one of the files, or a directory between `directory` and it, is a link. Paths use forward
 * slashes.
 */
export async function refuseLinks(directory: string, files: Iterable<string>): Promise<void> {
  const places = new Set<string>();
  for (const file of files) {
    const steps = file.split('/');
    steps.forEach((_step, index) => void places.add(steps.slice(0, index + 1).join('/')));
  }
  const links: string[] = [];
  for (const place of [...places].sort()) if (await isLink(path.join(directory, place))) links.push(place);
  if (links.length > 0) throw new LinkedFileError(directory, links);
}

/** True for a symbolic link or a Windows junction, whether or not its target exists. */
export async function isLink(file: string): Promise<boolean> {
  return lstat(file).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}
