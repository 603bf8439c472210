import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PowerShellResult, toPlain } from '../../src/powershell/result.js';
import { openPowerShell, type PowerShellSession } from '../../src/powershell/session.js';
import { buildPowerShellHost } from '../host/build.js';

const FROM = 'Microsoft.PowerShell.Utility\\ConvertFrom-Json';
const TO = 'Microsoft.PowerShell.Utility\\ConvertTo-Json';

let session: PowerShellSession;

beforeAll(async () => {
  session = await openPowerShell({ executable: buildPowerShellHost() });
});

afterAll(() => session.close());

/** What the script emits, which must be all that it does. */
async function outputOf(script: string): Promise<unknown[]> {
  const result: PowerShellResult = await session.run(script);
  expect(result).toMatchObject({ errors: [], warnings: [] });
  return result.output.map(toPlain);
}

describe('ConvertFrom-Json', () => {
  test.each([
    ['1', 'System.Int64', '1'],
    ['-9223372036854775808', 'System.Int64', '-9223372036854775808'],
    ['18446744073709551615', 'System.Numerics.BigInteger', '18446744073709551615'],
    ['2.5', 'System.Double', '2.5'],
    ['1e3', 'System.Double', '1000'],
    ['true', 'System.Boolean', 'True'],
    ['"gr\u00fc\u00df \\u00e9 \\ud83d\\ude00"', 'System.String', 'gr\u00fc\u00df \u00e9 \u{1F600}'],
    ['"18446744073709551615"', 'System.String', '18446744073709551615'],
    ['"2024-01-02T03:04:05Z"', 'System.DateTime', '2024-01-02T03:04:05.0000000Z'],
  ])('%s is a %s', async (json, type, value) => {
    expect((await session.run(`'${json}' | ${FROM}`)).output).toMatchObject([{ type, value }]);
  });

  test('makes custom objects', async () => {
    const { output } = await session.run(`${FROM} -InputObject '{"a":{"b":[7]},"c":null}'`);
    expect(output.map(toPlain)).toEqual([{ a: { b: ['7'] }, c: null }]);
    expect(output[0]?.type).toBe('System.Management.Automation.PSCustomObject');
  });

  test('hands the items of an array on one by one', async () => {
    expect(await outputOf(`'[1,[2,3],null]' | ${FROM}`)).toEqual(['1', ['2', '3'], null]);
  });

  test('joins a text in several pieces, and tells several texts apart', async () => {
    expect(await outputOf(`('{"a":', '5}' | ${FROM}).a`)).toEqual(['5']);
    expect(await outputOf(`('{"a":1}', '{"a":2}' | ${FROM}).a`)).toEqual(['1', '2']);
  });

  test.each([
    ['{', 'System.ArgumentException'],
    ['{"a":1,"A":2}', 'KeysWithDifferentCasingInJsonString'],
    ['{"a":1,"a":2}', 'DuplicateKeysInJsonString'],
    ['{"":1}', 'EmptyKeyInJsonString'],
  ])('%s ends the statement', async (json, id) => {
    const { errors } = await session.run(`'${json}' | ${FROM}`);
    expect(errors).toMatchObject([
      { fullyQualifiedErrorId: `${id},Microsoft.PowerShell.Commands.ConvertFromJsonCommand`, terminating: true },
    ]);
  });
});

describe('ConvertTo-Json -Compress', () => {
  test.each([
    ['[ordered]@{ a = 1; b = $null; c = $true }', '{"a":1,"b":null,"c":true}'],
    ['[pscustomobject]@{ t = [uint64]::MaxValue; p = [uint16]5 }', '{"t":18446744073709551615,"p":5}'],
    ['@(1, "x", @(2.5, 3.0))', '[1,"x",[2.5,3.0]]'],
    ['@{ list = @() }', '{"list":[]}'],
    ['[System.DayOfWeek]::Friday', '5'],
    ["'q\"b\\s/' + [char]9 + [char]0x2028 + [char]0xfc", '"q\\"b\\\\s/\\t\\u2028\u00fc"'],
    ['$null', 'null'],
  ])('%s', async (value, json) => {
    expect(await outputOf(`${TO} -InputObject (${value}) -Compress`)).toEqual([json]);
  });

  test('makes an array of several objects from the pipeline, and none of one', async () => {
    expect(await outputOf(`1, 2 | ${TO} -Compress; @(3) | ${TO} -Compress`)).toEqual(['[1,2]', '3']);
  });
});

describe('ConvertTo-Json', () => {
  test('indents by two spaces', async () => {
    const [text] = await outputOf(`[ordered]@{ a = 1; b = @(2) } | ${TO}`);
    expect(String(text).replaceAll('\r', '')).toBe('{\n  "a": 1,\n  "b": [\n    2\n  ]\n}');
  });

  test('goes as deep as -Depth, 2 if it is not given, and says when that was too little', async () => {
    const nested = '@{ a = @{ b = @{ c = @{ d = 1 } } } }';
    const short = await session.run(`${nested} | ${TO} -Compress`);
    expect(short.output.map(toPlain)).toEqual(['{"a":{"b":{"c":"System.Collections.Hashtable"}}}']);
    expect(short.warnings).toEqual([expect.stringContaining('truncated')]);
    expect(await outputOf(`${nested} | ${TO} -Compress -Depth 5`)).toEqual(['{"a":{"b":{"c":{"d":1}}}}']);
  });

  test('does not depend on the culture', async () => {
    const script = `[cultureinfo]::CurrentCulture = 'de-DE'; 1.5 | ${TO}; '2.5' | ${FROM}; [cultureinfo]::CurrentCulture = ''`;
    expect(await outputOf(script)).toEqual(['1.5', '2.5']);
  });
});
