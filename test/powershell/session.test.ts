import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { openEngine } from '../support/powershell-module.js';

let session: PowerShellSession;

beforeAll(async () => {
  session = await openEngine();
});

afterAll(() => session.close());

describe('output', () => {
  test.each(['0', '9007199254740993', '9223372036854775808', '18446744073709551615'])('uint64 %s', async (number) => {
    const { output } = await session.run(`[uint64]::Parse('${number}')`);
    expect(output).toMatchObject([{ type: 'System.UInt64', value: number }]);
  });

  test.each([
    ['$true', 'System.Boolean', 'True'],
    ['[int64]::MinValue', 'System.Int64', '-9223372036854775808'],
    ['1.50d', 'System.Decimal', '1.50'],
    ['0.1', 'System.Double', '0.1'],
    ['[datetime]::new(2024, 1, 2)', 'System.DateTime', '2024-01-02T00:00:00.0000000'],
    ['[System.DayOfWeek]::Friday', 'System.DayOfWeek', 'Friday'],
    ['[version]"1.2.3"', 'System.Version', '1.2.3'],
    ['[uint16]', 'System.RuntimeType', 'System.UInt16'],
    ['[switch]$true', 'System.Management.Automation.SwitchParameter', 'True'],
    ['$null', 'null', null],
  ])('%s', async (expression, type, value) => {
    expect((await session.run(`,(${expression})`)).output).toMatchObject([{ type, value }]);
  });

  test('text beyond ASCII, quotes and control characters', async () => {
    const text = 'gr\u00fc\u00df "\\" \u4e2d \u{1F600} \u0001\t';
    const { output } = await session.run(`'${text}' + [char]0 + "\`n"`);
    expect(output.map(toPlain)).toEqual([`${text}\0\n`]);
  });

  test('an object with a type name of its own', async () => {
    const { output } = await session.run(
      "[pscustomobject]@{ PSTypeName = 'Dllet.Thing'; Port = [uint16]5; Token = [uint64]::MaxValue }",
    );
    expect(output).toMatchObject([
      {
        type: 'Dllet.Thing',
        typeNames: ['Dllet.Thing', 'System.Management.Automation.PSCustomObject', 'System.Object'],
        value: {
          properties: {
            Port: { type: 'System.UInt16', value: '5' },
            Token: { type: 'System.UInt64', value: '18446744073709551615' },
          },
        },
      },
    ]);
  });

  test('collections and dictionaries', async () => {
    const { output } = await session.run(",@(1, @(2, $null)); [ordered]@{ a = @{ b = 'c' } }");
    expect(output.map(toPlain)).toEqual([['1', ['2', null]], { a: { b: 'c' } }]);
  });

  test('does not depend on the culture', async () => {
    const { output } = await session.run(
      '[cultureinfo]::CurrentCulture = "tr-TR"; 1.5; [datetime]::new(2024, 1, 2); [cultureinfo]::CurrentCulture = ""',
    );
    expect(output.map(toPlain)).toEqual(['1.5', '2024-01-02T00:00:00.0000000']);
  });

  test('where lines end in CR LF and all output of a command arrives in one piece', async () => {
    await session.run('[Console]::Out.NewLine = [Console]::Error.NewLine = "`r`n"');
    const answer = session.run('1');
    // Wait only until the command has been sent, then keep this thread from reading until it has been answered.
    await new Promise((resolve) => setImmediate(resolve));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    expect((await answer).output.map(toPlain)).toEqual(['1']);
  });

  test('a large one', async () => {
    const { output } = await session.run('"x" * 3000000');
    expect(output.map((one) => String(one.value).length)).toEqual([3_000_000]);
  });
});

