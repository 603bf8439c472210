/** PowerShell's own parser as the judge: no text of a definition becomes code in the emitted module. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateModule } from '../../src/generator/generate.js';
import { installProgram } from '../../src/generator/program.js';
import { writeModule } from '../../src/generator/write.js';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { sampleDefinition } from '../support/definitions.js';
import {
  HOSTILE_PIECES,
  hostileLine,
  hostileText,
  LINE_PLACES,
  TEXT_PLACES,
  textEverywhere,
} from '../support/hostile-texts.js';
import { openEngine } from '../support/powershell-module.js';

// One session and its parser for all runs; the texts travel as base64, so that nothing but the generator quotes them.
const FUNCTIONS = `
function global:Get-Text([string] $Base64) { [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($Base64)) }
function global:Get-Shape([string] $Base64) {
    $tokens = $null; $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput((Get-Text $Base64), [ref] $tokens, [ref] $errors)
    $nodes = @{}
    foreach ($node in $ast.FindAll({ $true }, $true)) {
        $name = $node.GetType().Name
        if ($node -is [System.Management.Automation.Language.CommandAst]) { $name += ':' + $node.GetCommandName() }
        if ($node -is [System.Management.Automation.Language.VariableExpressionAst]) { $name += ':' + $node.VariablePath }
        $nodes[$name] = 1 + $nodes[$name]
    }
    foreach ($token in $tokens) {
        if ($token.Kind -ne 'NewLine') { $nodes['token:' + $token.Kind] = 1 + $nodes['token:' + $token.Kind] }
    }
    [pscustomobject]@{ Nodes = $nodes; Errors = @($errors | ForEach-Object { $_.Message }) }
}
function global:Get-Data([string] $Base64) {
    $tokens = $null; $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput((Get-Text $Base64), [ref] $tokens, [ref] $errors)
    $ast.Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
}
`;

const directory = mkdtempSync(path.join(tmpdir(), 'dllet-injection-'));
let session: PowerShellSession;

beforeAll(async () => {
  session = await openEngine();
  await session.run(FUNCTIONS);
});

afterAll(async () => {
  await session?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** What a script puts out, as plain data; it must not fail. */
async function run(script: string): Promise<unknown[]> {
  const { output, errors } = await session.run(script);
  expect(errors.map(({ message }) => message)).toEqual([]);
  return output.map(toPlain);
}

const base64 = (text: string) => Buffer.from(text.replace(/^\ufeff/, ''), 'utf8').toString('base64');

const moduleWith = (texts: Record<string, unknown>) => generateModule(sampleDefinition(texts));
const file = (module: ReadonlyMap<string, string>, name: string) => module.get(name) ?? '';

const SCRIPTS = ['Sample.psm1', 'Sample.Constrained.ps1', 'Sample.psd1', 'tests/Sample.Tests.ps1'];

/** The shape of each of these scripts of a module. */
async function shapesOf(module: ReadonlyMap<string, string>) {
  const script = SCRIPTS.map((name) => `Get-Shape '${base64(file(module, name))}'`).join('\n');
  return (await run(script)) as { Nodes: object; Errors: string[] }[];
}

const anyTexts = fc
  .record({ lines: fc.array(hostileLine, { minLength: 4 }), texts: fc.array(hostileText, { minLength: 4 }) })
  .map(({ lines, texts }) =>
    textEverywhere((place) => {
      const from = LINE_PLACES.includes(place) ? lines : texts;
      return from[TEXT_PLACES.indexOf(place) % from.length] as string;
    }),
  );
const everyPiece: [Record<string, string>][] = HOSTILE_PIECES.map((piece) => [
  textEverywhere(() => `${piece}a${piece}`),
]);

