/** The PowerShell that the lane runs in Wine: it has the real commands, and node controls it like pwsh. */
import { expect, test } from 'vitest';
import { HOST } from './prepare.js';
import { runWindows } from './wine.js';

const run = (...lines: string[]) =>
  runWindows(HOST, [], {
    input: lines.map((line) => `${line}\n`).join(''),
    environment: { DOTNET_EnableWriteXorExecute: '0' },
  });

test('has the commands of an installed PowerShell', async () => {
  const { status, stdout } = await run(
    '(Get-Command -CommandType Cmdlet).Count -gt 250',
    "(ConvertFrom-Json '[1, 2]' | Measure-Object -Sum).Sum",
    '$PSVersionTable.PSVersion.Major; $IsWindows',
  );
  expect({ status, lines: stdout.split(/\r?\n/) }).toEqual({ status: 0, lines: ['True', '3', '7', 'True', ''] });
});

test('runs a statement when it is complete or at a blank line, goes on after an error, and stops at exit', async () => {
  const { status, stdout, stderr } = await run(
    'if ($true) {',
    "  'inside'",
    '}',
    'if ($true) {',
    '',
    "throw 'first'",
    "'gr\u00fc\u00df'",
    'exit 7',
    "'never'",
  );
  expect({ status, lines: stdout.split(/\r?\n/) }).toEqual({ status: 7, lines: ['inside', 'gr\u00fc\u00df', ''] });
  expect(stderr).toContain('first');
});

test('-Command runs one text, and its status is 1 after an error that nothing caught', async () => {
  const environment = { DOTNET_EnableWriteXorExecute: '0' };
  const command = (text: string) => runWindows(HOST, ['-NoProfile', '-Command', text], { environment });
  expect(await command("'done'; exit 3")).toMatchObject({ status: 3, stdout: expect.stringMatching(/^done\r?\n$/) });
  expect(await command("throw 'no'")).toMatchObject({ status: 1, stderr: expect.stringContaining('no') });
});

test('asks nobody', async () => {
  const { stdout, stderr } = await run("Read-Host 'name'", "Remove-Item 'C:\\windows' -Confirm", "'next'");
  expect(stdout.trim()).toBe('next');
  expect(stderr).toContain('NonInteractive');
});