describe('errors', () => {
  const record = `
    $exception = [System.InvalidOperationException]::new('told by the exception', [System.IO.IOException]::new('why'))
    $exception.Data['win32'] = 1168
    $record = [System.Management.Automation.ErrorRecord]::new($exception, 'ThingNotFound', 'ObjectNotFound', [uint16]7)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new('told by the details')
    $record.ErrorDetails.RecommendedAction = 'look again'`;
  const told = {
    fullyQualifiedErrorId: 'ThingNotFound,Get-Thing',
    category: 'ObjectNotFound',
    message: 'told by the details',
    targetObject: { type: 'System.UInt16', value: '7' },
    exceptionType: 'System.InvalidOperationException',
    innerExceptionType: 'System.IO.IOException',
    exceptionMessage: 'told by the exception',
    exceptionData: { win32: { type: 'System.Int32', value: '1168' } },
    recommendedAction: 'look again',
  };

  test('a non-terminating one lets the script go on', async () => {
    const result = await session.run(
      `function Get-Thing { [CmdletBinding()]param() ${record}\n$PSCmdlet.WriteError($record); 'on' }\nGet-Thing; 'end'`,
    );
    expect(result.errors).toMatchObject([{ ...told, terminating: false }]);
    expect(result.output.map(toPlain)).toEqual(['on', 'end']);
    expect(result.hadTerminatingError).toBe(false);
  });

  test('a terminating one ends it, and what came before is kept', async () => {
    const result = await session.run(
      `function Get-Thing { [CmdletBinding()]param() ${record}\n$PSCmdlet.ThrowTerminatingError($record) }
      'before'; Get-Thing; 'after'`,
    );
    expect(result.errors).toMatchObject([{ ...told, terminating: true }]);
    expect(result.output.map(toPlain)).toEqual(['before']);
    expect(result.hadTerminatingError).toBe(true);
  });

  test('an exception without any details', async () => {
    const { errors } = await session.run('throw "plain"');
    expect(errors).toMatchObject([
      { fullyQualifiedErrorId: 'plain', message: 'plain', exceptionData: {}, recommendedAction: '', terminating: true },
    ]);
  });

  test('a script that does not parse', async () => {
    const result = await session.run("'never'\nif ($true) {");
    expect(result).toMatchObject({ output: [], hadTerminatingError: true });
    expect(result.errors).toMatchObject([
      { fullyQualifiedErrorId: 'MissingEndCurlyBrace', category: 'ParserError', terminating: true },
    ]);
  });

  test('a refused confirmation', async () => {
    const { errors, output } = await session.run(`
      function Remove-Thing { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param()
        if ($PSCmdlet.ShouldProcess('x')) { 'removed' } }
      Remove-Thing`);
    expect(output).toEqual([]);
    expect(errors[0]?.message).toContain('NonInteractive');
  });
});

describe('the other streams', () => {
  test('come apart, each in order', async () => {
    const result = await session.run(`
      function Write-All { [CmdletBinding()]param()
        $DebugPreference = 'Continue'
        $PSCmdlet.WriteWarning('w1'); $PSCmdlet.WriteVerbose('v'); $PSCmdlet.WriteDebug('d')
        $PSCmdlet.WriteInformation('i', @()); $PSCmdlet.WriteWarning('w2') }
      Write-All -Verbose`);
    expect(result).toMatchObject({
      warnings: ['w1', 'w2'],
      verbose: ['v'],
      debug: ['d'],
      information: ['i'],
      output: [],
      errors: [],
      hostText: '',
    });
  });

  test('what goes straight to the host is text', async () => {
    const result = await session.run("[Console]::Out.WriteLine('direct'); Remove-Module DlletSession -WhatIf; 1");
    expect(result.hostText).toContain('direct');
    expect(result.hostText).toContain('What if:');
    expect(result.output.map(toPlain)).toEqual(['1']);
  });

  test('what a script writes to standard error is no error', async () => {
    const result = await session.run("[Console]::Error.WriteLine('noise'); 1");
    expect(result).toMatchObject({ errors: [], output: [{ value: '1' }] });
  });
});

describe('state', () => {
  test('is kept from one script to the next', async () => {
    await session.run('$kept = 41\nfunction Get-Kept { $kept + 1 }');
    expect((await session.run('Get-Kept; $kept = 1; Get-Kept')).output.map(toPlain)).toEqual(['42', '2']);
  });

  test('a stray break does no harm', async () => {
    expect((await session.run("'a'; break; 'b'")).output.map(toPlain)).toEqual(['a']);
    expect((await session.run("'c'")).output.map(toPlain)).toEqual(['c']);
  });

  test('strict mode and preferences of the script do not reach the driver', async () => {
    await session.run("Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'");
    expect((await session.run('1')).output.map(toPlain)).toEqual(['1']);
    await session.run("Set-StrictMode -Off; $ErrorActionPreference = 'Continue'");
  });

  test('scripts started together run one after the other', async () => {
    const results = await Promise.all(['$n = 1', '$n += 1; $n', '$n += 1; $n'].map((script) => session.run(script)));
    expect(results.map((result) => result.output.map(toPlain))).toEqual([[], ['2'], ['3']]);
  });
});
