/** The emitted PowerShell, read by PowerShell's own parser. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';

interface Call {
  readonly name: string;
  readonly script: string;
}

interface Facts {
  readonly errors: string[];
  readonly functions: string[];
  readonly commands: string[];
  readonly calls: Call[];
  readonly dynamic: string[];
  readonly verbs: string[];
  readonly aliases: string[];
}

/** Beyond the engine's own commands: the two for JSON, and what constrained language needs instead of .NET. */
const ALLOWED: readonly [command: RegExp, script: RegExp][] = [
  [/^Microsoft\.PowerShell\.Utility\\Convert(From|To)-Json$/, /./],
  [/^Microsoft\.PowerShell\.Management\\Test-Path$/, /./],
  [
    /^Microsoft\.PowerShell\.Utility\\(Select-Object|Write-(Error|Warning|Verbose))$/,
    /\.(Constrained|Diagnosis)\.ps1$/,
  ],
  [/^Microsoft\.PowerShell\.Management\\(Get-ChildItem|Set-Item|(Push|Pop)-Location)$/, /\.Constrained\.ps1$/],
  [/^Microsoft\.PowerShell\.Management\\Get-ItemProperty$/, /./],
  [/^Microsoft\.PowerShell\.Utility\\New-Object$/, /\.(Constrained|Json)\.ps1$/],
];

const bench = useModule();
let facts: Facts;
let scripts: string[] = [];

beforeAll(async () => {
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
      calls = @($calls | Where-Object { $_.GetCommandName() } | ForEach-Object {
        [pscustomobject]@{ name = $_.GetCommandName(); script = $_.Extent.File } })
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

test('uses approved verbs, in private functions too', () => {
  expect(facts.functions.length).toBeGreaterThan(20);
  expect(
    facts.functions.filter((name) => !facts.verbs.includes(/^(?:script:)?([A-Za-z]+)-/.exec(name)?.[1] ?? '')),
  ).toEqual([]);
});

describe('commands', () => {
  test("say where they are, so that no alias or function of the caller's takes their place", () => {
    expect([...new Set(facts.commands)].filter((name) => !/^script:|\\/.test(name))).toEqual([]);
  });

  test("are the module's own or those of few modules", () => {
    const own = facts.functions.map((name) => `script:${name.replace(/^script:/, '')}`);
    const foreign = [...new Set(facts.commands)].filter((name) => !own.includes(name));
    const isAllowed = ({ name, script }: Call) =>
      name.startsWith('Microsoft.PowerShell.Core\\') ||
      ALLOWED.some(([command, where]) => command.test(name) && where.test(script));
    const beyond = facts.calls.filter((call) => foreign.includes(call.name) && !isAllowed(call));
    expect(beyond).toEqual([]);
  });

  test('exist in the engine, those of Core', async () => {
    const core = [...new Set(facts.commands)].filter((name) => name.startsWith('Microsoft.PowerShell.Core\\'));
    expect(core.length).toBeGreaterThan(0);
    for (const name of core) expect(await bench.output(`(Get-Command ${quoted(name)}).Name`)).toHaveLength(1);
  });

  test('are no aliases', () => {
    expect(facts.commands.filter((name) => facts.aliases.includes(name))).toEqual([]);
  });

  test('that are called by a variable are script blocks, the node program, or a script of the module', () => {
    const own = scripts.map((script) => `($PSScriptRoot + '/${path.basename(script)}')`);
    // A completer runs in the caller's session, and finds its way back by the module's name.
    own.push(`(@(Microsoft.PowerShell.Core\\Get-Module -Name '${MODULE}')[0])`);
    for (const name of new Set(facts.dynamic)) if (!own.includes(name)) expect(name).toMatch(/^(\$[A-Za-z_:]+$|\{)/);
  });
});

test('is ASCII with LF line ends, and carries no path of this machine', () => {
  const text = scripts.map((script) => readFileSync(script, 'utf8')).join('');
  expect(text).not.toMatch(/[^\n\t -~]/);
  expect(text).not.toContain(process.cwd());
});
