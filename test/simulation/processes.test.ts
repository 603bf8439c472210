import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulatedBackend } from '../../src/extensions/port-reservation/simulation/backend.js';
import { resetSimulation, showSimulation } from '../../src/extensions/port-reservation/simulation/manage.js';
import { parseState } from '../../src/extensions/port-reservation/simulation/state-format.js';
import { freshStateFile } from './support/fixtures.js';
import { simulatedOperation } from './support/operations.js';
import { buildWorker, startWorker } from './support/processes.js';

let directory: string;
let program: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dllet-worker-'));
  program = join(directory, 'worker.cjs');
  await buildWorker(program);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('several processes on one state file', () => {
  it('lose no update, and one of them alone gets what all want', async () => {
    const stateFile = freshStateFile();
    const workers = Array.from({ length: 6 }, (_, index) => startWorker(program, 'blocks', stateFile, String(index)));
    const results = await Promise.all(workers.map((worker) => worker.ended));
    for (const result of results) expect(result).toMatchObject({ status: 0, stderr: '' });

    const answers = results.flatMap(({ stdout }) =>
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')),
    );
    const own = answers.filter(([kind]) => kind === 'own');
    const contested = answers.filter(([kind]) => kind === 'contested');
    expect(own).toHaveLength(6 * 20);
    expect(own.every(([, returnValue]) => returnValue === '0')).toBe(true);
    expect(contested).toHaveLength(6 * 4);
    expect(contested.filter(([, returnValue]) => returnValue === '0')).toHaveLength(1);
    expect(contested.filter(([, returnValue]) => returnValue === '32')).toHaveLength(6 * 4 - 1);

    // Every token that a process received is in the file, and no other.
    const { reservations } = await showSimulation(stateFile);
    const told = answers.filter(([, returnValue]) => returnValue === '0').map(([, , token]) => token);
    expect(reservations.map(({ token }) => token).sort()).toEqual(told.sort());
    expect(readdirSync(dirname(stateFile))).toEqual(['simulation.json']);
  });

  it('never show a reader half a file', async () => {
    const stateFile = freshStateFile();
    const worker = startWorker(program, 'churn', stateFile, '0');
    await worker.printed(1);
    const backend = createSimulatedBackend({ stateFile });
    const seen = new Set<unknown>();
    for (let reads = 0; reads < 2_000; reads += 1) {
      const outcome = backend.call(simulatedOperation('lookup', 'udp'), churned);
      seen.add((await outcome).returnValue);
      if (reads % 20 === 0) await sleep(1);
    }
    worker.process.kill('SIGKILL');
    await worker.ended;
    expect([...seen].every((value) => value === 0 || value === 1168)).toBe(true);
  });
});

describe('a process that is killed while it writes', () => {
  it('leaves a valid file', async () => {
    const stateFile = freshStateFile();
    for (let kill = 0; kill < 8; kill += 1) {
      const worker = startWorker(program, 'churn', stateFile, '0');
      await worker.printed(2);
      await sleep(3 * kill);
      worker.process.kill('SIGKILL');
      expect((await worker.ended).signal).toBe('SIGKILL');
      expect(parseState(readFileSync(stateFile, 'utf8'))).toMatchObject({ kind: 'valid' });
      // What the next round would otherwise wait for; the tests below do wait.
      rmSync(`${stateFile}.lock`, { recursive: true, force: true });
      await createSimulatedBackend({ stateFile }).call(simulatedOperation('delete', 'udp'), churned);
    }
    await createSimulatedBackend({ stateFile }).call(simulatedOperation('create', 'udp'), churned);
    await resetSimulation(stateFile);
    expect(readdirSync(dirname(stateFile))).toEqual([]);
  });

  it('holds the others up for some seconds only', async () => {
    const stateFile = freshStateFile();
    mkdirSync(`${stateFile}.lock`, { recursive: true });
    const results = await Promise.all(
      [0, 1, 2].map((index) => startWorker(program, 'blocks', stateFile, String(index)).ended),
    );
    for (const result of results) expect(result).toMatchObject({ status: 0, stderr: '' });
    expect((await showSimulation(stateFile)).reservations).toHaveLength(3 * 20 + 1);
    expect(readdirSync(dirname(stateFile))).toEqual(['simulation.json']);
  });

  it('leaves a lock that many can find stale at once without losing an update', async () => {
    for (let round = 0; round < 15; round += 1) {
      const stateFile = freshStateFile();
      mkdirSync(`${stateFile}.lock`, { recursive: true });
      utimesSync(`${stateFile}.lock`, 1_000_000, 1_000_000);
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          createSimulatedBackend({ stateFile }).call(simulatedOperation('create', 'udp'), {
            StartPort: 1_000 + index,
            NumberOfPorts: 1,
          }),
        ),
      );
      expect(outcomes.map(({ returnValue }) => returnValue)).toEqual(Array(8).fill(0));
      expect((await showSimulation(stateFile)).reservations).toHaveLength(8);
    }
  });
});

/** The block that worker 0 churns. */
const churned = { StartPort: 1_000, NumberOfPorts: 10 };
