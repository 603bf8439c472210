/** The verification on Windows: the module's script, node.exe, the Windows DLL, and a PowerShell started by node. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive, MODULE, makeModule, quoted } from '../support/powershell-module.js';
import { nodeExe } from './packages.js';
import { installAddon } from './powershell/module-bench.js';
import { processesWith } from './powershell/processes.js';
import { copyStandIn } from './powershell/standin-build.js';
import { HOST } from './prepare.js';
import { runWindows, type WindowsRun, windowsPath } from './wine.js';

/** .NET's write protection of compiled code (W^X) does not work in Wine. */
const DOTNET = { DOTNET_EnableWriteXorExecute: '0' };

let root = '';
let folder = '';

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'dllet verify '));
  folder = path.join(root, MODULE);
  await makeModule(folder);
  installAddon(folder);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Dry {
  readonly report: string;
  readonly library: string;
  left(): string[];
}

function dryRun(name: string): Dry {
  const library = copyStandIn(path.join(root, name), { state: '' });
  return {
    library,
    report: path.join(root, `${name}.md`),
    left: () => readFileSync(`${library}.state`, 'utf8').split('\n').filter(Boolean),
  };
}

/**
 * Runs the module's script in a PowerShell. In Wine, about one run in twenty hangs after the step 'Lookup as a normal
 * user'. Only such a run is killed and repeated; the result of a finished run is never replaced.
 */
async function runScript(dry: Dry): Promise<WindowsRun> {
  const run = await runScriptOnce(dry);
  if (run.status !== null) return run;
  process.stderr.write(`A verification in Wine did not end, and is done again. It said:\n${run.stdout}${run.stderr}\n`);
  return runScriptOnce(dry);
}

function runScriptOnce({ report, library }: Dry): Promise<WindowsRun> {
  const script = windowsPath(path.join(folder, `${MODULE}.Verification.ps1`));
  const options = { NodePath: nodeExe(22), LibraryPath: library, Report: report, PowerShellPath: HOST };
  const args = Object.entries(options).map(([name, file]) => `-${name} ${quoted(windowsPath(file))}`);
  const input = `& ${quoted(script)} ${args.join(' ')}; exit $LASTEXITCODE\n`;
  return runWindows(HOST, [], { input, environment: DOTNET, timeoutMs: 1000 * 50 });
}

/** Runs the program alone, in the older node. */
function runProgram({ report, library }: Dry): Promise<WindowsRun> {
  const program = path.join(folder, 'bin', 'verify.cjs');
  const args = [program, '--library', library, '--report', report];
  return runWindows(
    nodeExe(20),
    args.map((one) => (one.startsWith('/') ? windowsPath(one) : one)),
  );
}

test('the script of the module: a good report about everything that can be asked here, and nothing is left', async () => {
  const dry = dryRun('whole');
  const { status, stdout, stderr } = await runScript(dry);
  expect(`${stdout}${stderr}`).toContain('The report is in');
  const report = readFileSync(dry.report, 'utf8');
  expect(dry.left()).toEqual([]);
  expect(report).toMatch(/\| System \| [^|]*Windows[^|]*x64 \|/);
  expect(report).toContain('| Elevated | yes |');
  expect(report).toMatch(/\| Display language \| \w+.*, OEM code page \d+ \|/);
  // The whole contract, including the results for an ordinary user, in a thread with a restricted token.
  expect(report).toContain('94 held, 0 deviated, 0 left out.');
  expect(report).toContain('| Lookup as a normal user, udp, an existing block | 0 (it succeeds) | 0 (it succeeds) |');
  expect(report).toContain('| NULL for Token, Lookup of an existing block | answer 87 |');
  expect(report).toMatch(/\*Token after create of a block that overlaps, udp \| left as it was, answer 32/);
  expect(report).toMatch(/Create of a block that ends at 65535, tcp \| 0 \(it succeeds\)/);
  // Wine's sockets ignore reservations, and everyone may bind. Its netsh prints nothing, which is not the same as "no
  // rows".
  expect(report).toMatch(/Bind with the token to port 0, udp, IPv4 \| ASSOCIATE 10045/);
  expect(report).toMatch(/Bind without the token, tcp, IPv6 \| 0 \(it succeeds\) \| 10013 \(\*\*different\*\*\)/);
  expect(report).toMatch(/ASSOCIATE with the token of a deleted block, udp \| 10045/);
  expect(report).toMatch(/How netsh shows the Create-made block .*, udp \| IPv4 Tcp Active: unreadable/);
  expect(report).toContain('measured only with --with-netsh-block');
  expect(report).toContain('> netsh interface ipv6 show excludedportrange protocol=udp store=persistent');
  // The cmdlets ran in a PowerShell that node.exe started.
  expect(report).toMatch(/### Core \d+\.\d+/);
  expect(report).toContain('17 held, 0 deviated, 0 left out.');
  expect(report).toMatch(/\*\*Good\*\*/);
  expect(status).toBe(0);
});

test('a verification that is killed in the middle: its guard deletes what was reserved', async () => {
  const dry = dryRun('killed');
  const run = runProgram(dry);
  let pid: number | undefined;
  while (pid === undefined) {
    await delay(5);
    [pid] = processesWith('node.exe', 'verify.cjs', 'killed.md');
  }
  let held: number | undefined;
  // Stopped while something is reserved.
  for (let tries = 0; tries < 5000 && held === undefined && isAlive(pid); tries++) {
    await delay(2);
    process.kill(pid, 'SIGSTOP');
    if (dry.left().length > 0) held = pid;
    else process.kill(pid, 'SIGCONT');
  }
  expect(held, 'something was reserved').toBeDefined();
  process.kill(held as number, 'SIGKILL');
  await run;
  expect(existsSync(dry.report)).toBe(false);
  for (let tries = 0; tries < 500 && dry.left().length > 0; tries++) await delay(20);
  expect(dry.left()).toEqual([]);
});
