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

const API: readonly Planted[] = [
  ['[System.MathF]::Sqrt(4)', 'type', /MathF/],
  ['[System.Text.Json.JsonDocument]', 'type', /neither/],
  ['param([System.DateOnly] $Day) $Day', 'type', /DateOnly/],
  ['[System.Collections.Generic.List[System.Half]]::new()', 'type', /Half/],
  ['try { f } catch [System.Threading.Tasks.Nothing] { f }; function f {}', 'type', /Nothing/],
  ["[semver] '1.2.3'", 'type', /semver/],
  ['[System.Web.Script.Serialization.JavaScriptSerializer]::new()', 'type', /System\.Web\.Extensions.*does not load/],
  ['[System.Net.Http.HttpClient]::new()', 'type', /System\.Net\.Http/],
  ['[System.Math]::Clamp(1, 2, 3)', 'member', /Clamp/],
  ['[System.Environment]::ProcessPath', 'member', /ProcessPath/],
  ['[System.StringSplitOptions]::TrimEntries', 'member', /TrimEntries/],
  ["[System.IO.Path]::GetRelativePath('a', 'b')", 'member', /GetRelativePath/],
  ['[System.Convert]::ToHexString([byte[]]@())', 'member', /ToHexString/],
  ['[System.Enum]::GetValues[System.DayOfWeek]()', 'syntax', /[Tt]ype arguments/],
  ['[System.Diagnostics.Process]::GetCurrentProcess().Kill($true)', 'member', /no overload of Kill/],
  ["$s = [System.Diagnostics.ProcessStartInfo]::new('x'); $s.ArgumentList.Add('y')", 'member', /ArgumentList/],
  [
    "param([System.Diagnostics.ProcessStartInfo] $Start) $Start.Environment.Remove('x', [ref]$Start)",
    'member',
    /Remove/,
  ],
  ["'abc'.Contains('B', [System.StringComparison]::OrdinalIgnoreCase)", 'member', /no overload of Contains/],
  ["'abc'.Replace('B', 'x', [System.StringComparison]::Ordinal)", 'member', /no overload of Replace/],
  ["'a, b'.Split(', ')", 'member', /no overload of Split/],
  ["'a, b'.Split(', ', [System.StringSplitOptions]::None)", 'member', /no overload of Split/],
  ["param([string] $Text) $Text.Trim().Split(', ', 2)", 'member', /no overload of Split/],
  ["[System.IO.File]::WriteAllBytesAsync('x', @())", 'member', /WriteAllBytesAsync/],
  ["[System.IO.File]::Move('a', 'b', $true)", 'member', /no overload of Move/],
  ['[System.Security.Cryptography.SHA256]::HashData([byte[]]@())', 'member', /HashData/],
  ['[System.Security.Cryptography.SHA256]::Create().ComputeHashAsync($x)', 'member', /ComputeHashAsync/],
  ['foreach ($p in [System.Diagnostics.Process]::GetProcesses()) { $p.Kill($true) }', 'member', /no overload of Kill/],
  ['function f { [System.Diagnostics.Process]::GetCurrentProcess() } (f).Kill($true)', 'member', /Kill/],
  ['$h = @{ P = [System.Diagnostics.Process]::GetCurrentProcess() }; $h.P.Kill($true)', 'member', /Kill/],
  ["[System.String].GetMethod('GetHashCodeOrdinal', [type[]]@())", 'member', /GetHashCodeOrdinal/],
  ['$type = [System.Random]; $type::Shared', 'member', /Shared/],
  ['param($Unknown) $Unknown.KillEverything(1, 2)', 'member', /No type .* KillEverything/],
  ["$e = [System.Collections.Generic.Dictionary[string, int]]::new(); $e.TryAdd('a', 1)", 'member', /TryAdd/],
  ['try { f } catch { $_.Exception.Data.Nothing(1) }; function f {}', 'member', /Nothing/],
  ["function f { [CmdletBinding(Nothing = 'x')] param() }", 'member', /Nothing/],
  ["param([ValidateSet('a', ErrorMessage = 'b')] [string] $X) $X", 'member', /ErrorMessage/],
  ['$PSCmdlet.WriteNothing(1)', 'member', /WriteNothing/],
  ['if ($IsWindows) { 1 }', 'variable', /IsWindows/],
  ["if ($PSVersionTable.PSEdition -eq 'Core' -or $IsLinux) { 1 }", 'variable', /IsLinux/],
];

