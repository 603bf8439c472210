/**
 * The PowerShell of every page and of the examples of every help: it is PowerShell, its commands exist and have the
 * parameters that they are given. Nothing of it is run here; what is run, other files run.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import type { Definition, DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { planModule } from '../../src/generator/plan.js';
import { refusalOf } from '../support/command-lines.js';
import { ALL, textOf } from '../support/example-modules.js';
import { ALL_PAGES, codeBlocks } from '../support/markdown.js';
import { shownCommands } from '../support/pages.js';
import { quoted, useModule } from '../support/powershell-module.js';

const bench = useModule();

/** Commands that a machine for tests does not have, by what they need. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  Windows:
    'Get-AuthenticodeSignature Get-PSSessionCapability Get-WinEvent New-FileCatalog New-ScheduledTaskAction New-ScheduledTaskSettingsSet New-ScheduledTaskTrigger Register-PSSessionConfiguration Register-ScheduledTask Set-AuthenticodeSignature Test-FileCatalog Test-PSSessionConfigurationFile Unregister-PSSessionConfiguration icacls.exe',
  'programs of others': 'signtool winget',
  'modules of others':
    'Get-AzContext Get-AzUserAssignedIdentity Get-GuestConfigurationPackageComplianceStatus Invoke-Pester New-AzPolicyAssignment New-AzPolicyDefinition New-AzStorageContext New-GuestConfigurationPackage New-GuestConfigurationPolicy Set-AzStorageBlobContent Start-GuestConfigurationPackageRemediation',
  'the module of the page, which dllet new has made': 'Get-TickCount64',
  'the client of a release':
    'Dllet.Client.0.1.0\\Open-NativeCall Dllet.Client.0.1.0\\Add-NativeCall Dllet.Client.0.1.0\\Close-NativeCall',
};

/** Only Windows PowerShell compiles a configuration. */
const isConfiguration = (text: string) => text.startsWith('Configuration ');

interface Script {
  readonly place: string;
  readonly text: string;
}

interface Found {
  readonly place: string;
  readonly mistake: string;
  /** A command that is not there. */
  readonly unknown: string;
  /** The words behind dllet. */
  readonly words: string[];
}

/** What is looked at together: scripts, and the commands of the modules that they use. */
interface Group {
  readonly commands: readonly {
    readonly name: string;
    readonly parameters: readonly {
      readonly name: string;
      readonly isSwitch: boolean;
      readonly position: number;
      readonly aliases: string;
    }[];
  }[];
  readonly scripts: readonly Script[];
}

const commandsOf = (definition: Definition): Group['commands'] =>
  planModule(definition, '').help.map(({ name, parameters }) => ({
    name,
    parameters: parameters.map((one) => ({
      name: one.name,
      isSwitch: one.type === 'switch',
      position: one.help.position ?? -1,
      aliases: one.aliases.join(','),
    })),
  }));

const definitionOf = (text: string): Definition =>
  expandDefinition(validateDefinitionText(text).value as DefinitionSource);

/** The scripts of a page use the modules of its definitions, and those of an example that of the example. */
function groupOf(page: string): Group {
  const blocks = codeBlocks(page);
  const scripts = blocks.flatMap((block): Script[] => {
    const place = `${block.document}:${block.line}`;
    if (block.language === 'powershell') return isConfiguration(block.text) ? [] : [{ place, text: block.text }];
    const shown = block.language === 'console' ? shownCommands(block) : [];
    return shown.filter(({ shell }) => shell === 'powershell').map(({ command }) => ({ place, text: command }));
  });
  const written = blocks.filter(({ language, text }) => language === 'json' && text.includes('"functions"'));
  const [, example] = /^examples\W(?:([\w-]+)\W)?README\.md$/.exec(page) ?? ['', ''];
  const examples = ALL.filter(({ name }) => example === undefined || example === name);
  const definitions = [
    ...written.map(({ text }) => text),
    ...examples.map(({ name }) => textOf(name, 'definition.json')),
  ];
  return { commands: definitions.flatMap((text) => commandsOf(definitionOf(text))), scripts };
}

/** The examples of the help of a module that an example of dllet makes. */
function helpOf(example: string): Group {
  const definition = definitionOf(textOf(example, 'definition.json'));
  const scripts = planModule(definition, '').help.flatMap(({ name, examples }) =>
    examples.map(({ code }) => ({ place: `${example}: help of ${name}`, text: code })),
  );
  return { commands: commandsOf(definition), scripts };
}

const NAMES = Object.values(ELSEWHERE).flatMap((names) => names.split(' '));

