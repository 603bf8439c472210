/** The modules of examples/ over DLLs of Windows, in Wine: their transcripts, and the same calls in C. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  compileSame,
  examplesFor,
  fileOf,
  importExample,
  linesOfModule,
  transcriptOf,
} from '../support/example-modules.js';
import { MINGW } from './compile.js';
import { useModule } from './powershell/module-bench.js';
import { runWindows } from './wine.js';

const bench = useModule();

describe.each(examplesFor('win32'))('%s', (example) => {
  beforeAll(() => importExample(bench, example));

  test('shows what its transcript shows', async () => {
    await expect(await transcriptOf(bench, example)).toMatchFileSnapshot(fileOf(example, 'transcript.txt'));
  });

  test('is told what C is told', async () => {
    const program = compileSame(MINGW, example, bench.directory, '.exe');
    const { status, stdout } = await runWindows(program, []);
    expect(status).toBe(0);
    expect(await linesOfModule(bench, example)).toEqual(stdout.trimEnd().split(/\r?\n/));
  });
});
