/** What the module does so that Windows PowerShell 5.1 and PowerShell 7 give the same results. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { quoted } from '../../src/generator/powershell-text.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { hostileText } from '../support/hostile-texts.js';
import { MODULE, useModule } from '../support/powershell-module.js';

/** More characters than the JSON cmdlets of 5.1 read: 2,097,152. */
const LONG = 2_100_000;
const READER = `(Microsoft.PowerShell.Core\\Get-Module -Name ${MODULE})`;
const bench = useModule();

beforeAll(() => bench.import());

/** JSON texts through the module's own reader and back; in place of one that it refuses, `refused`. */
async function read(texts: readonly string[]): Promise<unknown[]> {
  const output = await bench.output(`
    $texts = @(${texts.map(quoted).join(', ')})
    & ${READER} {
      param($Texts)
      . $script:OnDemand
      foreach ($text in $Texts) {
        try { ConvertTo-PortableJson @{ v = (. ${quoted(bench.manifest.replace('.psd1', '.Json.ps1'))} $text) } } catch { '{"v":"refused"}' }
      }
    } $texts`);
  return output.map((line) => (JSON.parse(line as string) as { v: unknown }).v);
}

describe("the module's own reader of JSON", () => {
  test('reads what JSON.stringify writes', async () => {
    // Members of one name whatever its case, and depth, are limited by PowerShell itself.
    const scalar = fc.oneof(
      fc.string({ unit: 'binary' }),
      hostileText,
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
    );
    const record = (value: fc.Arbitrary<unknown>) =>
      fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), value, { maxKeys: 4, noNullPrototype: true });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), record(tie('value'))),
    }));
    const samples = fc.sample(record(value), { numRuns: 300, seed: 7 });
    for (const indent of [0, 2]) {
      expect(await read(samples.map((sample) => JSON.stringify(sample, null, indent)))).toEqual(samples);
    }
  });

  test.each([
    ['0', 0],
    ['-12', -12],
    ['2.5', 2.5],
    ['-1e-7', -1e-7],
    ['1E3', 1000],
    ['1e+2', 100],
    ['9007199254740991', 9007199254740991],
    ['18446744073709551616', 2 ** 64],
  ])('reads the number %s', async (text, value) => {
    expect(await read([`{"a":[${text}]}`])).toEqual([{ a: [value] }]);
  });

  test('refuses what is no JSON', async () => {
    const wrong = [
      '',
      '{',
      '}',
      '[1,]',
      '[1 2]',
      '[1}',
      '[{}}',
      '1 2',
      '"',
      ':',
      ',',
      '{,}',
      '[]]',
      '[{"a":1}{"b":2}]',
    ];
    // With an array in it, an object is not read by the cmdlet, which takes more than JSON in PowerShell 7.
    const members = [
      '"a"',
      '"a":',
      '"a":1,',
      '"a":1]',
      '"a" 1',
      'a:1',
      '"a":tru',
      '"a":True',
      '"a":01',
      '"a":1.',
      '"a":"',
    ];
    const more = ['"a":"\\x"', '"a":"\\u12"', '"":1', '"a":1,"a":2', "'a':1", '"a":+1', '"a":NaN'];
    const all = [...wrong, ...[...members, ...more].map((member) => `{"z":[],${member}}`)];
    expect(await read(all)).toEqual(all.map(() => 'refused'));
  });

  test('is as good in constrained language', async () => {
    await openConstrained(bench);
    await runConstrained(bench, bench.importLine({ Backend: 'Simulated', NodePath: bench.node }));
    const text = JSON.stringify({ a: [{ b: 'x"\\\n\u00e9', c: [] }, null, true, [1, [2]]], d: {} });
    // Module code cannot be called from outside in this language, so the file is read outside of the module.
    const { output, errors } = await runConstrained(
      bench,
      `function Test-PortableJson($Json) { $Json -ne '' }
       function Test-It { $script:IsConstrained = $true; $value = . ${quoted(bench.manifest.replace('.psd1', '.Json.ps1'))} ${quoted(text)}
        $value.a[0].b; $value.a[0].c.Count; $value.a.Count; $value.a[3][1][0]; $value.a[2] }
       Test-It`,
    );
    expect(errors).toEqual([]);
    expect(output.map((one) => one.value)).toEqual(['x"\\\n\u00e9', '0', '4', '2', 'True']);
  });
});

describe('a reply longer than 5.1 can read', () => {
  const row = {
    Protocol: 'Udp',
    AddressFamily: 'IPv4',
    StartPort: 5000,
    EndPort: 5019,
    NumberOfPorts: 20,
    Store: 'active',
    Administered: true,
  };
  const rows = Math.ceil(LONG / JSON.stringify(row).length);
  const result = JSON.stringify({ Rows: Array.from({ length: rows }, () => row) });

  test('is read whole', async () => {
    const { name, version } = bench.definition;
    const hello = `{"jsonrpc":"2.0","id":$ID,"result":{"definition":"${name}","version":"${version}","pid":1}}`;
    const node = bench.fakeNode('long-reply', [hello, `{"jsonrpc":"2.0","id":$ID,"result":${result}}`]);
    await bench.import({ NodePath: node, LibraryPath: '/lib/none.so' });
    const [facts] = await bench.output(`
      $all = @(Get-ExcludedPortRange)
      [pscustomobject]@{ count = $all.Count; last = $all[-1].EndPort; type = $all[-1].PSTypeNames[0] }`);
    expect(facts).toEqual({ count: String(rows), last: '5019', type: 'Dllet.ExcludedPortRange' });
  });

  test('is read whole in constrained language', async () => {
    const node = bench.script(
      'long-call',
      `require('node:fs').writeSync(1, '{"jsonrpc":"2.0","id":1,"result":' + ${JSON.stringify(result)} + '}\\n');`,
      process.execPath,
    );
    await openConstrained(bench);
    await runConstrained(bench, bench.importLine({ NodePath: node, LibraryPath: '/lib/none.so' }));
    const { output, errors } = await runConstrained(bench, '@(Get-ExcludedPortRange).Count');
    expect(errors).toEqual([]);
    expect(output.map((one) => one.value)).toEqual([String(rows)]);
  });
});

test('a text that looks like a date stays the text it is', async () => {
  const texts = ['2024-01-02T03:04:05Z', '/Date(0)/', '2024-01-02T03:04:05.1234567+01:00'];
  const [line] = await bench.output(`
    & ${READER} { param($Json) . $script:OnDemand; $found = (ConvertFrom-PortableJson $Json).a; -join ($found -replace '$', '|') + $found[0].GetType() } ${quoted(JSON.stringify({ a: texts }))}`);
  expect(line).toBe(`${texts.join('|')}|string`);
});

test('JSON for the input of a program is ASCII and means the same', async () => {
  const texts = fc.sample(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('K \u212a \u017f \u{1F600}')), {
    numRuns: 200,
    seed: 3,
  });
  const lines = await bench.output(`
    $texts = @(${texts.map((text) => quoted(JSON.stringify(text))).join(', ')})
    & ${READER} { param($Texts) . $script:OnDemand; foreach ($text in $Texts) { ConvertTo-AsciiJson $text } } $texts`);
  expect(lines.map((line) => JSON.parse(line as string))).toEqual(texts);
  expect(lines.join('')).not.toMatch(/[^\n\r\t -~\x7f]/);
});