const LOOK = `
  # To look for a command that is not there takes a second.
  $global:elsewhere = ${NAMES.map(quoted).join(', ')}
  function global:Show-Mistake([string] $file) {
    foreach ($group in (Get-Content -LiteralPath $file -Raw | ConvertFrom-Json)) {
      foreach ($command in $group.commands) {
        $parameters = foreach ($one in $command.parameters) {
          $position = if ($one.position -ge 0) { "Position = $($one.position)" }
          $alias = if ($one.aliases) { "[Alias('$($one.aliases -replace ',', "','")')]" }
          $type = if ($one.isSwitch) { '[switch]' }
          "[Parameter($position)] $alias $type $" + "{$($one.name)}"
        }
        $text = "[CmdletBinding(SupportsShouldProcess, PositionalBinding = $" + "false)] param($($parameters -join ', '))"
        Set-Item -LiteralPath "function:global:$($command.name)" -Value ([scriptblock]::Create($text))
      }
      foreach ($script in $group.scripts) { Show-MistakeOf $script.place $script.text }
      foreach ($command in $group.commands) { Remove-Item -LiteralPath "function:$($command.name)" -ErrorAction Ignore }
    }
  }

  function global:Show-MistakeOf([string] $place, [string] $text) {
    $problems = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $problems)
    foreach ($problem in $problems) { [pscustomobject]@{ place = $place; mistake = $problem.Message; unknown = ''; words = @() } }
    if ($problems) { return }
    $own = $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object Name
    foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
      $name = $call.GetCommandName()
      if (-not $name -or $own -contains $name -or $global:elsewhere -contains $name) { continue }
      if ($name -in 'dllet', 'node') {
        $words = @($call.CommandElements | Select-Object -Skip 1 | ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
        # The program of a module has its definition itself.
        if ($name -eq 'node') { $words = @($words[1, 2]) + 'PersistentPortReservation' + @($words | Select-Object -Skip 3) }
        [pscustomobject]@{ place = $place; mistake = ''; unknown = ''; words = $words }
        continue
      }
      if (-not (Get-Command -Name $name -ErrorAction Ignore)) {
        [pscustomobject]@{ place = $place; mistake = ''; unknown = $name; words = @() }
        continue
      }
      $bound = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
      foreach ($problem in $bound.BindingExceptions.Values) {
        [pscustomobject]@{ place = $place; mistake = "$($name): $($problem.BindingException.Message)"; unknown = ''; words = @() }
      }
    }
  }`;

async function look(groups: readonly Group[]): Promise<Found[]> {
  const file = path.join(bench.directory, 'scripts.json');
  writeFileSync(file, JSON.stringify(groups));
  const text = await bench.output(`${LOOK}; ConvertTo-Json -Depth 4 -InputObject @(Show-Mistake ${quoted(file)})`);
  return JSON.parse(String(text[0]));
}

beforeAll(() => bench.import({ Backend: 'Simulated' }));

test('of the pages and of the help of the examples', async () => {
  const groups = [
    ...ALL_PAGES.filter((page) => !page.includes('reference')).map(groupOf),
    ...ALL.map(({ name }) => helpOf(name)),
  ];
  expect(groups.flatMap(({ scripts }) => scripts).length).toBeGreaterThan(100);
  const found = await look(groups);
  expect(found.filter(({ mistake }) => mistake !== '')).toEqual([]);
  expect(found.map((one) => one.unknown).filter((name) => name !== '')).toEqual([]);
  const texts = groups.flatMap(({ scripts }) => scripts.map(({ text }) => text)).join('\n');
  expect(NAMES.filter((name) => !texts.includes(name))).toEqual([]);
  for (const { place, words } of found.filter((one) => one.words.length > 0))
    expect(await refusalOf(words), `${place}: dllet ${words.join(' ')}`).toBeUndefined();
});

test('what is wrong is found', async () => {
  const found = await look([
    {
      commands: [{ name: 'Get-It', parameters: [{ name: 'Size', isSwitch: false, position: 0, aliases: '' }] }],
      scripts: [
        { place: 'right', text: 'Get-It 5 | ForEach-Object { Get-It -Size $_ }; dllet doctor' },
        { place: 'parameter', text: 'Get-It -Sise 5' },
        { place: 'too many', text: 'Get-It 5 6' },
        { place: 'syntax', text: 'Get-It <size>' },
        { place: 'command', text: 'if ($true) { Get-Thing }' },
        { place: 'of the module', text: 'Get-PersistentUdpPortReservationToken -StartPort 1 -Numbers 2' },
      ],
    },
  ]);
  const places = ['right', 'parameter', 'too many', 'syntax', 'command', 'of the module'];
  expect([...new Set(found.map(({ place }) => place))]).toEqual(places);
  expect(found.find(({ place }) => place === 'right')).toMatchObject({ mistake: '', unknown: '', words: ['doctor'] });
  expect(found.find(({ place }) => place === 'command')).toMatchObject({ mistake: '', unknown: 'Get-Thing' });
});
