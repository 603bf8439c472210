import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resetSimulation, restartSimulation, showSimulation } from '../../src/simulation/manage.js';
import { serializeState } from '../../src/simulation/state-format.js';
import { countingTokens, freshStateFile, reservation, temporaryDirectory } from './support/fixtures.js';

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
