/** Symbolic links in a folder that is written to: what is written through one changes a file that is somewhere else. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';

/** Links where files are to be written: nothing has been written. */
export class LinkedFileError extends Error {
  readonly files: readonly string[];

  constructor(directory: string, files: readonly string[]) {
    super(
      `these places in ${directory} are links, and what they point to would be overwritten:\n` +
        `${files.map((file) => `  ${file}`).join('\n')}\nnothing was written; remove the links or choose another folder`,
    );
    this.name = 'LinkedFileError';
    this.files = files;
  }
}

/** Throws LinkedFileError when one of the files, or a folder between `directory` and it, is a link. Paths with forward slashes. */
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

/** True for a symbolic link, and for a junction of Windows; whether there is anything at its end does not matter. */
export async function isLink(file: string): Promise<boolean> {
  return lstat(file).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}
