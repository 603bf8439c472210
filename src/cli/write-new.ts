/** Writes files without overwriting existing ones. */
import { writeFile } from 'node:fs/promises';
import { messageOf } from '../definition/errors.js';
import { UsageError } from './usage.js';

/** Writes a new file. Throws UsageError if the file exists or cannot be written. */
export async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UsageError(exists ? `'${file}' already exists` : `cannot write '${file}': ${messageOf(error)}`);
  }
}
