/** Generates the script that tries the module's cmdlets in PowerShell. It prints each result as one line. */
import type { Definition } from '../definition/types.js';
import { ownFunctions } from '../generator/own-functions.js';

/** The prefix of every result line. Outcome, step and detail follow it, separated by it. */
export const LINE = 'dllet::';

export interface CmdletScript {
  readonly definition: Definition;
  /** The path of the module's manifest. */
  readonly manifest: string;
  readonly nodePath: string;
  readonly libraryPath: string | undefined;
  /** More steps, each made by `step`. */
  readonly steps: readonly string[];
}

/** Uses single quotes and ASCII only, because the text is passed as an argument of a command line. */
export function cmdletScript(options: CmdletScript): string {
  return [HEAD, importLine(options), ...generalSteps(options.definition), ...options.steps].join('\n');
}

const HEAD = `
$ErrorActionPreference = 'Stop'
function Test-Step([string] $Name, [scriptblock] $Body) {
  $outcome = 'deviated'
  try { $said = @(& $Body) -join ', '; if ($said -like 'True*') { $outcome = 'held' } } catch { $said = $_.FullyQualifiedErrorId + ': ' + $_.Exception.Message }
  ${quoted(LINE)} + $outcome + '::' + $Name + '::' + ($said -replace '[\\r\\n]+', ' ')
}
function Get-ErrorId([scriptblock] $Body) { try { $null = & $Body; 'no error' } catch { ($_.FullyQualifiedErrorId -split ',')[0] } }
${quoted(`${LINE}edition::edition::`)} + $PSVersionTable.PSEdition + ' ' + $PSVersionTable.PSVersion
`.trim();

function importLine({ manifest, nodePath, libraryPath }: CmdletScript): string {
  const library = libraryPath === undefined ? '' : `; LibraryPath = ${quoted(libraryPath)}`;
  return `Import-Module -Name ${quoted(manifest)} -Force -ArgumentList @{ NodePath = ${quoted(nodePath)}${library} }`;
}

/** The steps for every module, independent of its definition. */
function generalSteps(definition: Definition): string[] {
  const diagnosis = definition.cmdlets.find(
    ({ operation }) => operation !== undefined && definition.operations[operation]?.provider === 'diagnosis',
  );
  const names = definition.cmdlets.map(({ name }) => quoted(name)).join(', ');
  return [
    step(
      'the module has every cmdlet of its definition',
      `$missing = @(@(${names}) | Where-Object { -not (Get-Command -Name $_ -ErrorAction Ignore) }); $missing.Count -eq 0; $missing`,
    ),
    ...ownFunctions(definition).map((name) => step(`${name} -PassThru runs`, `$null = ${name} -PassThru; $true`)),
    ...(diagnosis
      ? [
          step(
            `${diagnosis.name} finds nothing bad`,
            `$bad = @(${diagnosis.name} | Where-Object { $_.Status -eq 'Bad' }); $bad.Count -eq 0; foreach ($one in $bad) { $one.Check + ': ' + $one.Found }`,
          ),
        ]
      : []),
  ];
}

/** The body of a step that succeeds if the script ends with this error. */
export function expectId(script: string, id: string): string {
  return `$id = Get-ErrorId { ${script} }; $id -eq ${quoted(id)}; $id`;
}

/** A step succeeds if the first output of its body is true; the rest is the detail. */
export function step(name: string, body: string): string {
  return `Test-Step ${quoted(name)} { ${body} }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
