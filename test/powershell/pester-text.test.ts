/** The Pester tests of a module, read by PowerShell's own parser: Pester itself cannot be installed here. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { generateModule } from '../../src/generator/generate.js';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { sampleDefinition } from '../support/definitions.js';
import { openEngine } from '../support/powershell-module.js';

/** What Pester 5 documents of the commands that are used: their parameters. Source: pester.dev, command reference 5.7. */
const PESTER: Readonly<Record<string, readonly string[]>> = {
  BeforeDiscovery: [],
  BeforeAll: [],
  BeforeEach: [],
  AfterEach: [],
  AfterAll: [],
  Describe: ['Name', 'Tag', 'Fixture', 'Skip', 'ForEach'],
  Context: ['Name', 'Tag', 'Fixture', 'Skip', 'ForEach'],
  It: ['Name', 'Test', 'ForEach', 'Tag', 'Pending', 'Skip'],
  Should: [
    ...[
      'Be',
      'BeExactly',
      'BeTrue',
      'BeFalse',
      'BeNullOrEmpty',
      'BeIn',
      'BeGreaterThan',
      'Match',
      'HaveCount',
      'Exist',
    ],
    ...['Throw', 'ErrorId', 'HaveParameter', 'ParameterName', 'Type', 'Not', 'Because'],
  ],
  'Set-ItResult': ['Inconclusive', 'Pending', 'Skipped', 'Because'],
};

/** Cmdlets of Windows PowerShell 5.1 that any session has. */
const POWERSHELL = [
  'Get-Command',
  'Get-Help',
  'Get-Item',
  'Get-Module',
  'Import-Module',
  'Join-Path',
  'Remove-Module',
].concat(['Sort-Object', 'Test-ModuleManifest', 'Test-Path', 'Where-Object']);

interface Facts {
  readonly errors: string[];
  readonly functions: string[];
  readonly calls: { readonly name: string; readonly parameters: string[] }[];
  readonly dynamic: string[];
  readonly discovered: Record<string, { readonly cmdlet?: string }[]>;
}

let session: PowerShellSession;

beforeAll(async () => {
  session = await openEngine();
});
afterAll(() => session?.close());

describe.each<[string, () => Promise<Definition>]>([
  ['the built-in definition', () => loadDefinition('PersistentPortReservation')],
  ['a definition without a simulation', () => loadDefinition('test/native/fixtures/any-dll.definition.json')],
  ['a small definition', async () => sampleDefinition()],
])('the tests from %s', (_, load) => {
  let definition: Definition;
  let text = '';
  let facts: Facts;

  beforeAll(async () => {
    definition = await load();
    text = generateModule(definition).get(`tests/${definition.name}.Tests.ps1`) ?? '';
    facts = await readFacts(text);
  });

  test('parse without an error, in ASCII', () => {
    expect(facts.errors).toEqual([]);
    expect(text).not.toMatch(/[^\n -~]/);
  });

  test('use what Pester 5 and Windows PowerShell document', () => {
    const calls = facts.calls.filter(({ name }) => !facts.functions.includes(name));
    const unknown = calls.filter(({ name }) => !(name in PESTER) && !POWERSHELL.includes(name));
    expect(unknown).toEqual([]);
    for (const { name, parameters } of calls) {
      expect(PESTER[name] ?? parameters, name).toEqual(expect.arrayContaining(parameters));
    }
    expect(calls.map(({ name }) => name)).toEqual(expect.arrayContaining(['BeforeDiscovery', 'It', 'Should']));
  });

  test('call by a variable nothing but the cmdlets that they are about', () => {
    expect(new Set(facts.dynamic)).toEqual(new Set(['$cmdlet', '$create', '$remove', '$get', '$test']));
  });

  test('know every cmdlet', () => {
    expect(facts.discovered.cmdlets?.map(({ cmdlet }) => cmdlet)).toEqual(definition.cmdlets.map(({ name }) => name));
  });
});

async function readFacts(text: string): Promise<Facts> {
  const base64 = Buffer.from(text, 'utf8').toString('base64');
  const { output, errors } = await session.run(`
    $problems = $null
    $text = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String('${base64}'))
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $problems)
    function Find-Node($Kind) { $tree.FindAll({ param($node) $node.GetType().Name -eq $Kind }, $true) }
    $calls = Find-Node 'CommandAst'
    # Discovery as Pester does it, as far as the data: the block's code in a scope of its own.
    $block = $calls | Where-Object { $_.GetCommandName() -eq 'BeforeDiscovery' } | ForEach-Object { $_.CommandElements[1].ScriptBlock.EndBlock.Extent.Text }
    $discovered = & ([scriptblock]::Create('$AllowChange = $false; ' + $block + '; @{ cmdlets = $cmdlets; questions = $questions; cycles = $cycles; files = $files }'))
    [pscustomobject]@{
      errors = @($problems | ForEach-Object { $_.Message })
      functions = @(Find-Node 'FunctionDefinitionAst' | ForEach-Object { $_.Name })
      calls = @($calls | Where-Object { $_.GetCommandName() } | ForEach-Object { [pscustomobject]@{
        name = $_.GetCommandName()
        parameters = @($_.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object { $_.ParameterName }) } })
      dynamic = @($calls | Where-Object { -not $_.GetCommandName() } | ForEach-Object { $_.CommandElements[0].Extent.Text })
      discovered = $discovered
    }`);
  expect(errors).toEqual([]);
  return toPlain(output[0] as (typeof output)[number]) as Facts;
}
