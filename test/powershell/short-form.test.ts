/** Modules over zlib and libc from definitions in the short form, in full and in constrained language. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { useModule } from '../support/powershell-module.js';
import { LIBC, ZLIB } from '../support/short-form.js';

const bench = useModule();
const lines: string[] = [];

async function add(definition: { readonly name: string }): Promise<void> {
  const file = path.join(bench.directory, `${definition.name}.json`);
  writeFileSync(file, JSON.stringify(definition));
  const manifest = await bench.addModule(await loadDefinition(file));
  lines.push(bench.importLine({ NodePath: bench.node }, manifest));
}

beforeAll(async () => {
  await add(ZLIB);
  await add(LIBC);
});

/** A byte array in PowerShell. */
const bytes = (values: Iterable<number>) => `([byte[]](${[...values].join(',')}))`;

const HELLO = Buffer.from('hello');

/** Scripts over these modules, and what they show. */
const CASES: [script: string, shown: string[]][] = [
  ['Get-CompressBound 100', ['113']],
  ['100, 200, 300 | Get-CompressBound', ['113', '213', '313']],
  ['Get-CompressBound -SourceLen 18446744073709551615 | ForEach-Object { $_ -gt 0 }', ['True']],
  [`Get-Crc32 0 ${bytes(HELLO)}`, [String(crc32(HELLO))]],
  [`Get-Crc32 -crc 0 -buf ${bytes(HELLO)} | ForEach-Object { $_.GetType().Name }`, ['UInt64']],
  ['Get-Crc32 0 ([byte[]]@())', ['0']],
  ['Get-Adler32 7', ['1']],
  ['Get-Adler32 7 $null', ['1']],
  ['Get-Adler32 7 ([byte[]]@())', ['7']],
  [`(Expand-Byte ${bytes(deflateSync(HELLO))}) -join ' '`, [[...HELLO].join(' ')]],
  [`$packed = Compress-Byte -source ${bytes(HELLO)} -level 9; (Expand-Byte $packed) -join ' '`, [[...HELLO].join(' ')]],
  [
    "'a', 'bc' | ForEach-Object { New-Object psobject -Property @{ crc = 0; buf = [byte[]][char[]]$_ } } | Get-Crc32",
    [String(crc32('a')), String(crc32('bc'))],
  ],
  ['(Get-ZlibVersion) -match "^1[.]"', ['True']],
  ["(Get-Command Get-Crc32).Parameters.Keys -contains 'len'", ['False']],
  ['(Get-SystemFact).sysname', ['Linux']],
  ['(Get-ClockTime 0).tv_sec -gt 1000000000', ['True']],
  ['$null -eq (Get-EnvironmentText DLLET_NOT_THERE)', ['True']],
  ["'1.5', '-0', 'nan' | ConvertTo-Float", ['1.5', '-0', 'NaN']],
  ['-5, 9223372036854775807 | Get-LongSize', ['5', '9223372036854775807']],
  ["'abc', '', 'Grüße' | Measure-Text", ['3', '0', '7']],
  // NULL asks which one there is, a text sets it, and an empty text stands for the one of the environment.
  ['Get-Locale 6', ['C']],
  ['Get-Locale 6 $null', ['C']],
  ["Get-Locale 6 'C'", ['C']],
  ["Set-Seed 4 -Confirm:$false; 'done'", ['done']],
];

describe.skipIf(process.platform !== 'linux').each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    for (const line of lines) expect(await run(line)).toMatchObject({ output: [], errors: [], warnings: [] });
  });

  test.each(CASES)('%s', async (script, shown) => {
    const { output, errors } = await run(script);
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(output.map((one) => String(toPlain(one)))).toEqual(shown);
  });

  test.each([
    ['Set-BridgeDirectory /not/there -Confirm:$false', 'NativeError,Set-BridgeDirectory', /errno 2 \(ENOENT\)/],
    ['Expand-Byte ([byte[]](1, 2, 3))', 'DataDamaged,Expand-Byte', /not compressed by zlib/],
    ['Compress-Byte ([byte[]](1, 2, 3)) 77', 'NativeError,Compress-Byte', /code -2/],
    ['Set-Seed 4294967296', 'ParameterArgumentTransformationError,Set-Seed', /UInt32/],
  ])('%s', async (script, id, message) => {
    const { output, errors } = await run(script);
    expect(output).toEqual([]);
    expect(errors[0]).toMatchObject({ fullyQualifiedErrorId: id, message: expect.stringMatching(message) });
  });

  test('an error among records leaves the others as they were sent', async () => {
    const good = bytes(deflateSync(HELLO));
    const records = [good, '([byte[]](1, 2))', good].map(
      (source) => `New-Object psobject -Property @{ source = ${source} }`,
    );
    const { output, errors } = await run(`& { ${records.join('; ')} } | Expand-Byte | ForEach-Object { $_.Length }`);
    expect(errors.map((one) => one.fullyQualifiedErrorId)).toEqual(['DataDamaged,Expand-Byte']);
    expect(output.map((one) => String(toPlain(one)))).toEqual(['5', '5']);
  });
});
