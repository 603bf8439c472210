/** The script that tries the module's cmdlets in a PowerShell, made from the definition. It says each result as one line. */
import type { Definition } from '../definition/types.js';
import { type Block, type Pool, poolsOf } from '../extensions/port-reservation/functions.js';
import { ownFunctions } from '../generator/plan.js';

/** What every line of a result begins with: outcome, step and detail follow, with this between them. */
export const LINE = 'dllet::';

export interface CmdletScript {
  readonly definition: Definition;
  /** The module's manifest. */
  readonly manifest: string;
  readonly nodePath: string;
  readonly libraryPath: string | undefined;
  readonly elevated: boolean;
  /** Free; the script reserves it and deletes it again. */
  readonly block: Block;
}

/** Single quotes only and nothing beyond ASCII of its own: the text travels as an argument of a command line. */
export function cmdletScript(options: CmdletScript): string {
  const { definition, elevated, block } = options;
  const steps = poolsOf(definition).flatMap((pool) =>
    elevated ? elevatedSteps(definition, pool, block) : ordinarySteps(definition, pool, block),
  );
  return [HEAD, importLine(options), ...generalSteps(definition), ...steps].join('\n');
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

/** What every module has, whatever its definition is about. */
function generalSteps(definition: Definition): string[] {
  const diagnosis = definition.cmdlets.find(
    ({ operation }) => operation !== undefined && definition.operations[operation]?.provider === 'diagnosis',
  );
  return [
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

interface PoolCmdlets {
  readonly create: string;
  readonly remove: string;
  readonly get: string;
  readonly test: string;
}

function elevatedSteps(definition: Definition, pool: Pool, block: Block): string[] {
  const { create, remove, get, test } = cmdletsOf(definition, pool);
  const at = `${block.start} ${block.count}`;
  return [
    step(
      `${create} reserves the block`,
      `$script:made = ${create} ${at} -Confirm:$false; ($made.StartPort -eq ${block.start} -and $made.NumberOfPorts -eq ${block.count} -and $made.Token -is [uint64] -and $made.Token -ne 0)`,
    ),
    step(`${get} gives the same token`, `((${get} ${at}).Token -eq $made.Token)`),
    step(`${test} is true`, `${test} ${at}`),
    step(`${create} once more: PortRangeInUse`, expectId(`${create} ${at} -Confirm:$false`, 'PortRangeInUse')),
    step(
      `${get} of a part: ReservationNotFound`,
      expectId(`${get} ${block.start} ${block.count - 1}`, 'ReservationNotFound'),
    ),
    step(`${remove} ends it`, `${remove} ${at} -Force -Confirm:$false; -not (${test} ${at})`),
    step(
      `${remove} once more: ReservationNotFound`,
      expectId(`${remove} ${at} -Force -Confirm:$false`, 'ReservationNotFound'),
    ),
  ];
}

function ordinarySteps(definition: Definition, pool: Pool, block: Block): string[] {
  const { create, get, test } = cmdletsOf(definition, pool);
  const at = `${block.start} ${block.count}`;
  return [
    step(`${get}: ReservationNotFound`, expectId(`${get} ${at}`, 'ReservationNotFound')),
    step(`${test} is false`, `-not (${test} ${at})`),
    step(`${create} without elevation: AccessDenied`, expectId(`${create} ${at} -Confirm:$false`, 'AccessDenied')),
  ];
}

function expectId(script: string, id: string): string {
  return `$id = Get-ErrorId { ${script} }; $id -eq ${quoted(id)}; $id`;
}

function step(name: string, body: string): string {
  return `Test-Step ${quoted(name)} { ${body} }`;
}

/** The cmdlets over a pool, found by what they do. Throws when the definition lacks one. */
function cmdletsOf(definition: Definition, { functions }: Pool): PoolCmdlets {
  const find = (fn: string, kind: string): string => {
    const found = definition.cmdlets.find((cmdlet) => cmdlet.function === fn && cmdlet.output.kind === kind);
    if (!found) throw new Error(`the definition has no cmdlet over ${fn} with the output ${kind}`);
    return found.name;
  };
  return {
    create: find(functions.create.name, 'object'),
    remove: find(functions.delete.name, 'none'),
    get: find(functions.lookup.name, 'object'),
    test: find(functions.lookup.name, 'boolean'),
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
