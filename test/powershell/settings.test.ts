/** One list of behaviours, run in every setting of a session and in every way of running beside others. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { quoted, useModule } from '../support/powershell-module.js';
import { EXPECTED } from './settings/expected.js';
import { type Names, namesOf } from './settings/names.js';
import { CULTURES, NONE, PREFERENCES, type Setting, STRICT, takenNames } from './settings/settings.js';

const BEHAVIOURS = readFileSync(fileURLToPath(new URL('./settings/behaviours.ps1', import.meta.url)), 'utf8');

/** Runs one script for each folder, each in a fresh runspace and all at once, and puts out what they put out. */
const INVOKE = `
  function Invoke-Work([object[]] $Run) {
    $running = foreach ($one in $Run) {
      $shell = [powershell]::Create()
      $shell.Runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
      $shell.Runspace.Open()
      $null = $shell.AddScript($one.work).AddArgument($one.line).AddArgument($one.folder)
      [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
    }
    foreach ($one in $running) {
      $one.Shell.EndInvoke($one.Result)
      foreach ($problem in $one.Shell.Streams.Error) { throw $problem }
      $one.Shell.Runspace.Dispose()
      $one.Shell.Dispose()
    }
  }`;

const bench = useModule();
let names: Names;
let folders = 0;

beforeAll(async () => {
  await bench.import();
  names = await namesOf(bench);
});

afterEach(async () => {
  const given = ['LANG', 'LC_ALL'].map((name) => `'${name}', ${quoted(process.env[name] ?? '')}`);
  await bench.run(given.map((pair) => `[System.Environment]::SetEnvironmentVariable(${pair})`).join('; '));
});

/** The behaviours in a setting, as a script with two parameters; it first says whether the setting has been made. */
function workOf({ prologue, isMade, epilogue = '' }: Setting): string {
  return `param([string] $SettingImport, [string] $SettingFolder)
    ${prologue}
    if (-not (& { ${isMade} })) { throw 'the setting has not been made' }
    & ([scriptblock]::Create(${quoted(BEHAVIOURS)})) $SettingImport $SettingFolder
    ${epilogue}`;
}

/** Runs as an array of PowerShell: for each setting its script, and a simulation and a folder of its own. */
function runsOf(...settings: readonly Setting[]): string {
  const runs = settings.map((setting) => {
    folders += 1;
    const folder = path.join(bench.directory, `run ${folders}`);
    mkdirSync(folder);
    const options = { NodePath: bench.node, Backend: 'Simulated', StatePath: path.join(folder, 'state.json') };
    const line = `Microsoft.PowerShell.Core\\${bench.importLine(options)}`;
    return `@{ work = ${quoted(workOf(setting))}; line = ${quoted(line)}; folder = ${quoted(folder)} }`;
  });
  return `@(${runs.join(', ')})`;
}

/** Every behaviour was there, `times` times, and as expected. */
async function expectBehaviours(script: string, times: number): Promise<void> {
  const output = (await bench.output(script)) as { readonly Name: string; readonly Lines: string[] }[];
  expect([...new Set(output.map(({ Name }) => Name))]).toEqual(Object.keys(EXPECTED));
  for (const [name, lines] of Object.entries(EXPECTED)) {
    const found = output.filter(({ Name }) => Name === name).map(({ Lines }) => Lines);
    expect(found, name).toEqual(Array.from({ length: times }, () => lines));
  }
}

const runIn = (...settings: readonly Setting[]) =>
  expectBehaviours(`${INVOKE}\nInvoke-Work -Run ${runsOf(...settings)}`, settings.length);

const eight = (setting: Setting) => Array.from({ length: 8 }, () => setting);

describe('the module does the same', () => {
  test.each([NONE, STRICT, ...CULTURES, PREFERENCES])('with $name', (setting) => runIn(setting));

  test('with every name that it uses taken by aliases, functions and variables of the session', async () => {
    expect(names.commands).toEqual(
      expect.arrayContaining(['Connect-NativeModule', 'Open-NativeCall', 'Import-Module']),
    );
    expect(names.variables).toEqual(expect.arrayContaining(['Module', 'client', 'loaded', 'call']));
    await runIn(takenNames(names));
  });
});

describe('beside others', () => {
  test('in eight runspaces at once, in strict mode', () => runIn(...eight(STRICT)));

  test('in eight runspaces at once, each with a setting of its own', () =>
    runIn(NONE, STRICT, ...CULTURES, PREFERENCES, takenNames(names)));

  test('in the runspaces of ForEach-Object -Parallel, which Windows PowerShell has not', async () => {
    const parallel = "(Get-Command ForEach-Object).Parameters.ContainsKey('Parallel')";
    const [isThere] = await bench.output(`[string](${parallel} -or $PSVersionTable.PSEdition -eq 'Desktop')`);
    expect(isThere).toBe('True');
    const each = '& ([scriptblock]::Create($_.work)) $_.line $_.folder';
    const script = `${runsOf(STRICT, STRICT, STRICT, STRICT)} | ForEach-Object -ThrottleLimit 4 -Parallel { ${each} }`;
    if ((await bench.output(`[string]${parallel}`))[0] === 'True') await expectBehaviours(script, 4);
  });

  test('in the runspaces of a pool, which are used again', () =>
    expectBehaviours(
      `$pool = [runspacefactory]::CreateRunspacePool(1, 2, [initialsessionstate]::CreateDefault2(), $Host)
      $pool.Open()
      $running = foreach ($one in ${runsOf(STRICT, STRICT, STRICT, STRICT)}) {
        $shell = [powershell]::Create()
        $shell.RunspacePool = $pool
        $null = $shell.AddScript($one.work).AddArgument($one.line).AddArgument($one.folder)
        [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
      }
      foreach ($one in $running) { $one.Shell.EndInvoke($one.Result); $one.Shell.Dispose() }
      $pool.Dispose()`,
      4,
    ));

  test.each(['Start-ThreadJob', 'Start-Job'])('in the jobs of %s', async (command) => {
    const start = `${command} -ScriptBlock ([scriptblock]::Create($one.work)) -ArgumentList $one.line, $one.folder`;
    const script = `$jobs = foreach ($one in ${runsOf(STRICT, STRICT)}) { ${start} }
      $jobs | Receive-Job -Wait -AutoRemoveJob | ForEach-Object { [pscustomobject]@{ Name = $_.Name; Lines = $_.Lines } }`;
    await expectBehaviours(script, 2);
  });
});
