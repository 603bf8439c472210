/** `bin/verify.cjs` of a module as users run it, over the stand-in: what it reports, and that nothing is ever left. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { generateModule } from '../../src/generator/generate.js';
import { installProgram } from '../../src/generator/program.js';
import { writeModule } from '../../src/generator/write.js';
import { buildStandIn, copyStandIn, type StandInSteering } from '../standin/build.js';
import { ROOT, runNode } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';
import { makeModule } from '../support/powershell-module.js';

let root = '';
let program = '';

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'dllet verify '));
  const directory = path.join(root, 'PersistentPortReservation');
  await makeModule(directory);
  program = path.join(directory, 'bin', 'verify.cjs');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Dry {
  readonly library: string;
  readonly report: string;
  readonly args: readonly string[];
  /** Lines of the stand-in's state. */
  left(): string[];
}

function dryRun(steering: StandInSteering = {}): Dry {
  const directory = temporaryDirectory();
  const library = copyStandIn(path.join(directory, 'library'), { state: '', ...steering });
  const report = path.join(directory, 'report.md');
  return {
    library,
    report,
    args: [program, '--library', library, '--report', report],
    left: () => readFileSync(`${library}.state`, 'utf8').split('\n').filter(Boolean),
  };
}

describe('a verification', () => {
  it('holds the contract against the library, asks the open points, and leaves nothing', async () => {
    const { args, report, left } = dryRun();
    const { status, stdout } = await runNode(args);
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(`Good. The report is in ${report}`);
    const text = readFileSync(report, 'utf8');
    expect(text).toMatch(/\*\*Good\*\*/);
    expect(text).toMatch(/9\d held, 0 deviated/);
    expect(text).toContain('| NULL for Token, Lookup of an existing block | answer 87 |');
    expect(text).toContain('*Token after create of a block that overlaps, tcp | left as it was, answer 32');
    expect(text).toContain('No PowerShell was found.');
    expect(left()).toEqual([]);
  });

  it('leaves alone what others have reserved, and finds room beside it', async () => {
    const others = ['udp 48900 100 5', 'tcp 48850 20 6', 'udp 65535 1 7'];
    const { args, report, left } = dryRun({ state: `${others.join('\n')}\n` });
    await runNode(args);
    expect(left().sort()).toEqual([...others].sort());
    expect(readFileSync(report, 'utf8')).toContain('creates a block that ends at port 65535 | deviated');
  });

  it.each([
    ['answers 5 to everybody', { unelevated: true }],
    ['fails all the time', { fail: 1450 }],
  ])('of a library that %s is not good, and says which cases deviate', async (_, steering) => {
    const { args, report, left } = dryRun(steering);
    const { status } = await runNode(args);
    expect(status).toBe(1);
    const text = readFileSync(report, 'utf8');
    expect(text).toMatch(/\*\*Not good\*\*/);
    expect(text).toMatch(/[1-9]\d* deviated/);
    expect(left()).toEqual([]);
  });

  it('shows neither the user nor the home folder', async () => {
    const { args, report } = dryRun();
    await runNode(args);
    const text = readFileSync(report, 'utf8').toLowerCase();
    for (const name of [userInfo().username, userInfo().homedir, hostname()]) {
      expect(text.split(/[^\w-]+/)).not.toContain(name.toLowerCase());
    }
  });

  it('works in the region that it is told', async () => {
    const { args, library } = dryRun({ record: true });
    await runNode([...args, '--region', '5000']);
    const raw = readFileSync(`${library}.record`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('Create'));
    const starts = raw.map((line) => Number(line.split(' ')[1])).map((port) => ((port & 0xff) << 8) | (port >> 8));
    const ordinary = starts.filter((port) => port > 2 && port < 65_000);
    expect(ordinary.length).toBeGreaterThan(50);
    for (const port of ordinary) expect(port).toBeGreaterThanOrEqual(5000);
    for (const port of ordinary) expect(port).toBeLessThan(5100);
  });

  it.each([[['--region', 'x']], [['--library', 'relative.so']], [['nonsense']], [['--nonsense']]])(
    'does nothing with wrong usage: %j',
    async (args) => {
      const { status, stderr } = await runNode([program, ...args]);
      expect([1, 2]).toContain(status);
      expect(stderr).toMatch(/\w/);
    },
  );
});

describe('a verification of another library', () => {
  it('diagnoses it and tries the module, and has no ports to ask about', async () => {
    const directory = path.join(root, 'AnyDll');
    const definition = await loadDefinition(path.join(ROOT, 'test', 'native', 'fixtures', 'any-dll.definition.json'));
    await writeModule(directory, generateModule(definition));
    await installProgram(directory, definition);
    const report = path.join(root, 'any.md');
    const { status } = await runNode([
      path.join(directory, 'bin', 'verify.cjs'),
      ...['--library', buildStandIn(), '--report', report],
    ]);
    expect(status).toBe(0);
    const text = readFileSync(report, 'utf8');
    expect(text).not.toMatch(/\bports?\b|netsh|reserved|reservations/i);
    for (const name of Object.keys(definition.functions)) expect(text).toContain(`| good | export | ${name} |`);
  });
});

describe('a verification that is ended from outside', () => {
  /** Starts one and stops it at a moment at which something is reserved. */
  async function startAndHold(dry: Dry): Promise<ChildProcess> {
    const child = spawn(process.execPath, dry.args, { stdio: 'ignore' });
    for (let tries = 0; tries < 2000; tries++) {
      await delay(2);
      if (child.exitCode !== null) break;
      child.kill('SIGSTOP');
      if (dry.left().length > 0) return child;
      child.kill('SIGCONT');
    }
    throw new Error('nothing was ever reserved');
  }

  async function expectEmpty(dry: Dry): Promise<void> {
    for (let tries = 0; tries < 250 && dry.left().length > 0; tries++) await delay(20);
    expect(dry.left()).toEqual([]);
  }

  it('leaves nothing when it is killed: the guard deletes it', async () => {
    const dry = dryRun();
    const child = await startAndHold(dry);
    expect(dry.left()).not.toEqual([]);
    child.kill('SIGKILL');
    await expectEmpty(dry);
    expect(existsSync(dry.report)).toBe(false);
  });

  it('cleans up and reports when it is interrupted', async () => {
    const dry = dryRun();
    const child = await startAndHold(dry);
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    child.kill('SIGCONT');
    expect(await gone).toBe(1);
    expect(readFileSync(dry.report, 'utf8')).toContain('it was interrupted (SIGINT)');
    expect(dry.left()).toEqual([]);
  });

  it('cleans up when the library begins to fail half way', async () => {
    const dry = dryRun();
    const child = await startAndHold(dry);
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    // Every call fails for a while, the deletes too.
    writeFileSync(`${dry.library}.fail`, '1450');
    child.kill('SIGCONT');
    await delay(100);
    rmSync(`${dry.library}.fail`);
    expect(await gone).toBe(1);
    await expectEmpty(dry);
  });
});
