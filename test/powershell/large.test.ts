/** Large values: through a cmdlet one by one, and in a pipeline, where records of any size arrive in their order. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { quoted, useModule } from '../support/powershell-module.js';
import { ZLIB } from '../support/short-form.js';

/** Without the limits of the short form's example: what there is by default holds 64 MB that do not get smaller. */
const DEFINITION = { ...ZLIB, functions: ZLIB.functions.map((one) => one.replace('buffer(16, 67108864), ', '')) };

const bench = useModule();

/** Of texts only, so that a line is short. */
const TEXTS = {
  name: 'LongTexts',
  library: { linux: 'libc.so.6' },
  functions: ['size_t strlen(const char *name);'],
  cmdlets: { 'Measure-Name': 'strlen' },
};

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  for (const definition of [DEFINITION, TEXTS]) {
    const file = path.join(bench.directory, `${definition.name}.json`);
    writeFileSync(file, JSON.stringify(definition));
    const manifest = await bench.addModule(await loadDefinition(file));
    expect(await bench.run(bench.importLine({ NodePath: bench.node }, manifest))).toMatchObject({ errors: [] });
  }
});

async function shown(script: string): Promise<string[]> {
  const { output, errors } = await bench.run(script);
  expect(errors.map(({ message }) => message)).toEqual([]);
  return output.map((one) => String(toPlain(one)));
}

describe.skipIf(process.platform !== 'linux')('large values', () => {
  test('64 MB go to the library', async () => {
    const file = path.join(bench.directory, 'random');
    const content = randomBytes(64 * 1024 * 1024);
    writeFileSync(file, content);
    expect(await shown(`Get-Crc32 0 ([IO.File]::ReadAllBytes(${quoted(file)}))`)).toEqual([String(crc32(content))]);
  });

  test('64 MB come from the library', async () => {
    const file = path.join(bench.directory, 'packed');
    writeFileSync(file, deflateSync(Buffer.alloc(64 * 1024 * 1024, 7)));
    const script = `
      $all = Expand-Byte ([IO.File]::ReadAllBytes(${quoted(file)}))
      $wanted = [byte[]]::new(64MB)
      [Array]::Fill($wanted, [byte]7)
      [Linq.Enumerable]::SequenceEqual($all, $wanted)`;
    expect(await shown(script)).toEqual(['True']);
  });

  test('records of every size arrive in their order', async () => {
    const script = `
      $sizes = 0, 1, 3000000, 10, 700000, 0, 2500000, 5
      $sizes += 1..300 | ForEach-Object { 20000 + $_ }
      $records = $sizes | ForEach-Object { [pscustomobject]@{ buf = [byte[]]::new($_); crc = 0 } }
      $alone = $records | ForEach-Object { Get-Crc32 $_.crc $_.buf }
      $piped = $records | Get-Crc32
      $piped.Count
      "$alone" -ceq "$piped"`;
    expect(await shown(script)).toEqual(['308', 'True']);
  });

  test('texts whose JSON is much longer than they are arrive in their order', async () => {
    const script = `
      $records = 1..300 | ForEach-Object { [pscustomobject]@{ name = [string]::new([char]0x4e2d, 20000 + $_) } }
      $piped = @($records | Measure-Name)
      $piped.Count
      ($piped -join ' ') -ceq ((1..300 | ForEach-Object { 3 * (20000 + $_) }) -join ' ')`;
    expect(await shown(script)).toEqual(['300', 'True']);
  });

  test('results of every size arrive in their order', async () => {
    const script = `
      $packed = 1..60 | ForEach-Object { [pscustomobject]@{ source = [byte[]](Compress-Byte ([byte[]]::new(200000 + $_)) 9) } }
      $all = @($packed | Expand-Byte | ForEach-Object { $_.Length })
      $all.Count
      ($all -join ' ') -ceq ((1..60 | ForEach-Object { 200000 + $_ }) -join ' ')`;
    expect(await shown(script)).toEqual(['60', 'True']);
  });
});
