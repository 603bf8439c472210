/**
 * A thousand faults of the bridge, drawn at random: each gives exactly the error that it must, or none where it must not
 * be seen; the next command works; nothing is reserved twice; no process is left over. Every other engine's commands run in
 * constrained language, where the errors are the same.
 *
 * DLLET_FAULT_SEED repeats a run, DLLET_FAULTS sets how many.
 */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFaultBridge } from '../support/fault-bridge/build.js';
import { FAULTS } from '../support/fault-bridge/faults.js';
import { drawRounds, isKill } from '../support/fault-bridge/rounds.js';
import { Victim } from '../support/fault-bridge/victim.js';

const COUNT = Number(process.env.DLLET_FAULTS ?? 1000);
/** More of them wait less for the faults that take seconds, but each takes seconds to start. */
const ENGINES = 2;
const SEED = Number(process.env.DLLET_FAULT_SEED ?? Date.now() % 2 ** 31);

describe.skipIf(process.platform === 'win32')(`${COUNT} faults in ${ENGINES} engines at once (seed ${SEED})`, () => {
  const shares = Array.from({ length: ENGINES }, (_, engine) => drawRounds(SEED + engine, COUNT / ENGINES));
  const victims = shares.map(() => new Victim());
  const directories: string[] = [];

  beforeAll(async () => {
    const bridge = await buildFaultBridge();
    await Promise.all(
      victims.map((victim, index) =>
        victim.open(bridge, shares[index] ?? [], index % 2 === 1 ? 'constrained' : 'full'),
      ),
    );
    directories.push(...victims.map((victim) => victim.bench.directory));
  });

  afterAll(() => Promise.all(victims.map((victim) => victim.bench.close())));

  test.skipIf(COUNT < 1000)('every kind of fault is among them, and 200 times or more the bridge is killed', () => {
    const names = shares.flat().map((round) => round.name);
    expect(new Set(names)).toEqual(new Set(Object.keys(FAULTS)));
    expect(names.filter(isKill).length).toBeGreaterThanOrEqual(200);
  });

  test.concurrent.for(shares.map((rounds, index) => ({ rounds, engine: `${index}` })))(
    'engine $engine: one right error each, and the next command works',
    { timeout: 1000 * 60 * 15 },
    async ({ rounds, engine }) => {
      for (const [number, round] of rounds.entries()) {
        await victims[Number(engine)]?.suffer(round).catch((cause: Error) => {
          const what = `${round.name}, ${round.verb} of ${round.ports.length}, call ${round.at}`;
          cause.message = `seed ${SEED}, engine ${engine}, fault ${number} (${what}): ${cause.message}`;
          throw cause;
        });
      }
    },
  );

  test('nothing is reserved twice, and what was answered is what is there', async () => {
    for (const victim of victims) victim.expectState();
  });

  test('no process is left over', async () => {
    await Promise.all(victims.map((victim) => victim.bench.close()));
    expect(processesOf(directories)).toEqual([]);
  });
});

/** Command lines of processes that have one of the folders in it; every bridge has, as its script lies there. */
function processesOf(folders: readonly string[]): string[] {
  const lines = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' }).stdout.split('\n');
  return lines.filter((line) => folders.some((folder) => line.includes(folder)));
}
