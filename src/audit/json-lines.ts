/** Appends records to a file: one JSON object per line. */
import { closeSync, constants, fstatSync, lstatSync, openSync, writeSync } from 'node:fs';
import { toAsciiJson } from '../bridge/messages.js';
import type { AuditRecord } from './record.js';

/** Returns the record as its line in the file, in ASCII only. Its only line feed is the last character. */
export function recordLine(record: AuditRecord): string {
  return `${toAsciiJson({ ...record })}\n`;
}

/**
 * Appends a line with one write, so that the lines of several processes do not mix (on a local file system). The file
 * is opened for each line: a file that was renamed or removed meanwhile is left alone, and a new one is created,
 * accessible to its owner only. Throws an Error if the line could not be written, or if the path is not a regular file:
 * links are not followed.
 */
export function appendLine(file: string, line: string): void {
  refuseLink(file);
  const descriptor = openSync(file, FLAGS, 0o600);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is not a file');
    const bytes = Buffer.from(line, 'ascii');
    const written = writeSync(descriptor, bytes);
    if (written < bytes.length)
      throw new Error(`only ${written} of ${bytes.length} bytes were written; the disk may be full`);
  } finally {
    closeSync(descriptor);
  }
}

/** O_NONBLOCK: opening a pipe without a reader fails at once. Windows does not have the last two flags. */
const FLAGS =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/** For systems without O_NOFOLLOW, and for a clear error message elsewhere. */
function refuseLink(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) throw new Error('it is a symbolic link');
  if (found && !found.isFile()) throw new Error(found.isDirectory() ? 'it is a directory' : 'it is not a file');
}
