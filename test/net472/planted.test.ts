/** The check itself: what 5.1 lacks is found where it stands, and what 5.1 has is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFiles, type Finding } from './check.js';

type Planted = readonly [code: string, rule: Finding['rule'], message: RegExp];

// A variable in braces, for `$x?` would be a name.
const X = '$'.concat('{x}');

const SYNTAX: readonly Planted[] = [
  ['$x = $true ? 1 : 2', 'syntax', /ternary/],
  ['$x = $null ?? 1', 'syntax', /\?\?/],
  ['$x ??= 1', 'syntax', /\?\?=/],
  [`${X}?.Length`, 'syntax', /\?\./],
  [`${X}?.Trim()`, 'syntax', /\?\./],
  [`${X}?[0]`, 'syntax', /\?\[\]/],
  ['f && g; function f {}; function g {}', 'syntax', /&&/],
  ['f || g; function f {}; function g {}', 'syntax', /\|\|/],
  ['f & \nfunction f {}', 'syntax', /background/],
  ['function f { process { } clean { } }', 'syntax', /clean/],
  ['[System.Linq.Enumerable]::Empty[string]()', 'syntax', /[Tt]ype arguments/],
  ['enum E : byte { A }', 'syntax', /underlying type/],
  ["'a'..'c'", 'syntax', /Ranges of characters/],
  ['$x = 0b101', 'syntax', /0b101/],
  ['$x = 10u', 'syntax', /10u/],
  ['$x = 10n', 'syntax', /10n/],
  ['$x = 0xFFuy', 'syntax', /0xFFuy/],
  ['$x = "`e[0m"', 'syntax', /`e/],
  ['$x = "`u{1F600}"', 'syntax', /`u/],
  ['#Requires -Version 7.0', 'syntax', /7\.0/],
  ['#Requires -PSEdition Core', 'syntax', /Edition/],
  ['if (', 'parse', /./],
];

const NAMES: readonly Planted[] = [
  ['[System.MathF]::Sqrt(4)', 'type', /System\.MathF/],
  ['param([System.DateOnly] $Day) $Day', 'type', /DateOnly/],
  ['[System.Collections.Generic.List[System.Half]]::new()', 'type', /Half/],
  ['try { f } catch [System.Threading.Tasks.Nothing] { f }; function f {}', 'type', /Nothing/],
  ["[semver] '1.2.3'", 'type', /semver/],
  ['param([semver[]] $X) $X', 'type', /semver/],
  ["[System.IO.Path]::GetRelativePath('a', 'b')", 'member', /\[System\.IO\.Path\]::GetRelativePath/],
  ['$type = [string]; $type::Shared', 'member', /Shared/],
  ['param($Unknown) $Unknown.KillEverything(1, 2)', 'member', /KillEverything/],
  ["function f { [CmdletBinding(Nothing = 'x')] param() }", 'member', /Nothing/],
  ["param([ValidateSet('a', ErrorMessage = 'b')] [string] $X) $X", 'member', /ErrorMessage/],
  ['param([ValidateNotNullOrWhiteSpace()] [string] $X) $X', 'type', /ValidateNotNullOrWhiteSpace/],
  ['if ($IsWindows) { 1 }', 'variable', /IsWindows/],
  ["if ($PSVersionTable.PSEdition -eq 'Core' -or $IsLinux) { 1 }", 'variable', /IsLinux/],
];

const COMMANDS: readonly Planted[] = [
  ['Get-Module -Name x -PSEdition Core', 'command', /Get-Module -PSEdition/],
  ['Microsoft.PowerShell.Core\\Import-Module -Name x -UseWindowsPowerShell', 'command', /-UseWindowsPowerShell/],
  ['1..3 | ForEach-Object -Parallel { $_ }', 'command', /-Parallel/],
  ['Join-Path -Path a -ChildPath b -AdditionalChildPath c', 'command', /-AdditionalChildPath/],
  ['Sort-Object -Top 3', 'command', /-Top/],
  ['Get-Module -Name x -ProgressAction SilentlyContinue', 'command', /-ProgressAction/],
  ['Get-Error', 'command', /Get-Error/],
];

/** Files with this ending are data. */
const DATA: readonly Planted[] = [
  ['@{ A = Get-Date }', 'data', /constants/],
  ["@{ A = 'b' }; 1", 'data', /hashtable/],
];

