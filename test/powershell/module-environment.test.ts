/** What of the session reaches the program: of its environment nothing that could change it, nor its folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { copyStandIn } from '../standin/build.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { type StartFacts, startFacts } from '../support/dump-program.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';
import { HAZARDS, setTricks, type Trick } from '../support/session-environment.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const CALL = `(${GET} 5000 20).Token`;

/** The variables that the program needs; it gets no others. */
const NEEDED =
  /^(HOME|TMPDIR|LANG|LC_ALL|XDG_STATE_HOME|TZ|PATH|SystemRoot|SystemDrive|windir|TEMP|TMP|USERPROFILE|LOCALAPPDATA|APPDATA|ProgramData)$/i;

/** Made by the shell that stands in for node here, and by Wine. */
const OF_THE_BENCH = /^(PWD|OLDPWD|SHLVL|_|WINE\w*)$/;

const bench = useModule();
let library = '';
let preloadDirectory: string | undefined;
let major = 0;
const moduleDirectory = () => path.dirname(bench.manifest);

beforeAll(async () => {
  library = copyStandIn(path.join(bench.directory, 'library'), { state: 'udp 5000 20 77\n' });
  await openConstrained(bench);
  const options = { NodePath: bench.node, LibraryPath: library };
  expect((await runConstrained(bench, bench.importLine(options))).errors).toEqual([]);
  const { output } = await bench.run(childScript(["'--version'"]));
  major = Number(/^v(\d+)\./.exec(String(output[0]?.value))?.[1]);
  expect(major).toBeGreaterThanOrEqual(20);
});

afterAll(() => {
  if (preloadDirectory !== undefined) rmSync(preloadDirectory, { recursive: true });
});

/** A script with these variables in the environment of the session, as they were before when it has ended. */
function withVariables(variables: Readonly<Record<string, string>>, script: string): string {
  const set = Object.entries(variables).map(([name, value]) => `$env:${name} = ${quoted(value)}`);
  const restore = Object.keys(variables).map((name) => `$env:${name} = $null`);
  return `try { ${set.join('; ')}\n${script}\n} finally { ${restore.join('; ')} }`;
}

/** Starts node as a careless program would: with the environment of the session. Emits its output and its status. */
function childScript(args: readonly string[]): string {
  const node = bench.native(bench.node);
  return `
    $start = [System.Diagnostics.ProcessStartInfo]::new(${quoted(node)}, [string[]] @(${args.join(', ')}))
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true; $start.RedirectStandardOutput = $true; $start.RedirectStandardError = $true
    $child = [System.Diagnostics.Process]::Start($start)
    $child.StandardInput.Dispose(); $null = $child.StandardError.ReadToEndAsync()
    $child.StandardOutput.ReadToEnd(); $child.WaitForExit(); $child.ExitCode`;
}

/** Runs a script in a session of that language. */
const LANGUAGES = {
  full: async (script: string) => {
    await bench.import({ LibraryPath: library });
    return bench.run(script);
  },
  constrained: (script: string) => runConstrained(bench, script),
};

