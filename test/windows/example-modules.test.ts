/** The modules of examples/ over DLLs of Windows, in Wine: their sessions, and the same calls in C. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ALL,
  compile,
  fileOf,
  importExample,
  linesOfModule,
  linkedWith,
  transcriptOf,
} from '../support/example-modules.js';
import { MINGW } from './compile.js';
import { useModule } from './powershell/module-bench.js';
import { runWindows } from './wine.js';

const bench = useModule();
const examples = ALL.filter(({ system, hasC }) => system === 'win32' && hasC);

/** The output of the C programs, by the name of the example. */
let inC: ReadonlyMap<string, string[]>;

beforeAll(async () => {
  const [id] = await bench.output('$PID');
  inC = await runAll(String(id));
});

/** One program of all, because the headers of Windows are long and Wine starts slowly. It is told the process of the session. */
async function runAll(id: string): Promise<ReadonlyMap<string, string[]>> {
  const source = path.join(bench.directory, 'all.c');
  const program = path.join(bench.directory, 'all.exe');
  const main = (at: number) => `main_${at}`;
  const parts = examples.map(
    ({ name }, at) => `#define main ${main(at)}\n#include "${fileOf(name, 'same.c')}"\n#undef main`,
  );
  const calls = examples.map(({ name }, at) => `puts("== ${name}"); if (${main(at)}()) puts("failed");`);
  writeFileSync(source, ['#include <winsock2.h>', ...parts, `int main(void) { ${calls.join(' ')} }`].join('\n'));
  compile(MINGW, source, program, ['-D__USE_MINGW_ANSI_STDIO=1', ...examples.flatMap(linkedWith)]);
  const { stdout } = await runWindows(program, [], { environment: { DLLET_PROCESS: id } });
  const sections = stdout.replaceAll('\r\n', '\n').split('== ').slice(1);
  return new Map(sections.map((one) => one.trimEnd().split('\n')).map(([name = '', ...lines]) => [name, lines]));
}

describe.each(examples)('$name', (example) => {
  beforeAll(() => importExample(bench, example));

  test.runIf(!example.isSimulated)('shows what its transcript shows', async () => {
    await expect(await transcriptOf(bench, example)).toMatchFileSnapshot(fileOf(example.name, 'transcript.txt'));
  });

  test('is told what C is told', async () => {
    expect(await linesOfModule(bench, example)).toEqual(inC.get(example.name));
  });
});
