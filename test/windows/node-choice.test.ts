/**
 * Which node.exe the module starts: tests each rule, with a program in every place that exits and is named by the
 * error.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PowerShellError } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { startFacts } from '../support/dump-program.js';
import { quoted } from '../support/powershell-module.js';
import { QUITS } from './compile.js';
import { useModule } from './powershell/module-bench.js';
import { PREFIX, windowsPath } from './wine.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const CALL = `${GET} 5000 20`;
const KEY = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Node.js';

const bench = useModule();

type Place = 'module' | 'given' | 'registered' | 'program files' | 'path' | 'current' | 'variable';
const folders = {} as Record<Place, string>;

/** The name of a place in the output of -Verbose. */
const ORIGINS: Partial<Record<Place, string>> = {
  module: 'the module',
  given: 'NodePath',
  registered: 'the installation for the whole machine',
  'program files': 'the installation for the whole machine',
  path: 'PATH',
};

beforeAll(async () => {
  const at = (name: string) => path.join(bench.directory, 'places', name);
  Object.assign(folders, {
    module: path.join(path.dirname(bench.manifest), 'bin'),
    given: at('given'),
    registered: at('registered'),
    'program files': path.join(PREFIX, 'drive_c', 'Program Files', 'nodejs'),
    path: at('path'),
    current: at('current'),
    variable: path.join(at('variable'), 'nodejs'),
  } satisfies Record<Place, string>);
  await openConstrained(bench);
});

/** Creates a node.exe in each of these places, and the variables and entries that lead there. */
async function put(places: readonly Place[]): Promise<void> {
  for (const place of places) {
    mkdirSync(folders[place], { recursive: true });
    copyFileSync(QUITS, path.join(folders[place], 'node.exe'));
  }
  if (!places.includes('registered')) return;
  await bench.output(
    `[Microsoft.Win32.Registry]::SetValue('${KEY}', 'InstallPath', ${quoted(`${windowsPath(folders.registered)}\\`)})`,
  );
}

async function takeAway(): Promise<void> {
  for (const place of Object.keys(folders) as Place[]) rmSync(path.join(folders[place], 'node.exe'), { force: true });
  await bench.output(`[Microsoft.Win32.Registry]::LocalMachine.DeleteSubKeyTree('SOFTWARE\\Node.js', $false)`);
}

beforeEach(takeAway);
afterEach(takeAway);

/**
 * Makes the call in a session whose PATH contains the places, also through entries that depend on the current
 * directory.
 */
function inSession(script: string): string {
  const current = quoted(windowsPath(folders.current));
  const entries = ['', '.', '..\\current', 'C:', 'Z:.', '"."', '\\', '%CD%', `"${windowsPath(folders.path)}"`, ''].join(
    ';',
  );
  return `
    [System.IO.Directory]::SetCurrentDirectory(${current})
    $kept = $env:PATH, $env:ProgramFiles, $env:ProgramW6432
    try {
      $env:PATH = ${quoted(entries)}
      $env:ProgramFiles = $env:ProgramW6432 = ${quoted(windowsPath(path.dirname(folders.variable)))}
      ${script}
    } finally {
      $env:PATH, $env:ProgramFiles, $env:ProgramW6432 = $kept
      [System.IO.Directory]::SetCurrentDirectory('C:\\')
    }`;
}

/** Imports the module into a session of full language and calls it. Returns its errors and the output of -Verbose. */
async function callInFull(
  places: readonly Place[],
  isElevated: boolean,
): Promise<{ errors: readonly PowerShellError[]; verbose: string }> {
  const options = places.includes('given') ? { NodePath: path.join(folders.given, 'node.exe') } : {};
  await bench.output(bench.importLine(options));
  mkdirSync(folders.current, { recursive: true });
  const call = `${CALL} -Verbose`;
  const asOrdinaryUser = `[Dllet.PowerShellHost.OrdinaryUser]::Enter()
    try { ${call} } finally { [Dllet.PowerShellHost.OrdinaryUser]::Leave() }`;
  const { errors, verbose } = await bench.run(inSession(isElevated ? call : asOrdinaryUser));
  return { errors, verbose: verbose.join('\n') };
}

/** Does the same in constrained language. */
async function callInConstrained(places: readonly Place[]): Promise<readonly PowerShellError[]> {
  const options = places.includes('given') ? { NodePath: path.join(folders.given, 'node.exe') } : {};
  expect((await runConstrained(bench, bench.importLine(options))).errors).toEqual([]);
  mkdirSync(folders.current, { recursive: true });
  return (await bench.run(inSession(constrainedScript(CALL)))).errors;
}