const COMMANDS: readonly Planted[] = [
  ["ConvertFrom-Json -InputObject '{}' -AsHashtable", 'command', /-AsHashtable/],
  ["Microsoft.PowerShell.Utility\\ConvertFrom-Json -InputObject '{}' -Depth 5", 'command', /-Depth/],
  ["ConvertFrom-Json -InputObject '[]' -NoEnumerate", 'command', /-NoEnumerate/],
  ['ConvertTo-Json -InputObject 1 -EnumsAsStrings', 'command', /-EnumsAsStrings/],
  ['1..3 | ForEach-Object -Parallel { $_ }', 'command', /-Parallel/],
  ['Join-Path -Path a -ChildPath b -AdditionalChildPath c', 'command', /-AdditionalChildPath/],
  ['Get-Content -Path a -AsByteStream', 'command', /-AsByteStream/],
  ['Sort-Object -Top 3', 'command', /-Top/],
  ['Get-Process -Name x -ProgressAction SilentlyContinue', 'command', /-ProgressAction/],
  ['Remove-Alias -Name x', 'command', /Remove-Alias/],
  ['Get-Error', 'command', /Get-Error/],
];

/** Files with this ending are data. */
const DATA: readonly Planted[] = [
  ['@{ A = Get-Date }', 'data', /constants/],
  ["@{ A = 'b' }; 1", 'data', /hashtable/],
];

const GOOD: readonly string[] = [
  "using namespace System.IO\n[File]::Exists('x')",
  "class C : System.IDisposable {\n[string] $Name\nC([string] $Name) { $this.Name = $Name }\n[void] Dispose() { }\n}\n[C]::new('x').Dispose()",
  'enum E { A; B = 4 }\n[E]::A',
  "'a,b'.Split(',')",
  "'a,b'.Split(',', [System.StringSplitOptions]::RemoveEmptyEntries)",
  "'a, b'.Split([string[]]@(', '), [System.StringSplitOptions]::None)",
  "[string]::Join(', ', @('a', 'b'))",
  "$p = [System.Diagnostics.Process]::Start('x'); $p.Kill(); $p.WaitForExit(10); $p.Name",
  '$x = 10kb; $y = 0xFFL; $z = 1.5d; $e = 1e3; $n = "``u{1}"',
  '1..3 | ForEach-Object { $_ } | Where-Object { $_ -gt 1 }',
  "if ($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) { 1 }",
  '$IsWindows = $true',
  '$f = Get-Item -LiteralPath x; $f.BaseName; @(1, 2).Count; (1).Count; [pscustomobject]@{ A = 1 }.A',
  'try { f } catch [System.IO.IOException], [System.ObjectDisposedException] { $_.Exception.Message; $_.FullyQualifiedErrorId }\nfunction f {}',
  "$h = [ordered]@{ A = 1 }; $h.Add('b', 2); $h.A; $h.Keys",
  "[System.Reflection.Assembly]::Load('System.Web.Extensions, Version=4.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35')\n[System.Web.Script.Serialization.JavaScriptSerializer]::new()",
  "$s = [System.Net.Sockets.Socket]::new('InterNetwork', 'Stream', 'Tcp'); $s.LocalEndPoint.Port; $s.Dispose()",
  '$x = New-Object System.Collections.Generic.List[object]; $x.Add(1)',
];

let directory = '';
let findings: readonly Finding[] = [];

const planted = [...SYNTAX, ...API, ...COMMANDS];
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
  findings = checkFiles([...files, ...GOOD.map((_, index) => goodOf(index))], { apart: true }).findings;
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
    const index = planted.findIndex(([code]) => code.startsWith('foreach ($p in'));
    const [finding] = findings.filter((one) => one.file === fileOf(index));
    expect(finding).toMatchObject({ line: 3, column: (planted[index]?.[0].indexOf('Kill') ?? 0) + 1 });
  });
});

test.each(GOOD.map((code, index) => ({ code, index })))('what 5.1 has is let pass: $code', ({ index }) => {
  expect(findings.filter((one) => one.file === goodOf(index))).toEqual([]);
});
