/** Handles without a release function: numbers, as .NET has them and as pseudo-handles are written. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { useModule } from '../support/powershell-module.js';

const DEFINITION = {
  name: 'PlainHandles',
  library: { linux: 'libc.so.6' },
  functions: ['[returns(Value)] long labs([in, value] HANDLE n);'],
  cmdlets: { 'Get-AbsoluteHandle': 'labs' },
};

const bench = useModule();

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  const file = path.join(bench.directory, 'plain.json');
  writeFileSync(file, JSON.stringify(DEFINITION));
  const manifest = await bench.addModule(await loadDefinition(file));
  expect(await bench.run(bench.importLine({ NodePath: bench.node }, manifest))).toMatchObject({ errors: [] });
});

describe.skipIf(process.platform !== 'linux')('a handle can be', () => {
  test.each([
    ['-1', 'Get-AbsoluteHandle -1', ['1']],
    ['an IntPtr', 'Get-AbsoluteHandle ([IntPtr]5)', ['5']],
    ['an IntPtr of the pipeline', '[IntPtr]9, [IntPtr]::new(-2) | Get-AbsoluteHandle', ['9', '2']],
    ['a hexadecimal number', 'Get-AbsoluteHandle 0x10', ['16']],
    ['a property of an object', '[pscustomobject]@{ n = [IntPtr]::new(-12) } | Get-AbsoluteHandle', ['12']],
  ])('%s', async (_name, script, shown) => {
    const { output, errors } = await bench.run(script);
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(output.map((one) => String(toPlain(one)))).toEqual(shown);
  });
});