describe.each(['full', 'constrained'] as const)('in %s language', (language) => {
  const run = LANGUAGES[language];
  let facts: StartFacts;
  let caller = '';
  let after: unknown[] = [];

  beforeAll(async () => {
    const here = quoted(bench.native(mkdtempSync(path.join(bench.directory, 'caller-'))));
    await bench.run(`[System.IO.Directory]::SetCurrentDirectory(${here})`);
    await run(
      language === 'full'
        ? `$null = $ExecutionContext.SessionState.Path.SetLocation(${here})`
        : `Push-Location -LiteralPath ${here}`,
    );
    // The call fails, because the program is none; what matters is what it was started with, and what is left of the session.
    const look = Object.keys(HAZARDS).map((name) => `$env:${name}`);
    const script = withVariables(
      { ...HAZARDS, DLLET_TEST_UNKNOWN: 'x' },
      `try { $null = ${CALL} } catch { $_ }; $PWD.Path; ${look.join('; ')}`,
    );
    facts = await startFacts(moduleDirectory(), async () => {
      const { output } = await run(script);
      after = output.map(toPlain).slice(-1 - look.length);
    });
    caller = here;
  });

  test.each(Object.keys(HAZARDS))('%s does not reach the program', (name) => {
    const names = Object.keys(facts.environment).map((one) => one.toLowerCase());
    expect(names).not.toContain(name.toLowerCase());
  });

  test('it works in a folder of its own, not in that of the caller', () => {
    expect(facts.directory).toBe(bench.native(path.join(moduleDirectory(), 'bin')));
  });

  // CREATE_NO_WINDOW: a separate, invisible console.
  test.runIf(bench.native('/') !== '/')('it has no window', () => {
    expect(facts.console).toEqual({ programs: 1, hasWindow: false });
  });

  test('what nobody knows does not reach it: there is a list of what does', () => {
    const names = Object.keys(facts.environment).filter((name) => !OF_THE_BENCH.test(name));
    expect(names.filter((name) => !NEEDED.test(name))).toEqual([]);
    expect(names.map((name) => name.toUpperCase())).toContain('PATH');
  });

  test('the session has all of it afterwards, and is where it was', () => {
    const [place, ...values] = after;
    expect(quoted(bench.native(String(place)))).toBe(caller);
    expect(values).toEqual(Object.values(HAZARDS));
  });

  describe('what leaves a mark', () => {
    let tricks: Trick[] = [];
    let answer: unknown[] = [];
    const variables = () => Object.fromEntries(tricks.map(({ variable, value }) => [variable, value]));
    const rows = ['NODE_OPTIONS', 'NODE_PATH', 'NODE_V8_COVERAGE', 'NODE_COMPILE_CACHE', 'LD_PRELOAD'];

    beforeAll(async () => {
      const folder = mkdtempSync(path.join(bench.directory, 'tricks-'));
      tricks = setTricks(folder, { native: (file) => bench.native(file), major, preload: preloadable() });
      const { output, errors } = await run(withVariables(variables(), CALL));
      expect(errors).toEqual([]);
      answer = output.map(toPlain);
      // The program ends with the module, and only then writes its coverage.
      if (language === 'full') await bench.import({ LibraryPath: library });
      else expect((await run(`Remove-Module ${MODULE}`)).errors).toEqual([]);
    });

    test('does not keep the program from answering', () => expect(answer).toEqual(['77']));

    test.for(rows)('%s leaves none', (name, { skip }) => {
      const trick = tricks.find(({ variable }) => variable === name);
      if (!trick) skip('neither this node nor this system knows it');
      else expect(trick.hasMark?.()).toBe(false);
    });

    // The same with the protection taken out: else the tests above would not show anything.
    test('leaves one in a child that inherits the environment, or ends it', async () => {
      const program = bench.native(path.join(moduleDirectory(), 'bin', 'dllet.cjs'));
      const child = childScript([quoted(program), "'serve'", "'--library'", quoted(bench.native(library))]);
      const { OPENSSL_CONF, ...survivable } = variables();
      const alive = await bench.run(withVariables(survivable, child));
      expect(alive.output.map(toPlain).at(-1)).toBe('0');
      const left = tricks.filter(({ hasMark }) => hasMark?.() === false).map(({ variable }) => variable);
      expect(left).toEqual([]);
      const dead = await bench.run(withVariables({ OPENSSL_CONF: OPENSSL_CONF as string }, child));
      expect(Number(dead.output.map(toPlain).at(-1))).not.toBe(0);
    });
  });
});

/** A library that leaves a mark when it is loaded, on Linux; the loader takes a blank in its path for the end of the path. */
function preloadable(): string | undefined {
  if (process.platform !== 'linux' || bench.native('/') !== '/') return undefined;
  preloadDirectory ??= mkdtempSync(path.join(tmpdir(), 'dllet-preload-'));
  const target = path.join(mkdtempSync(path.join(preloadDirectory, 'library-')), 'preload.so');
  const mark = `FILE *file = fopen(${JSON.stringify(`${target}.mark`)}, "w"); if (file) fclose(file);`;
  const input = `#include <stdio.h>\n__attribute__((constructor)) static void leave_mark(void) { ${mark} }\n`;
  execFileSync('gcc', ['-shared', '-fPIC', '-x', 'c', '-o', target, '-'], { input });
  return target;
}
