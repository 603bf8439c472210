/** The modules of examples/ on Linux: their sessions, also those that are simulated, and the same calls in C. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { linuxDirectories } from '../../src/native/system-directories.js';
import {
  ALL,
  compile,
  fileOf,
  importExample,
  linesOfModule,
  linkedWith,
  transcriptOf,
} from '../support/example-modules.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();
const examples = ALL.filter(({ system, isSimulated }) => system === 'linux' || isSimulated);

const isInstalled = (library: string) =>
  linuxDirectories(process.arch).some((directory) => existsSync(path.join(directory, library)));

describe.skipIf(process.platform !== 'linux').each(examples)('$name', (example) => {
  beforeEach(({ skip }) => {
    if (!example.isSimulated && !isInstalled(example.library)) skip(`${example.library} is not installed`);
  });

  test('shows what its transcript shows', async () => {
    await importExample(bench, example, example.isSimulated ? 'Simulated' : 'Native');
    await expect(await transcriptOf(bench, example)).toMatchFileSnapshot(fileOf(example.name, 'transcript.txt'));
  });

  test.runIf(example.system === 'linux')('is told what C is told', async () => {
    const program = path.join(bench.directory, example.name);
    compile('gcc', fileOf(example.name, 'same.c'), program, linkedWith(example));
    const inC = execFileSync(program, { encoding: 'utf8' }).trimEnd().split('\n');
    expect(await linesOfModule(bench, example)).toEqual(inC);
  });
});
