/** The help as PowerShell finds it: complete, in every culture, in constrained language too, and true. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { scaleDefinition } from '../../bench/scale-definition.mjs';
import { loadDefinition } from '../../src/definition/load.js';
import { generateModule } from '../../src/generator/generate.js';
import { ownFunctions } from '../../src/generator/own-functions.js';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { sampleDefinition } from '../support/definitions.js';
import { HOSTILE_PIECES, TEXT_PLACES, textEverywhere } from '../support/hostile-texts.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';

const bench = useModule();
let commands: string[] = [];

beforeAll(async () => {
  await bench.importSimulation('help');
  commands = [...bench.definition.cmdlets.map(({ name }) => name), ...ownFunctions(bench.definition)];
});

/** One object for each command, made by a script that has its help in $help. */
async function helpOfEach(object: string): Promise<Map<string, Record<string, unknown>>> {
  const values = await bench.output(`
    foreach ($name in ${commands.map(quoted).join(', ')}) {
      $help = Get-Help $name -Full
      $command = Get-Command $name
      ${object}
    }`);
  expect(values).toHaveLength(commands.length);
  return new Map(commands.map((name, index) => [name, values[index] as Record<string, unknown>]));
}

test('every command has every part of help', async () => {
  const all = await helpOfEach(`
    [pscustomobject]@{
      category = [string]$help.Category
      synopsis = [string]$help.Synopsis
      description = (@($help.description) | ForEach-Object { $_.Text }) -join ' '
      inputs = @($help.inputTypes.inputType | Where-Object { $_.type.name -and $_.description }).Count
      outputs = @($help.returnValues.returnValue | Where-Object { $_.type.name -and $_.description } | ForEach-Object { $_.type.name })
      declared = @($command.OutputType | ForEach-Object { $_.Name } | Where-Object { $_ -ne 'System.Void' })
      examples = @($help.examples.example | Where-Object { $_.code -and $_.remarks }).Count
      links = @($help.relatedLinks.navigationLink | ForEach-Object { [string]$_.uri + ' ' + $_.linkText })
    }`);
  for (const [name, help] of all) {
    expect(help, name).toMatchObject({
      category: 'Function',
      synopsis: expect.stringMatching(/^[A-Z].*\.$/),
      description: expect.stringMatching(/^[A-Z].{20,}\.$/s),
      inputs: '1',
    });
    expect(Number(help.examples), name).toBeGreaterThanOrEqual(3);
    const declared = (help.declared as string[]).length === 0 ? ['None'] : help.declared;
    expect(help.outputs, name).toEqual(declared);
    const [online, ...links] = help.links as string[];
    expect(online).toBe(`https://github.com/dllet/dllet/blob/main/docs/reference/${name}.md Online Version:`);
    expect(links).toContain(` about_${MODULE}`);
  }
});

test('help says of every parameter what its command declares', async () => {
  const facts = await helpOfEach(`
    $ignored = @([System.Management.Automation.Cmdlet]::CommonParameters)
    $declared = foreach ($one in $command.Parameters.Values) {
      if ($ignored -contains $one.Name) { continue }
      $attribute = @($one.Attributes | Where-Object { $_ -is [System.Management.Automation.ParameterAttribute] } |
          Sort-Object { $_.ParameterSetName -ne $command.DefaultParameterSet })[0]
      $ways = @(if ($attribute.ValueFromPipeline) { 'ByValue' }; if ($attribute.ValueFromPipelineByPropertyName) { 'ByPropertyName' })
      $pipeline = if ($ways.Count) { 'True (' + ($ways -join ', ') + ')' } else { 'False' }
      $position = if ($attribute.Position -lt 0) { 'named' } else { [string]$attribute.Position }
      ($one.Name, $one.ParameterType.FullName, ([string]$attribute.Mandatory).ToLowerInvariant(), $position, $pipeline) -join ' '
    }
    $described = @(if ($help.PSObject.Properties['parameters'] -and $help.parameters.PSObject.Properties['parameter']) { $help.parameters.parameter })
    $told = foreach ($one in $described) {
      ($one.name, $one.type.name, $one.required, $one.position, $one.pipelineInput) -join ' '
    }
    [pscustomobject]@{
      declared = @($declared); told = @($told)
      silent = @($described | Where-Object { -not ($_.description | ForEach-Object { $_.Text }) -or -not $_.defaultValue } | ForEach-Object { $_.name })
      sets = @($command.ParameterSets).Count; syntax = @($help.syntax.syntaxItem).Count
    }`);
  for (const [name, { declared, told, silent, sets, syntax }] of facts) {
    expect(told, name).toEqual([...(declared as string[])].sort());
    expect({ silent, syntax }, name).toEqual({ silent: [], syntax: sets });
  }
});

test.each([
  ['Get-ExcludedPortRange', 'Protocol', 'Tcp, Udp', 'Tcp or Udp'],
  ['Get-ExcludedPortRange', 'Store', 'Active', 'Active (the default)'],
  ['Find-FreePortBlock', 'Minimum', '1024', '1 to 65535'],
  ['Test-PortBinding', 'Address', '0.0.0.0', 'such as 127.0.0.1'],
  ['New-PersistentUdpPortReservation', 'StartPort', 'None', '1 to 65535'],
  ['Find-FreePortBlock', 'IncludeDynamicRange', 'False', 'Also searches the dynamic port range'],
  ['New-ReservedUdpSocket', 'AddressFamily', 'IPv4', 'IPv4 or IPv6'],
])('%s -%s: default %s, and its range', async (name, parameter, wanted, range) => {
  const script = `$one = Get-Help ${name} -Parameter ${parameter}; $one.defaultValue; ($one.description | ForEach-Object { $_.Text }) -join ' '`;
  expect(await bench.output(script)).toEqual([wanted, expect.stringContaining(range)]);
});

