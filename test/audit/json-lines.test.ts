import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendLine, recordLine } from '../../src/audit/json-lines.js';
import { REASON_LIMIT } from '../../src/bridge/audited.js';
import { temporaryDirectory } from '../support/directories.js';
import { record } from './support/records.js';

/** Any text that a JavaScript string can be, lone surrogates too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: REASON_LIMIT })
  .map((units) => String.fromCharCode(...units));

describe('a line', () => {
  it('holds any reason, to the last unit, in ASCII and without a line end of its own', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'grapheme' })), (reason) => {
        const line = recordLine(record({ reason }));
        expect(JSON.parse(line)).toMatchObject({ reason });
        expect(line).toMatch(/^[ -~]+\n$/);
      }),
    );
  });

  it('is the whole record', () => {
    expect(JSON.parse(recordLine(record()))).toEqual(record());
  });
});

describe('appending', () => {
  const fresh = () => path.join(temporaryDirectory(), 'audit.jsonl');

  it('makes the file for its owner alone, and leaves the mode of one that is there', () => {
    const file = fresh();
    appendLine(file, 'one\n');
    appendLine(file, 'two\n');
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
    if (process.platform === 'win32') return;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o640);
    appendLine(file, 'three\n');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('goes on in a new file when the old one was taken away', () => {
    const file = fresh();
    appendLine(file, 'one\n');
    renameSync(file, `${file}.1`);
    appendLine(file, 'two\n');
    expect([readFileSync(`${file}.1`, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['one\n', 'two\n']);
  });

  it('makes no folder', () => {
    const file = path.join(fresh(), 'missing', 'audit.jsonl');
    expect(() => appendLine(file, 'one\n')).toThrow(/ENOENT/);
    expect(existsSync(path.dirname(file))).toBe(false);
  });

  it('refuses a folder', () => {
    const file = fresh();
    mkdirSync(file);
    expect(() => appendLine(file, 'one\n')).toThrow('it is a directory');
  });

  it.skipIf(process.platform === 'win32')('follows no link, neither to a file nor to nothing', () => {
    const directory = temporaryDirectory();
    const target = path.join(directory, 'target');
    writeFileSync(target, 'mine');
    for (const [name, to] of [
      ['link', target],
      ['dangling', path.join(directory, 'nothing')],
    ] as const) {
      symlinkSync(to, path.join(directory, name));
      expect(() => appendLine(path.join(directory, name), 'one\n')).toThrow('it is a symbolic link');
    }
    expect(readFileSync(target, 'utf8')).toBe('mine');
    expect(existsSync(path.join(directory, 'nothing'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('refuses a device and a pipe, without waiting for a reader', () => {
    expect(() => appendLine('/dev/full', 'one\n')).toThrow('it is not a file');
    const pipe = fresh();
    execFileSync('mkfifo', [pipe]);
    expect(() => appendLine(pipe, 'one\n')).toThrow('it is not a file');
  });
});
