/** A module whose definition gives replies, on the simulated backend, in full and in constrained language. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { useModule } from '../support/powershell-module.js';
import { ZLIB } from '../support/short-form.js';

const bench = useModule();
let line = '';

beforeAll(async () => {
  const file = path.join(bench.directory, 'zlib.json');
  const simulation = {
    compressBound: [{ given: { sourceLen: '100' }, outputs: { Value: '113' } }, { outputs: { Value: '13' } }],
    uncompress: [{ times: 1, error: 'DataDamaged' }, { outputs: { dest: 'aGVsbG8=' } }],
    crc32: [{ given: { crc: '1' }, outputs: { Value: '2' } }],
  };
  writeFileSync(
    file,
    JSON.stringify({ ...ZLIB, library: { win32: 'notThere.dll', linux: 'notThere.so' }, simulation }),
  );
  const manifest = await bench.addModule(await loadDefinition(file));
  line = bench.importLine({ NodePath: bench.node, Backend: 'Simulated' }, manifest);
});

describe.each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    await run(line);
  });

  test('the cmdlets answer with the replies, which a notice tells once', async () => {
    const first = await run('100, 7 | Get-CompressBound');
    expect(first.output.map((one) => String(toPlain(one)))).toEqual(['113', '13']);
    expect(first.warnings.join()).toMatch(/simulated backend/);
    const damaged = await run('Expand-Byte ([byte[]](1, 2, 3))');
    expect(damaged.errors[0]).toMatchObject({ fullyQualifiedErrorId: 'DataDamaged,Expand-Byte' });
    const expanded = await run("(Expand-Byte ([byte[]](1, 2, 3))) -join ' '");
    expect(expanded.output.map(toPlain)).toEqual([[...Buffer.from('hello')].join(' ')]);
    expect(expanded).toMatchObject({ errors: [], warnings: [] });
  });

  test('help says where the answers come from', async () => {
    const { output } = await run('(Get-Help about_Zlib | Out-String) -match "replies in the definition"');
    expect(output.map((one) => String(toPlain(one)))).toEqual(['True']);
  });

  test('a call without a reply is an error with the inputs', async () => {
    const { errors } = await run('Get-Crc32 9 ([byte[]](1))');
    expect(errors[0]).toMatchObject({
      fullyQualifiedErrorId: 'ReplyNotFound,Get-Crc32',
      message: expect.stringContaining('no reply for crc = "9", buf = "AQ=="'),
    });
  });
});
