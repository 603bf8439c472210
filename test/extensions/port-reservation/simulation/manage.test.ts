import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  excludeInSimulation,
  resetSimulation,
  restartSimulation,
  showSimulation,
} from '../../../../src/extensions/port-reservation/simulation/manage.js';
import { serializeState } from '../../../../src/extensions/port-reservation/simulation/state-format.js';
import {
  countingTokens,
  freshStateFile,
  reservation,
  temporaryDirectory,
} from '../../../simulation/support/fixtures.js';

const reservations = [reservation('tcp', 80, 1, 2n ** 64n - 1n), reservation('udp', 5000, 20, 11n)];
const records = [
  { pool: 'tcp', startPort: 80, numberOfPorts: 1, token: '18446744073709551615' },
  { pool: 'udp', startPort: 5000, numberOfPorts: 20, token: '11' },
];

function stateFileWith(text = serializeState({ restarts: 3, reservations })): string {
  const path = freshStateFile();
  mkdirSync(dirname(path));
  writeFileSync(path, text);
  return path;
}

describe('show', () => {
  it('gives plain data', async () => {
    const stateFile = stateFileWith();
    const report = await showSimulation(stateFile);
    expect(report).toEqual({ stateFile, restarts: 3, reservations: records });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('shows a fresh machine when there is no file, and makes none', async () => {
    const stateFile = freshStateFile();
    expect(await showSimulation(stateFile)).toEqual({ stateFile, restarts: 0, reservations: [] });
    expect(existsSync(dirname(stateFile))).toBe(false);
  });

  it('rejects a damaged file', async () => {
    await expect(showSimulation(stateFileWith('{}'))).rejects.toMatchObject({ id: 'SimulationStateInvalid' });
  });
});

describe('reset', () => {
  it('removes the state and says what it was', async () => {
    const stateFile = stateFileWith();
    expect(await resetSimulation(stateFile)).toEqual({ stateFile, found: 'state', restarts: 3, reservations: records });
    expect(readdirSync(dirname(stateFile))).toEqual([]);
    expect(await showSimulation(stateFile)).toMatchObject({ restarts: 0, reservations: [] });
  });

  it('removes a damaged file and says what was wrong with it', async () => {
    const stateFile = stateFileWith('');
    expect(await resetSimulation(stateFile)).toEqual({ stateFile, found: 'damaged', reason: 'it is empty' });
    expect(readdirSync(dirname(stateFile))).toEqual([]);
  });

  it('finds nothing when there is nothing', async () => {
    const stateFile = freshStateFile();
    expect(await resetSimulation(stateFile)).toEqual({ stateFile, found: 'nothing' });
    expect(existsSync(dirname(stateFile))).toBe(false);
    mkdirSync(dirname(stateFile));
    expect(await resetSimulation(stateFile)).toEqual({ stateFile, found: 'nothing' });
  });

  it('removes what interrupted writes left, and nothing else', async () => {
    const stateFile = stateFileWith();
    for (const name of ['simulation.json.1234567890', 'simulation.json.bak', 'simulation.json.12x', 'other.123']) {
      writeFileSync(join(dirname(stateFile), name), '');
    }
    await resetSimulation(stateFile);
    expect(readdirSync(dirname(stateFile)).sort()).toEqual(['other.123', 'simulation.json.12x', 'simulation.json.bak']);
  });

  it('does not remove what is no file', async () => {
    await expect(resetSimulation(temporaryDirectory())).rejects.toMatchObject({ id: 'SimulationStateUnavailable' });
  });
});

describe('restart', () => {
  it('keeps the blocks and changes every token', async () => {
    const stateFile = stateFileWith();
    const report = await restartSimulation(stateFile, countingTokens(10n));
    expect(report).toEqual({
      stateFile,
      restarts: 4,
      reservations: [
        { ...records[0], token: expect.stringMatching(/^\d+$/) },
        { ...records[1], token: expect.stringMatching(/^\d+$/) },
      ],
    });
    const before = records.map(({ token }) => token);
    for (const { token } of report.reservations) expect(before).not.toContain(token);
    expect(await showSimulation(stateFile)).toEqual(report);
  });

  it('counts on a fresh machine too', async () => {
    const stateFile = freshStateFile();
    expect(await restartSimulation(stateFile)).toEqual({ stateFile, restarts: 1, reservations: [] });
    expect(await restartSimulation(stateFile)).toMatchObject({ restarts: 2 });
  });

  it('rejects a damaged file', async () => {
    await expect(restartSimulation(stateFileWith('{}'))).rejects.toMatchObject({ id: 'SimulationStateInvalid' });
  });
});

describe('exclude', () => {
  const administered = { pool: 'tcp', startPort: 50_000, numberOfPorts: 60, administered: true } as const;

  it('adds a range to a fresh machine, and to one that has some', async () => {
    const stateFile = freshStateFile();
    const first = await excludeInSimulation(stateFile, administered);
    expect(first).toEqual({ stateFile, restarts: 0, reservations: [], exclusions: [administered] });
    const plain = { ...administered, pool: 'udp', administered: false } as const;
    const second = await excludeInSimulation(stateFile, plain);
    expect(second.exclusions).toEqual([administered, plain]);
    expect(await showSimulation(stateFile)).toEqual(second);
  });

  it('keeps the reservations, and survives a restart and whatever else changes the state', async () => {
    const stateFile = stateFileWith();
    expect(await excludeInSimulation(stateFile, administered)).toMatchObject({ restarts: 3, reservations: records });
    expect(await restartSimulation(stateFile)).toMatchObject({ restarts: 4, exclusions: [administered] });
    expect(await resetSimulation(stateFile)).toMatchObject({ found: 'state', exclusions: [administered] });
    expect(await showSimulation(stateFile)).not.toHaveProperty('exclusions');
  });

  it.each([
    ['the same', 50_000, 60],
    ['one inside', 50_030, 1],
    ['one around', 49_990, 100],
    ['the last port', 50_059, 10],
  ])('refuses a range that overlaps one of the table: %s', async (_name, startPort, numberOfPorts) => {
    const stateFile = freshStateFile();
    await excludeInSimulation(stateFile, administered);
    await expect(excludeInSimulation(stateFile, { ...administered, startPort, numberOfPorts })).rejects.toMatchObject({
      id: 'PortRangeInUse',
      message:
        numberOfPorts === 1
          ? `TCP port ${startPort} overlaps a range that is already excluded.`
          : `TCP ports ${startPort}-${startPort + numberOfPorts - 1} overlap a range that is already excluded.`,
    });
    expect(await showSimulation(stateFile)).toMatchObject({ exclusions: [administered] });
  });

  it('takes neighbours and the same ports of the other protocol', async () => {
    const stateFile = freshStateFile();
    for (const more of [{}, { startPort: 50_060 }, { startPort: 49_940 }, { pool: 'udp' as const }]) {
      await excludeInSimulation(stateFile, { ...administered, ...more });
    }
    expect((await showSimulation(stateFile)).exclusions).toHaveLength(4);
  });

  it('rejects a damaged file', async () => {
    await expect(excludeInSimulation(stateFileWith('{}'), administered)).rejects.toMatchObject({
      id: 'SimulationStateInvalid',
    });
  });
});
