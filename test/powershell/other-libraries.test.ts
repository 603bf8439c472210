/** Modules over libraries of the system: libc, libm and zlib, in full and in constrained language, as pipelines and singly. */
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { useModule } from '../support/powershell-module.js';
import { addSimpleModule, type SimpleModule, systemLibrary } from '../support/simple-module.js';

const LIBC: SimpleModule = {
  name: 'LibC',
  functions: [
    { name: 'getpid', cmdlet: 'Get-BridgeId', parameters: {}, returns: 'LONG' },
    { name: 'abs', cmdlet: 'Get-AbsoluteNumber', parameters: { Number: 'LONG' }, returns: 'LONG' },
    { name: 'labs', cmdlet: 'Get-AbsoluteLong', parameters: { Number: 'LONG64' }, returns: 'LONG64' },
    { name: 'toupper', cmdlet: 'Get-UpperLetter', parameters: { Letter: 'LONG' }, returns: 'LONG' },
    { name: 'strlen', cmdlet: 'Get-TextSize', parameters: { Text: 'LPCSTR' }, returns: 'SIZE_T' },
    { name: 'strcmp', cmdlet: 'Compare-Text', parameters: { Left: 'LPCSTR', Right: 'LPCSTR' }, returns: 'LONG' },
  ],
};

const LIBM: SimpleModule = {
  name: 'LibM',
  functions: [
    { name: 'sqrt', cmdlet: 'Get-SquareRoot', parameters: { Number: 'DOUBLE' }, returns: 'DOUBLE' },
    {
      name: 'fmod',
      cmdlet: 'Get-FloatRemainder',
      parameters: { Number: 'DOUBLE', Divisor: 'DOUBLE' },
      returns: 'DOUBLE',
    },
    { name: 'sqrtf', cmdlet: 'Get-SmallRoot', parameters: { Number: 'FLOAT' }, returns: 'FLOAT' },
  ],
};

const ZLIB: SimpleModule = {
  name: 'ZLib',
  functions: [
    { name: 'compressBound', cmdlet: 'Get-CompressBound', parameters: { Size: 'SIZE_T' }, returns: 'SIZE_T' },
    { name: 'zlibVersion', cmdlet: 'Get-ZlibVersion', parameters: {}, returns: 'LPCSTR' },
    {
      name: 'crc32_combine',
      cmdlet: 'Join-Checksum',
      parameters: { First: 'SIZE_T', Second: 'SIZE_T', Count: 'LONG64' },
      returns: 'SIZE_T',
    },
  ],
};

const bench = useModule();
const lines: string[] = [];

beforeAll(async () => {
  if (process.platform === 'win32') return;
  lines.push(await addSimpleModule(bench, LIBC, systemLibrary('libc.so.6')));
  lines.push(await addSimpleModule(bench, LIBM, systemLibrary('libm.so.6')));
  lines.push(await addSimpleModule(bench, ZLIB, systemLibrary('libz.so.1')));
});

const bound = (size: number) => size + (size >> 12) + (size >> 14) + (size >> 25) + 13;
const sizes = [10, 20, 30, 40, 50, 60, 70];

/** Scripts over these libraries, and what they show. */
const CASES: [script: string, shown: () => unknown[]][] = [
  [
    '10, 20, 30, 40, 50, 60, 70 | Get-CompressBound | ForEach-Object { "$($_.Size) $($_.Value)" }',
    () => sizes.map((size) => `${size} ${bound(size)}`),
  ],
  [
    "'10', '20' | ForEach-Object { New-Object psobject -Property @{ Size = $_ } } | Get-CompressBound | ForEach-Object { \"$($_.Size) $($_.Value)\" }",
    () => ['10 23', '20 33'],
  ],
  ['(Get-ZlibVersion).Value -match "^1[.]"', () => ['True']],
  [`(Join-Checksum ${crc32('dl')} ${crc32('let')} 3).Value -eq ${crc32('dllet')}`, () => ['True']],
  ['-5, 0, 7, -2147483647 | Get-AbsoluteNumber | ForEach-Object { $_.Value }', () => ['5', '0', '7', '2147483647']],
  [
    '-9223372036854775807, 9007199254740993 | Get-AbsoluteLong | ForEach-Object { $_.Value }',
    () => ['9223372036854775807', '9007199254740993'],
  ],
  ['97, 98 | Get-UpperLetter | ForEach-Object { [string][char]$_.Value }', () => ['A', 'B']],
  ["'abc', '', 'Grüße' | Get-TextSize | ForEach-Object { $_.Value }", () => ['3', '0', '7']],
  ["(Get-TextSize '').Value", () => ['0']],
  ["(Compare-Text -Left a -Right '').Value -gt 0", () => ['True']],
  ['2, 0.25, 1e300 | Get-SquareRoot | ForEach-Object { $_.Value }', () => [Math.SQRT2, 0.5, 1e150].map(String)],
  ['(Get-FloatRemainder 7.5 2).Value', () => ['1.5']],
  ['(Get-SmallRoot 0.25).Value', () => ['0.5']],
  ['-1, 4 | Get-SquareRoot | ForEach-Object { "$($_.Value)" }', () => ['NaN', '2']],
  ['"$((Get-SquareRoot -1).Value)"', () => ['NaN']],
  ['"$((Get-SmallRoot -1).Value)"', () => ['NaN']],
  [
    '[double]::PositiveInfinity, [double]::NaN, -0.0 | Get-SquareRoot | ForEach-Object { "$($_.Number) $($_.Value)" }',
    () => ['Infinity Infinity', 'NaN NaN', '-0 -0'],
  ],
  ['(Get-FloatRemainder ([double]::MaxValue) ([double]::Epsilon)).Value', () => ['0']],
  ['(Get-BridgeId).Value', () => [String(bench.starts().findLast((pid) => pid > 0))]],
];

describe.skipIf(process.platform === 'win32').each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    for (const line of lines) expect(await run(line)).toMatchObject({ output: [], errors: [], warnings: [] });
    // The last bridge to start is the one whose process id is asked for.
    for (const script of ['Get-ZlibVersion', 'Get-SquareRoot 4', 'Get-BridgeId']) await run(`$null = ${script}`);
  });

  test.each(CASES)('%s', async (script, shown) => {
    const { output, errors } = await run(`${script}`);
    expect(errors).toEqual([]);
    const values = output
      .map((one) => String(toPlain(one)))
      .map((one) => (/^[\d.]+E[+]\d+$/.test(one) ? String(Number(one)) : one));
    expect(values).toEqual(shown());
  });
});