const GOOD: readonly string[] = [
  "class C {\n[string] $Name\nC([string] $Name) { $this.Name = $Name }\n[void] Dispose() { }\n}\n[C]::new('x').Dispose()",
  'enum E { A; B = 4 }\n[E]::A',
  '$x = 10kb; $y = 0xFFL; $z = 1.5d; $e = 1e3; $n = "``u{1}"',
  '1..3 | ForEach-Object { $_ } | Where-Object { $_ -gt 1 }',
  "if ($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) { 1 }",
  '$IsWindows = $true',
  "$script:Module.Open($PSCmdlet, 'x').End()",
  'Dllet.Client.1.2.3\\Open-NativeCall $script:Module $PSCmdlet x',
  'function Get-Mine { param([uint16[]] $Port) $Port }; Get-Mine -Port 1',
  "[System.IO.File]::ReadAllText('x'); [string[]]@(); [System.IO.Path]::Combine('a', 'b')",
];

let directory = '';
let findings: readonly Finding[] = [];

const planted = [...SYNTAX, ...NAMES, ...COMMANDS];
// Two lines stand above each sample, so that a finding that says where it is says line 3.
const fileOf = (index: number) => path.join(directory, `planted-${index}.ps1`);
const dataOf = (index: number) => path.join(directory, `planted-${index}.psrc`);
const goodOf = (index: number) => path.join(directory, `good-${index}.ps1`);

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'dllet net472 '));
  planted.forEach(([code], index) => {
    writeFileSync(fileOf(index), `# A comment\n\n${code}\n`);
  });
  DATA.forEach(([code], index) => {
    writeFileSync(dataOf(index), `\n\n${code}\n`);
  });
  GOOD.forEach((code, index) => {
    writeFileSync(goodOf(index), `${code}\n`);
  });
  const files = [...planted.map((_, index) => fileOf(index)), ...DATA.map((_, index) => dataOf(index))];
  findings = checkFiles([...files, ...GOOD.map((_, index) => goodOf(index))], { apart: true });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('what 5.1 lacks is found', () => {
  test.each(planted.map(([code, rule, message], index) => ({ code, rule, message, index })))(
    '$code',
    ({ rule, message, index }) => {
      const found = findings.filter((one) => one.file === fileOf(index));
      expect(found).toContainEqual(expect.objectContaining({ rule, message: expect.stringMatching(message) }));
      // A requirement is one of the file.
      const isWhole = /^#Requires/.test(planted[index]?.[0] ?? '');
      for (const one of found) expect(one.line).toBeGreaterThanOrEqual(isWhole ? 1 : 3);
    },
  );

  test.each(DATA.map(([code, rule, message], index) => ({ code, rule, message, index })))(
    'in data: $code',
    ({ rule, message, index }) => {
      const found = findings.filter((one) => one.file === dataOf(index));
      expect(found).toContainEqual(expect.objectContaining({ rule, message: expect.stringMatching(message) }));
    },
  );

  test('where it stands', () => {
    const index = planted.findIndex(([code]) => code.includes('KillEverything'));
    const [finding] = findings.filter((one) => one.file === fileOf(index));
    expect(finding).toMatchObject({ line: 3, column: (planted[index]?.[0].indexOf('KillEverything') ?? 0) + 1 });
  });
});

test.each(GOOD.map((code, index) => ({ code, index })))('what 5.1 has is let pass: $code', ({ index }) => {
  expect(findings.filter((one) => one.file === goodOf(index))).toEqual([]);
});
