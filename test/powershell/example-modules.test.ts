/** The modules of examples/ over libraries of Linux: their transcripts, and the same calls in C. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  compileSame,
  examplesFor,
  fileOf,
  importExample,
  linesOfModule,
  transcriptOf,
} from '../support/example-modules.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();

describe.skipIf(process.platform !== 'linux').each(examplesFor('linux'))('%s', (example) => {
  beforeAll(() => importExample(bench, example));

  test('shows what its transcript shows', async () => {
    await expect(await transcriptOf(bench, example)).toMatchFileSnapshot(fileOf(example, 'transcript.txt'));
  });

  test('is told what C is told', async () => {
    const program = compileSame('gcc', example, bench.directory);
    const inC = execFileSync(program, { encoding: 'utf8' }).trimEnd().split('\n');
    expect(await linesOfModule(bench, example)).toEqual(inC);
  });
});
