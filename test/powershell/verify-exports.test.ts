import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/types.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { type ExportsReport, verifyExports } from '../../src/verification/verify-exports.js';
import { openEngine } from '../support/powershell-module.js';

const GUID = '11111111-2222-3333-4444-555555555555';

const parameters = [
  { name: 'Port', type: 'Port', direction: 'in' },
  { name: 'Name', type: 'LPCWSTR', direction: 'in' },
  { name: 'Version', type: 'ULONG', direction: 'in', constant: 2 },
  { name: 'Token', type: 'ULONG64', direction: 'out' },
] as const;

const fn = {
  description: '',
  callingConvention: 'stdcall',
  parameters,
  returns: { type: 'ULONG', failure: 'win32' },
  changesState: true,
  terms: {},
} as const;

const definition: Definition = {
  name: 'Sample',
  version: '1.2.3',
  module: {
    guid: GUID,
    author: '',
    companyName: '',
    copyright: '',
    description: '',
    tags: [],
    projectUri: '',
    licenseUri: '',
    releaseNotes: '',
  },
  library: { fileName: 'x.dll', location: 'system' },
  types: { Port: { type: 'USHORT', minimum: 1, maximum: 65535 } },
  computed: {},
  functions: {
    GetThing: { ...fn, name: 'GetThing', changesState: false },
    DoThing: { ...fn, name: 'DoThing' },
  },
  operations: {},
  errors: [],
  objects: { Thing: { typeName: 'Sample.Thing', description: '', properties: [] } },
  dsc: {},
  cmdlets: [
    {
      name: 'Get-Thing',
      function: 'GetThing',
      synopsis: 'Looks a thing up.',
      description: '',
      output: { kind: 'object', object: 'Thing' },
      examples: [],
      terms: {},
    },
    {
      name: 'Remove-Thing',
      function: 'DoThing',
      synopsis: 'Removes a thing.',
      description: '',
      output: { kind: 'none' },
      shouldProcess: { impact: 'High', action: '', target: '', query: '' },
      examples: [],
      terms: {},
    },
  ],
};

const PORT =
  '[Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)][ValidateRange(1, 65535)][uint16]$Port';
const NAME = '[Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)][string]$Name';
const INPUT = "[Parameter(ParameterSetName = 'InputObject')][psobject[]]$InputObject";

const GOOD = `
function Get-Thing {
    <#
    .SYNOPSIS
    Looks a thing up.
    #>
    [CmdletBinding()][OutputType('Sample.Thing')] param(${PORT}, ${NAME}, ${INPUT})
}
function Remove-Thing {
    <#
    .SYNOPSIS
    Removes a thing.
    #>
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param(${PORT}, ${NAME}, ${INPUT}, [switch]$Force, [string]$Reason)
}`;

const BAD = `
& {
    [CmdletBinding()] param()
    $PSCmdlet.WriteWarning('Something is odd.')
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new('Something is wrong.'), 'Wrong', 'NotSpecified', 1))
}
function Get-Thing {
    <#
    .SYNOPSIS
    Something else.
    #>
    [CmdletBinding(SupportsShouldProcess)][OutputType([int])]
    param([Parameter(Position = 3)][ValidateRange(0, 100)][int]$Port, [string]$Extra)
}
function Get-Other { }
$v = 1
Microsoft.PowerShell.Core\\Export-ModuleMember -Function Get-Thing, Get-Other -Variable v
`;

let session: PowerShellSession;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "dllet verify's "));
  session = await openEngine();
});

afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true, force: true });
});

function moduleOf(name: string, script: string, manifest: string): string {
  const directory = path.join(folder, name, 'Sample');
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'Sample.psm1'), script);
  writeFileSync(path.join(directory, 'Sample.psd1'), `@{ RootModule = 'Sample.psm1'; ${manifest} }`);
  return directory;
}

function failed(report: ExportsReport): string[] {
  return report.checks.filter((check) => !check.ok).map((check) => check.detail);
}

test('a module as its definition says', async () => {
  const moduleDirectory = moduleOf(
    'good',
    GOOD,
    `ModuleVersion = '1.2.3'; GUID = '${GUID}'; FunctionsToExport = 'Get-Thing', 'Remove-Thing'; AliasesToExport = @()`,
  );
  const report = await verifyExports({ moduleDirectory, definition, session });
  expect(failed(report)).toEqual([]);
  expect(report.ok).toBe(true);
  expect(report.checks.length).toBeGreaterThan(25);
});

test('every mistake of a module is listed', async () => {
  const moduleDirectory = moduleOf(
    'bad',
    BAD,
    `ModuleVersion = '1.0'; GUID = '${GUID.replace('1', '9')}'; FunctionsToExport = 'Get-Thing', 'Get-Other'; VariablesToExport = 'v'`,
  );
  const report = await verifyExports({ moduleDirectory, definition, session });
  expect(report.ok).toBe(false);
  expect(failed(report)).toEqual([
    'Import-Module: errors: Something is wrong. (Wrong)',
    'Import-Module: warnings: Something is odd.',
    "Manifest: version should be '1.2.3', but is '1.0'.",
    `Manifest: GUID should be '${GUID}', but is '${GUID.replace('1', '9')}'.`,
    'Manifest: commands: missing: Remove-Thing; not in the definition: Get-Other.',
    'Manifest: variables: not in the definition: v.',
    'Module: commands: missing: Remove-Thing; not in the definition: Get-Other.',
    'Module: variables: not in the definition: v.',
    'Get-Thing: parameters: missing: Name, InputObject; not in the definition: Extra.',
    "Get-Thing -Port: type should be 'System.UInt16', but is 'System.Int32'.",
    "Get-Thing -Port: Mandatory should be 'True', but is 'False'.",
    "Get-Thing -Port: Position should be '0', but is '3'.",
    "Get-Thing -Port: ValueFromPipelineByPropertyName should be 'True', but is 'False'.",
    "Get-Thing -Port: range should be '1 to 65535', but is '0 to 100'.",
    'Get-Thing: OutputType: missing: Sample.Thing; not in the definition: System.Int32.',
    "Get-Thing: SupportsShouldProcess should be 'False', but is 'True'.",
    "Get-Thing: synopsis should be 'Looks a thing up.', but is 'Something else.'.",
  ]);
});

test('a module that cannot be imported is not taken for an earlier one of its name', async () => {
  const manifest = `ModuleVersion = '1.2.3'; GUID = '${GUID}'; FunctionsToExport = 'Get-Thing', 'Remove-Thing'`;
  await verifyExports({ moduleDirectory: moduleOf('earlier', GOOD, manifest), definition, session });
  const moduleDirectory = moduleOf('broken', `${GOOD}\nthrow 'not today'`, manifest);
  const report = await verifyExports({ moduleDirectory, definition, session });
  expect(failed(report)).toEqual([
    expect.stringContaining('not today'),
    'Module: commands: missing: Get-Thing, Remove-Thing.',
  ]);
});

test('a module that is not there', async () => {
  const report = await verifyExports({ moduleDirectory: path.join(folder, 'none'), definition, session });
  expect(report.ok).toBe(false);
  expect(failed(report)[0]).toMatch(/^Import-Module: errors: .*Modules_ModuleNotFound/s);
});
