/** The emitted PowerShell, read by PowerShell's own parser. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';

interface Facts {
  readonly errors: string[];
  readonly functions: string[];
  readonly commands: string[];
  readonly dynamic: string[];
  readonly verbs: string[];
  readonly aliases: string[];
}

const bench = useModule();
let facts: Facts;
let scripts: string[] = [];

beforeAll(async () => {
  await bench.import();
  const directory = path.dirname(bench.manifest);
  scripts = readdirSync(directory)
    .filter((file) => /\.psm?1$/.test(file))
    .map((file) => path.join(directory, file));
  const result = await bench.run(`
    $problems = @()
    $trees = foreach ($file in ${scripts.map(quoted).join(', ')}) {
      $found = $null
      [System.Management.Automation.Language.Parser]::ParseFile($file, [ref]$null, [ref]$found)
      $problems += @($found)
    }
    function Find-Node($Kind) { foreach ($tree in $trees) { $tree.FindAll({ param($node) $node.GetType().Name -eq $Kind }, $true) } }
    $constants = [System.Reflection.BindingFlags]'Public, Static'
    $verbs = foreach ($group in 'Common', 'Communications', 'Data', 'Diagnostic', 'Lifecycle', 'Other', 'Security') {
      ('System.Management.Automation.Verbs' + $group -as [type]).GetFields($constants) | ForEach-Object { $_.Name }
    }
    $calls = Find-Node 'CommandAst'
    [pscustomobject]@{
      errors = @($problems | ForEach-Object { $_.ToString() })
      functions = @(Find-Node 'FunctionDefinitionAst' | ForEach-Object { $_.Name })
      commands = @($calls | ForEach-Object { $_.GetCommandName() } | Where-Object { $_ })
      dynamic = @($calls | Where-Object { -not $_.GetCommandName() } | ForEach-Object { $_.CommandElements[0].Extent.Text })
      verbs = @($verbs)
      aliases = @($ExecutionContext.InvokeCommand.GetCommands('*', 'Alias', $true) | ForEach-Object { $_.Name })
    }`);
  expect(result.errors).toEqual([]);
  facts = toPlain(result.output[0] as (typeof result.output)[number]) as Facts;
});

test('parses without an error', () => {
  expect(facts.errors).toEqual([]);
});

test('defines what it exports and nothing else, with approved verbs', async () => {
  const exported = await bench.output(`(Get-Module ${MODULE}).ExportedFunctions.Keys`);
  expect(exported.length).toBeGreaterThan(10);
  expect([...new Set(facts.functions)].sort()).toEqual(exported.sort());
  expect(facts.functions.filter((name) => !facts.verbs.includes(/^([A-Za-z]+)-/.exec(name)?.[1] ?? ''))).toEqual([]);
});

describe('commands', () => {
  const OWN =
    /^(Dllet\.Client\.[0-9.]+\\[A-Z][a-z]+-Native(Module|Call)|Microsoft\.PowerShell\.(Utility\\Write-Error|Management\\Test-Path))$/;

  test("are the engine's own or the client's, and say so: no alias or function of the caller's takes their place", () => {
    const foreign = new Set(facts.commands.filter((name) => !name.startsWith('Microsoft.PowerShell.Core\\')));
    expect([...foreign].filter((name) => !OWN.test(name))).toEqual([]);
    expect(foreign.size).toBe(8);
  });

  test('exist', async () => {
    const names = [...new Set(facts.commands)];
    const exist = names.map((name) => `(Get-Command ${quoted(name)}).Name`).join('; ');
    expect(await bench.output(`& (Get-Module ${MODULE}) { ${exist} }`)).toEqual(
      names.map((name) => name.replace(/^.*\\/, '')),
    );
  });

  test('are no aliases', () => {
    expect(facts.commands.filter((name) => facts.aliases.includes(name))).toEqual([]);
  });

  test("that are called by a variable are the module itself, the node program of the verification, or the module's script", () => {
    expect([...new Set(facts.dynamic)].sort()).toEqual(
      [`"$PSScriptRoot/${MODULE}.Constrained.ps1"`, '$node', '$own', '$verified_module'].sort(),
    );
  });
});

test('is short: at most 1,000 lines for this module, none longer than 140 characters', () => {
  const lines = scripts
    .filter((file) => !file.endsWith('.Verification.ps1'))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  expect(lines.length).toBeLessThanOrEqual(1000);
  expect(lines.filter((line) => line.length > 140)).toEqual([]);
});

test('is ASCII with LF line ends, and carries no path of this machine', () => {
  const text = scripts.map((script) => readFileSync(script, 'utf8')).join('');
  expect(text).not.toMatch(/[^\n\t -~]/);
  expect(text).not.toContain(process.cwd());
});