describe('in another culture', () => {
  test.each(['de-DE', 'tr-TR', 'ja-JP', 'ar-SA', 'en-GB', ''])('%j the same help is found', async (culture) => {
    const script = `
      $thread = [System.Threading.Thread]::CurrentThread
      $before = $thread.CurrentUICulture
      try {
        $thread.CurrentUICulture = [cultureinfo]::GetCultureInfo('${culture}')
        foreach ($name in ${commands.map(quoted).join(', ')}) { (Get-Help $name).Synopsis }
        ([string](Get-Help about_${MODULE})).Split([char]10)[4].Trim()
      } finally { $thread.CurrentUICulture = $before }`;
    const synopses = bench.definition.cmdlets.map(({ synopsis }) => synopsis);
    const own = 'Tests whether the files of this module are unchanged since it was packed.';
    expect(await bench.output(script)).toEqual([...synopses, own, bench.definition.about?.synopsis]);
  });
});

test('constrained language has the same help', async () => {
  await openConstrained(bench);
  await runConstrained(bench, bench.importLine({ Backend: 'Simulated' }));
  const script = commands.map((name) => `(Get-Help ${name}).Synopsis; @((Get-Help ${name}).examples.example).Count`);
  const { output, errors } = await runConstrained(bench, script.join('; '));
  expect(errors).toEqual([]);
  expect(output.map(toPlain)).toEqual(await bench.output(script.join('; ')));
});

describe('the about topic', () => {
  const file = () => path.join(path.dirname(bench.manifest), 'en-US', `about_${MODULE}.help.txt`);

  test('is found whole', async () => {
    const [text] = await bench.output(`[string](Get-Help about_${MODULE})`);
    expect(String(text).trimEnd().replaceAll('\r', '')).toBe(readFileSync(file(), 'utf8').trimEnd());
  });

  test('begins as PowerShell wants it, and is ASCII of at most 80 columns', () => {
    const lines = readFileSync(file(), 'utf8').split('\n');
    expect(lines.slice(0, 7)).toEqual([
      'TOPIC',
      `    about_${MODULE}`,
      '',
      'SHORT DESCRIPTION',
      `    ${bench.definition.about?.synopsis}`,
      '',
      'LONG DESCRIPTION',
    ]);
    expect(lines.filter((line) => line.length > 80 || /[^ -~]/.test(line))).toEqual([]);
  });

  test.each([
    ...['CONCEPTS', 'TOKENS AND RESTARTS', 'ELEVATION', 'WHAT RESERVATIONS DO TO OTHER PROGRAMS', 'TROUBLESHOOTING'],
    ...['THE PROGRAM BEHIND THE CMDLETS', 'THE SIMULATED BACKEND', 'OPTIONS OF IMPORT-MODULE', 'ERRORS', 'SEE ALSO'],
  ])('has the section %s', (title) => {
    expect(readFileSync(file(), 'utf8')).toContain(`\n\n${title}\n    `);
  });
});

test('help of many cmdlets is in several files, and found in each', async () => {
  const file = path.join(bench.directory, 'scale.json');
  writeFileSync(file, JSON.stringify(scaleDefinition(60)));
  const manifest = await bench.addModule(await loadDefinition(file));
  const [first, last, handle, links] = await bench.output(`
    ${bench.importLine({ NodePath: bench.node }, manifest)}
    (Get-Help Get-Size).Synopsis
    $help = Get-Help Read-SharedArchive -Full
    $help.Synopsis
    ($help.parameters.parameter | Where-Object { $_.name -eq 'it' }).description.Text
    @($help.relatedLinks.navigationLink | ForEach-Object { $_.linkText }).Count`);
  expect(first).toMatch(/^Gets the size: calls labs of /);
  expect(last).toMatch(/^Reads the shared archive: calls shared_archive_read of .* and returns data\.$/);
  expect(handle).toContain('as Open-SharedArchive returns it');
  expect(Number(links)).toBe(7);
});

test('whatever the texts of a definition, the help is well-formed and shows them', async () => {
  const pieces = HOSTILE_PIECES.filter((piece) => piece.trim() !== '');
  const shown = (piece: string) => `x${piece}y`;
  for (const piece of pieces) {
    const definition = sampleDefinition(textEverywhere(() => shown(piece)));
    const xml = generateModule(definition).get('en-US/Sample-help.xml') ?? '';
    const [synopsis] = await bench.output(`
      $document = [System.Xml.XmlDocument]::new()
      $document.LoadXml(${quoted(xml.replace('\ufeff', '')).replaceAll(/[\u2018-\u201b]/g, '$&$&')})
      $document.DocumentElement.FirstChild.details.description.para`);
    expect(synopsis, piece).toBe(shown(piece));
  }
  expect(TEXT_PLACES).toContain('/cmdlets/0/synopsis');
});
