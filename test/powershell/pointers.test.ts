/** Modules over functions that hand out memory: accounts of libc, and the stand-in's structs, lists and allocated memory. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { buildStandIn } from '../standin/build.js';
import { ACCOUNTS, POINTERS } from '../support/pointers.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();

beforeAll(async () => {
  for (const [definition, options] of [
    [ACCOUNTS, {}],
    [POINTERS, { LibraryPath: buildStandIn() }],
  ] as const) {
    const file = path.join(bench.directory, `${definition.name}.json`);
    writeFileSync(file, JSON.stringify(definition));
    const manifest = await bench.addModule(await loadDefinition(file));
    expect(await bench.run(bench.importLine({ NodePath: bench.node, ...options }, manifest))).toMatchObject({
      errors: [],
    });
  }
});

/** Scripts, and what they show. */
const CASES: [script: string, shown: string[]][] = [
  ['(Get-Account 0).pw_name', ['root']],
  ["0, 4000000001, 0 | Get-Account | ForEach-Object { if ($_) { $_.pw_uid } else { 'none' } }", ['0', 'none', '0']],
  ["(Get-AccountByName 'root').pw_dir", ['/root']],
  ["'Grüße', '' | ConvertTo-CopiedText", ['Grüße', '']],
  ['(Get-Row 3).bytes -join " "', ['1 2 3']],
  ['(Get-Row 3).bytes.GetType().Name', ['Byte[]']],
  ['$null -eq (Get-Row 0).bytes', ['True']],
  ['$null -eq (Get-Row 1).name', ['True']],
  ["Measure-Row ([pscustomobject]@{ name = 'abc'; bytes = [byte[]](1, 2, 250); wide = 'x' })", ['553']],
  ["Measure-Row @{ bytes = [byte[]]@(); wide = '' }", ['1000']],
  ['Get-ManyRow 3 0 | ForEach-Object { "$($_.name) $($_.wide)" }', ['Grüße wü', ' wü', 'Grüße wü']],
  ['Get-Node 3 0 | ForEach-Object { $_.number }', ['0', '1', '2']],
  ['@(Get-Node 0 0 | Where-Object { $null -ne $_ }).Count', ['0']],
  ['(Get-NodeInto 2000 0).Count', ['2000']],
  ['(Get-NodeInto 20 0).Count', ['20']],
  ['(Get-NodeInto 500 0).Count', ['500']],
  ['Get-ServiceRow 2 0 | ForEach-Object { $_.name }', ['servica', 'servicb']],
  ['Get-AllocatedText 3', ['xxx']],
  ['Get-OutstandingCount', ['0']],
];

describe.skipIf(process.platform !== 'linux')('pointers in PowerShell', () => {
  test.each(CASES)('%s', async (script, shown) => {
    const { output, errors } = await bench.run(script);
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(output.map((one) => String(toPlain(one)))).toEqual(shown);
  });

  test.each([
    ['Get-Node 3 1', 'OutputInvalid,Get-Node', /contains a cycle/],
    ['Get-NodeInto 3 2', 'OutputInvalid,Get-NodeInto', /is outside the memory/],
    ['Get-ManyRow 3 5', 'Win32Error,Get-ManyRow', /Win32 error 5/],
  ])('%s', async (script, id, message) => {
    const { output, errors } = await bench.run(script);
    expect(output).toEqual([]);
    expect(errors[0]).toMatchObject({ fullyQualifiedErrorId: id, message: expect.stringMatching(message) });
  });
});