describe('texts of quotes, comment ends, here-strings and commands', () => {
  test('change no command, no node and no token of the script and the manifest', async () => {
    const wanted = await shapesOf(moduleWith(textEverywhere(() => 'Harmless.')));
    expect(wanted.map(({ Errors }) => Errors)).toEqual(SCRIPTS.map(() => []));
    await fc.assert(
      fc.asyncProperty(anyTexts, async (texts) => {
        expect(await shapesOf(moduleWith(texts))).toEqual(wanted);
      }),
      { numRuns: 40, examples: everyPiece },
    );
  });

  test('come back from the manifest exactly', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileLine, async (description, author) => {
        const texts = { '/module/description': description, '/module/author': author, '/module/tags': [author] };
        const [data] = await run(`Get-Data '${base64(file(moduleWith(texts), 'Sample.psd1'))}'`);
        expect(data).toMatchObject({ Description: description, Author: author, ModuleVersion: '1.2.3' });
        expect(data).toHaveProperty('PrivateData.PSData.Tags.0', author);
      }),
      { numRuns: 40 },
    );
  });

  test('leave the view as it is', async () => {
    const texts = { ...textEverywhere(() => ']]><x/>-->\'"&'), '/objects/Item/typeName': '<a b="c">\'&amp;]]>' };
    const [name] = await run(
      `([xml](Get-Text '${base64(file(moduleWith(texts), 'Sample.Format.ps1xml'))}')).Configuration.ViewDefinitions.View.Name`,
    );
    expect(name).toBe(texts['/objects/Item/typeName']);
  });
});

describe('the help of an imported module', () => {
  const evil = "#> ' \u2019 \" $(1+1) `n @' <# ; }";
  const texts = {
    '/cmdlets/0/synopsis': `.EXAMPLE ${evil}`,
    '/cmdlets/0/description': `First.\n.SYNOPSIS\n\u0085.NOTES\n${evil}`,
    '/cmdlets/0/notes': `.LINK\n${evil}`,
    '/functions/Read{Kind}/parameters/0/description': `.PARAMETER First\n${evil}`,
    '/cmdlets/0/examples/0/code': `Get-RedItem 1 2 ${evil}`,
    '/cmdlets/0/examples/0/description': `.OUTPUTS\n${evil}`,
  };
  // XML reads some characters as line ends.
  const shown = (text: unknown) => String(text).replace(/[\s\u0085]/g, '');

  test('shows every text where it belongs', async () => {
    const folder = path.join(directory, 'Sample');
    const definition = sampleDefinition(texts);
    await writeModule(folder, generateModule(definition));
    await installProgram(folder, definition);
    const [help] = (await run(`
      Import-Module '${path.join(folder, 'Sample.psd1')}'
      $help = Get-Help Get-RedItem
      [pscustomobject]@{
        Synopsis = $help.Synopsis
        Description = @($help.description | ForEach-Object { $_.Text }) -join ''
        Notes = @($help.alertSet.alert | ForEach-Object { $_.Text }) -join ''
        First = @($help.parameters.parameter | Where-Object { $_.name -eq 'First' } | ForEach-Object { $_.description | ForEach-Object { $_.Text } }) -join ''
        Code = $help.examples.example.code
        Remarks = @($help.examples.example.remarks | ForEach-Object { $_.Text }) -join ''
      }
      Remove-Module Sample`)) as [Record<string, string>];
    expect(shown(help.Synopsis)).toBe(shown(texts['/cmdlets/0/synopsis']));
    expect(shown(help.Description)).toBe(shown(texts['/cmdlets/0/description']));
    expect(shown(help.Notes)).toBe(shown(texts['/cmdlets/0/notes']));
    expect(shown(help.First)).toBe(
      shown(`${texts['/functions/Read{Kind}/parameters/0/description']}Range: 0 to 65535.`),
    );
    expect(shown(help.Code)).toBe(shown(texts['/cmdlets/0/examples/0/code']));
    expect(shown(help.Remarks)).toBe(shown(texts['/cmdlets/0/examples/0/description']));
  });
});
