import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPowerShellHost } from '../host/build.js';
import { runHost, runLines } from './host-process.js';

let folder = '';

beforeAll(() => {
  buildPowerShellHost();
  folder = mkdtempSync(path.join(tmpdir(), 'dllet-host-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('standard input', () => {
  test('ends the host with status 0 when it ends', () => {
    expect(runLines('"done"')).toMatchObject({ status: 0, stdout: 'done\n', stderr: '' });
  });

  test('keeps variables and functions from one line to the next', () => {
    expect(runLines('$x = 20', 'function Double($n) { 2 * $n }', 'Double $x').stdout).toBe('40\n');
  });

  test('joins lines until the statement is complete', () => {
    expect(runLines('if ($true) {', '  "inside"', '}', '"after"').stdout).toBe('inside\nafter\n');
  });

  test('takes a blank line as the end of an unfinished statement', () => {
    const { stdout, stderr } = runLines('if ($true) {', '', '"after"');
    expect(stdout).toBe('after\n');
    expect(stderr).toContain("Missing closing '}'");
  });

  test('reports an unfinished statement at the end of the input', () => {
    expect(runLines('"a" +').stderr).toContain('You must provide a value expression');
  });

  test('goes on after an error', () => {
    const { status, stdout, stderr } = runLines('throw "first"', 'Get-Nothing', '"still here"');
    expect(status).toBe(0);
    expect(stdout).toBe('still here\n');
    expect(stderr).toContain('first');
    expect(stderr).toContain('Get-Nothing');
  });

  test('stops at exit, with its status', () => {
    expect(runLines('exit 7', '"never"')).toMatchObject({ status: 7, stdout: '' });
  });

  test('raises the engine event Exiting on the way out', () => {
    const subscribe = '$null = $ExecutionContext.Events.SubscribeEvent($null, $null, "PowerShell.Exiting", $null, ';
    expect(runLines(`${subscribe}{ [Console]::WriteLine("bye") }, $true, $false)`).stdout).toBe('bye\n');
  });
});

describe('streams', () => {
  test.each([
    ['WARNING', '$PSCmdlet.WriteWarning("text")'],
    ['VERBOSE', '$PSCmdlet.WriteVerbose("text")'],
    ['DEBUG', '$DebugPreference = "Continue"; $PSCmdlet.WriteDebug("text")'],
  ])('%s goes to standard output with its prefix', (prefix, statement) => {
    const { stdout, stderr } = runLines(`& { [CmdletBinding()]param() ${statement} } -Verbose`);
    expect(stdout).toBe(`${prefix}: text\n`);
    expect(stderr).toBe('');
  });

  test('text beyond ASCII is UTF-8 without a byte order mark', () => {
    expect(runLines('"gr\u00fc\u00df \u{1F600}"', '[Console]::Out.WriteLine("\u4e2d")').stdout).toBe(
      'gr\u00fc\u00df \u{1F600}\n\u4e2d\n',
    );
  });

  test('an object is formatted without colours', () => {
    const lines = runLines('[pscustomobject]@{ Name = "a"; Size = 1 }').stdout.trim().split('\n');
    expect(lines.map((line) => line.trimEnd())).toEqual(['Name Size', '---- ----', 'a       1']);
  });

  test('progress is swallowed, and recorded on request', () => {
    const log = path.join(folder, 'progress.txt');
    const record = '[System.Management.Automation.ProgressRecord]::new(3, "Working", "Step 1")';
    const lines = [
      '-Command',
      `$env:DLLET_HOST_PROGRESS_LOG; & { [CmdletBinding()]param() $PSCmdlet.WriteProgress(${record}) }`,
    ];
    expect(runHost(lines).stdout).toBe('');
    process.env.DLLET_HOST_PROGRESS_LOG = log;
    try {
      expect(runHost(lines).stdout).toBe(`${log}\n`);
    } finally {
      delete process.env.DLLET_HOST_PROGRESS_LOG;
    }
    expect(readFileSync(log, 'utf8')).toBe('3\tProcessing\t-1\tWorking\tStep 1\n');
  });
});

describe('questions', () => {
  const change = 'function Remove-All { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = "High")] param() ';

  test('a confirmation fails instead of waiting', () => {
    const { stdout, stderr } = runLines(
      `${change} if ($PSCmdlet.ShouldProcess("x")) { "removed" } }`,
      'Remove-All',
      '"next"',
    );
    expect(stdout).toBe('next\n');
    expect(stderr).toContain('NonInteractive');
  });

  test('so does ShouldContinue', () => {
    const { stdout, stderr } = runLines(
      `${change} if ($PSCmdlet.ShouldContinue("x", "y")) { "removed" } }`,
      'Remove-All',
    );
    expect(stdout).toBe('');
    expect(stderr).toContain('NonInteractive');
  });

  test('-WhatIf and -Confirm:$false need no answer', () => {
    const { stdout } = runLines(
      `${change} if ($PSCmdlet.ShouldProcess("x")) { "removed" } }`,
      'Remove-All -WhatIf',
      'Remove-All -Confirm:$false',
    );
    expect(stdout).toBe('What if: Performing the operation "Remove-All" on target "x".\nremoved\n');
  });

  test('a missing mandatory parameter is an error', () => {
    const { stdout, stderr } = runLines('& { param([Parameter(Mandatory)]$Name) "ran" }');
    expect(stdout).toBe('');
    expect(stderr).toContain('Name');
  });
});

describe('arguments', () => {
  test.each([
    ['a statement that succeeds', '$true', 0],
    ['a statement that reports an error', 'Get-Nothing', 1],
    ['a terminating error', 'throw "x"', 1],
    ['exit', 'exit 3', 3],
  ])('-Command with %s', (_name, text, status) => {
    expect(runHost(['-NoProfile', '-NonInteractive', '-Command', text]).status).toBe(status);
  });

  test('-Command -NoExit goes on with standard input', () => {
    expect(runHost(['-NoExit', '-Command', '$a = 1'], ['$a + 1']).stdout).toBe('2\n');
  });

  test('-File passes arguments and brings back the exit status', () => {
    const file = path.join(folder, 'with args.ps1');
    writeFileSync(file, 'param([int]$Code, [switch]$Loud, $Rest)\n"$PSScriptRoot $Loud $Rest"\nexit $Code\n');
    expect(runHost(['-File', file, '-Code', '5', '-Loud', 'x y'])).toMatchObject({
      status: 5,
      stdout: `${folder} True x y\n`,
    });
  });

  test('-File with a terminating error is status 1', () => {
    const file = path.join(folder, 'throws.ps1');
    writeFileSync(file, '"before"\nthrow "broken"\n"after"\n');
    const { status, stdout, stderr } = runHost(['-File', file]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'before\n' });
    expect(stderr).toContain('broken');
  });

  test('-Version', () => {
    expect(runHost(['-Version']).stdout).toMatch(/^PowerShell 7\.\d+\.\d+ \(dllet test host\)\n$/);
  });

  test.each([
    ['an unknown argument', ['-Sta'], "Unknown argument '-Sta'."],
    ['a missing value', ['-File'], '-File needs a value.'],
  ])('%s is an error', (_name, args, message) => {
    expect(runHost(args)).toMatchObject({ status: 64, stdout: '', stderr: `${message}\n` });
  });
});

describe('commands', () => {
  test('are those of the engine and the two for JSON', () => {
    const { stdout } = runHost(['-Command', '(Get-Command -Module Microsoft.PowerShell.*).Source']);
    expect([...new Set(stdout.trim().split('\n'))].sort()).toEqual([
      'Microsoft.PowerShell.Core',
      'Microsoft.PowerShell.Utility',
    ]);
    expect(runHost(['-Command', '(Get-Command -Module Microsoft.PowerShell.Utility).Name']).stdout).toBe(
      'ConvertFrom-Json\nConvertTo-Json\n',
    );
  });

  test.each(['New-Object', 'Write-Error', 'Write-Warning', 'Join-Path', 'Start-Process'])(
    '%s is none of them',
    (name) => {
      expect(runLines(`${name} x`).stderr).toContain('is not recognized');
    },
  );
});
