/** Enums and flags at the prompt: names and numbers go in, and Tab completes the names. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();
let line = '';

beforeAll(async () => {
  const definition = {
    name: 'Letters',
    library: { linux: 'libc.so.6' },
    types: ['enum letter { Small = 97, Capital = 65 };', '[flags] enum access { Read = 1, Write = 2, Run = 4 };'],
    functions: ['enum letter toupper(enum letter c);', 'enum access abs(enum access j);'],
    cmdlets: { 'ConvertTo-Capital': 'toupper', 'Get-AccessSize': 'abs' },
  };
  const file = path.join(bench.directory, 'Letters.json');
  writeFileSync(file, JSON.stringify(definition));
  line = bench.importLine({ NodePath: bench.node }, await bench.addModule(await loadDefinition(file)));
});

describe.skipIf(process.platform !== 'linux').each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    expect(await run(line)).toMatchObject({ output: [], errors: [], warnings: [] });
  });

  test.each([
    ['ConvertTo-Capital Small', ['Capital']],
    ['ConvertTo-Capital small', ['Capital']],
    ['ConvertTo-Capital 98', ['66']],
    ['ConvertTo-Capital 0x62 | ForEach-Object { $_ + 1 }', ['67']],
    ['Get-AccessSize Read, Write', ['Read, Write']],
    ["Get-AccessSize 'Read, Write'", ['Read, Write']],
    ['Get-AccessSize read, 8', ['Read, 0x8']],
    ['Get-AccessSize 5', ['Read, Run']],
    [
      '(TabExpansion2 -inputScript "ConvertTo-Capital -c " -cursorColumn 21).CompletionMatches | ForEach-Object CompletionText',
      ['Small', 'Capital'],
    ],
    [
      '(TabExpansion2 -inputScript "Get-AccessSize Read, W" -cursorColumn 22).CompletionMatches | ForEach-Object CompletionText',
      ['Write'],
    ],
  ])('%s', async (script, shown) => {
    const { output, errors } = await run(script);
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(output.map((one) => String(toPlain(one)))).toEqual(shown);
  });

  test.each([
    ['ConvertTo-Capital Smal', /one of Small, Capital, or a number, not "Smal"; did you mean 'Small'\?/],
    ['Get-AccessSize Raed', /one or more of Read, Write, Run, or a number, not "Raed"; did you mean 'Read'\?/],
  ])('%s', async (script, message) => {
    const { output, errors } = await run(script);
    expect(output).toEqual([]);
    expect(errors[0]?.message).toMatch(message);
  });
});