/** Runs inside a script of full language, which has prepared the environment. */
const constrainedScript = (script: string) => `
  $constrained.Commands.Clear(); $constrained.Streams.ClearStreams()
  $null = $constrained.AddScript(${quoted(script)})
  try { $constrained.Invoke() } catch { $_.Exception.InnerException.ErrorRecord }
  $constrained.Streams.Error`;

const EVERYWHERE: readonly Place[] = ['module', 'given', 'registered', 'program files', 'path', 'current', 'variable'];
const without = (...places: readonly Place[]) => EVERYWHERE.filter((place) => !places.includes(place));

/** The files in each place, and the one that is started; nothing if the error says that there is none. */
const RULES: readonly [title: string, places: readonly Place[], chosen: Place | undefined][] = [
  ['the one in the module comes first', EVERYWHERE, 'module'],
  ['then the given one', without('module'), 'given'],
  ['then the registered installation', without('module', 'given'), 'registered'],
  ['then the one in Program Files', without('module', 'given', 'registered'), 'program files'],
];

describe.each([
  ['elevated', true],
  ['not elevated', false],
])('a session that is %s', (_name, isElevated) => {
  test.each([
    ...RULES,
    [
      'then a folder of PATH, if it is not elevated',
      ['path', 'current', 'variable'],
      isElevated ? undefined : 'path',
    ] as const,
    ['the current directory never counts, nor what variables say', ['current', 'variable'], undefined] as const,
  ])('%s', async (_title, places, chosen) => {
    await put(places);
    const { errors, verbose } = await callInFull(places, isElevated);
    if (chosen === undefined) {
      expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeNotFound,${GET}`, category: 'ObjectNotFound' }]);
      expect(errors[0]?.message).toContain(
        isElevated ? 'an elevated session does not use PATH' : 'No directory of PATH contains node.exe',
      );
      expect(errors[0]?.recommendedAction).toContain('Node.js 20.19 or later');
      return;
    }
    const file = path.join(folders[chosen], 'node.exe');
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeExited,${GET}` }]);
    expect(errors[0]?.message).toContain(`(${seen(file)}) ended with exit status 3`);
    expect(verbose).toContain(`the Node.js of ${ORIGINS[chosen]}: ${seen(file)} `);
  });
});

describe('constrained language, elevated', () => {
  test.each([
    ...RULES,
    ['PATH, the current directory and variables never count', ['path', 'current', 'variable'], undefined] as const,
  ])('%s', async (_title, places, chosen) => {
    await put(places);
    const errors = await callInConstrained(places);
    expect(errors).toHaveLength(1);
    if (chosen === undefined) {
      expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeNotFound,${GET}`, category: 'ObjectNotFound' }]);
      return;
    }
    const file = path.join(folders[chosen], 'node.exe');
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeExited,${GET}` }]);
    expect(errors[0]?.message).toContain(`(${seen(file)}) ended with exit status 3`);
  });
});

describe('a node.exe that is too old', () => {
  const file = () => path.join(folders.given, 'node.exe');
  const old = { category: 'NotInstalled', recommendedAction: expect.stringContaining('Node.js 20.19 or later') };

  beforeEach(async () => {
    await put(['given']);
    writeFileSync(`${file()}.version`, 'v14.21.3\n');
  });

  afterEach(() => rmSync(`${file()}.version`));

  test('is an error that says which version is needed', async () => {
    const { errors } = await callInFull(['given'], true);
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeNotFound,${GET}`, ...old }]);
    expect(errors[0]?.message).toBe(
      `The module needs Node.js 20.19 or later, but '${seen(file())}' is version 14.21.3.`,
    );
  });

  test('also in constrained language', async () => {
    const errors = await callInConstrained(['given']);
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeNotFound,${GET}`, ...old }]);
    expect(errors[0]?.message).toBe(
      `The module needs Node.js 20.19 or later, but '${seen(file())}' is version 14.21.3.`,
    );
  });
});

test('where Windows is, which decides what Winsock loads, Windows says and no variable', async () => {
  await bench.import({});
  const facts = await startFacts(path.dirname(bench.manifest), () =>
    bench.run(`
      $kept = $env:SystemRoot, $env:windir, $env:SystemDrive
      $env:SystemRoot = $env:windir = 'Z:\\evil'; $env:SystemDrive = 'Z:'
      try { ${CALL} } finally { $env:SystemRoot, $env:windir, $env:SystemDrive = $kept }`),
  );
  expect(facts.environment).toMatchObject({
    SystemRoot: 'C:\\windows',
    windir: 'C:\\windows',
    SystemDrive: 'C:',
    PATH: 'C:\\windows\\system32',
  });
});

/** Returns a path in the form of the bench's results, in which paths of this system are translated back. */
function seen(file: string): string {
  const drive = path.join(PREFIX, 'drive_c');
  return file.startsWith(drive) ? `C:${file.slice(drive.length).replaceAll('/', '\\')}` : file;
}
