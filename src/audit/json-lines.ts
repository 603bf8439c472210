/** Records in a file: one JSON object a line, appended. */
import { closeSync, constants, fstatSync, lstatSync, openSync, writeSync } from 'node:fs';
import { toAsciiJson } from '../bridge/messages.js';
import type { AuditRecord } from './record.js';

/** The record as its line in the file, ASCII alone; whatever is in it, it holds one line end, the last character. */
export function recordLine(record: AuditRecord): string {
  return `${toAsciiJson({ ...record })}\n`;
}

/**
 * Appends a line with one write, so that the lines of several processes do not mix (on a local file system). The file is
 * opened for each line: a file that was renamed or removed in between is left alone, and a new one is made, for its owner
 * alone. Throws an Error when the line is not in the file, or when the path is not a plain file's: no link is followed.
 */
export function appendLine(file: string, line: string): void {
  refuseLink(file);
  const descriptor = openSync(file, FLAGS, 0o600);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is not a file');
    const bytes = Buffer.from(line, 'ascii');
    const written = writeSync(descriptor, bytes);
    if (written < bytes.length)
      throw new Error(`only ${written} of ${bytes.length} bytes were written: is the disk full?`);
  } finally {
    closeSync(descriptor);
  }
}

/** O_NONBLOCK: opening a pipe that nobody reads fails at once. The last two are not there on Windows. */
const FLAGS =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/** Where O_NOFOLLOW does not exist, and for words that say what is wrong where it does. */
function refuseLink(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) throw new Error('it is a symbolic link');
  if (found && !found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is not a file');
}
