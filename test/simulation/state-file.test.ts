import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  parseState,
  type SimulationState,
  STATE_FORMAT,
  serializeState,
} from '../../src/extensions/port-reservation/simulation/state-format.js';
import { openStateFile } from '../../src/simulation/state-file.js';
import { withStateLock } from '../../src/simulation/state-lock.js';
import { createStateReader } from '../../src/simulation/state-reader.js';
import { freshStateFile, reservation, temporaryDirectory } from './support/fixtures.js';

const onPosix = describe.skipIf(process.platform === 'win32');
const asUser = it.skipIf(process.getuid?.() === 0);

const someState: SimulationState = { restarts: 1, reservations: [reservation('udp', 5000, 20, 11n)] };
const sameState = (state: SimulationState) => state;
const oneMoreRestart = (state: SimulationState) => ({
  state: { ...state, restarts: state.restarts + 1 },
  result: state.restarts + 1,
});

function writeStateFile(text = serializeState(someState)): string {
  const path = freshStateFile();
  mkdirSync(dirname(path));
  writeFileSync(path, text);
  return path;
}

describe('reading', () => {
  it('takes a missing file, and a missing directory, for a fresh machine and creates nothing', () => {
    const path = freshStateFile();
    expect(openStateFile(path, STATE_FORMAT).read(sameState)).toEqual({ restarts: 0, reservations: [] });
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('answers at once', () => {
    expect(openStateFile(writeStateFile(), STATE_FORMAT).read(sameState)).toEqual(someState);
  });

  it('sees what others write', () => {
    const path = freshStateFile();
    const file = openStateFile(path, STATE_FORMAT);
    expect(file.read((state) => state.restarts)).toBe(0);
    mkdirSync(dirname(path));
    for (const restarts of [7, 8, 9]) {
      writeFileSync(path, serializeState({ ...someState, restarts }));
      expect(file.read((state) => state.restarts)).toBe(restarts);
    }
  });

  it('does not read an unchanged file again', () => {
    const path = writeStateFile();
    utimesSync(path, 1_000_000, 1_000_000);
    const reader = createStateReader(path, STATE_FORMAT);
    const first = reader.read();
    expect(reader.read()).toBe(first);
    utimesSync(path, 1_000_001, 1_000_001);
    expect(reader.read()).not.toBe(first);
  });

  it('does not trust the time of a file that changed only just now', () => {
    const path = writeStateFile();
    const reader = createStateReader(path, STATE_FORMAT);
    const { mtime } = statSync(path);
    expect(reader.read()).toMatchObject({ state: { restarts: 1 } });
    // The same size, number and time: only the content differs.
    writeFileSync(path, serializeState({ ...someState, restarts: 2 }));
    utimesSync(path, mtime, mtime);
    expect(reader.read()).toMatchObject({ state: { restarts: 2 } });
  });

  it('names the file, what is wrong and the way out when the file is damaged', async () => {
    const path = writeStateFile('{"version":1');
    const file = openStateFile(path, STATE_FORMAT);
    const expected = {
      id: 'SimulationStateInvalid',
      category: 'InvalidData',
      message: expect.stringMatching(/is damaged: it is not JSON/),
      recommendedAction: expect.stringContaining(`dllet simulation reset --state ${path}`),
      data: { path, reason: expect.any(String) },
    };
    expect(() => file.read(sameState)).toThrow(expect.objectContaining(expected));
    await expect(file.update(oneMoreRestart)).rejects.toMatchObject(expected);
    expect(readFileSync(path, 'utf8')).toBe('{"version":1');
    expect(readdirSync(dirname(path))).toEqual(['simulation.json']);
  });

  it('quotes a path with spaces in the command that it recommends', () => {
    const path = join(temporaryDirectory(), 'my state.json');
    writeFileSync(path, '');
    expect(() => openStateFile(path, STATE_FORMAT).read(sameState)).toThrow(
      expect.objectContaining({ recommendedAction: expect.stringContaining(`--state "${path}"`) }),
    );
  });

  it('fails when the path is a directory', async () => {
    const path = temporaryDirectory();
    const expected = { id: 'SimulationStateUnavailable', message: expect.stringContaining('not a regular file') };
    expect(() => openStateFile(path, STATE_FORMAT).read(sameState)).toThrow(expect.objectContaining(expected));
    await expect(openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).rejects.toMatchObject(expected);
  });

  asUser('fails when the file may not be read', () => {
    const path = writeStateFile();
    chmodSync(path, 0);
    expect(() => openStateFile(path, STATE_FORMAT).read(sameState)).toThrow(
      expect.objectContaining({ id: 'SimulationStateUnavailable', category: 'PermissionDenied' }),
    );
  });
});

describe('updating', () => {
  it('creates directory and file, and leaves no lock behind', async () => {
    const path = freshStateFile();
    await expect(openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).resolves.toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(serializeState({ restarts: 1, reservations: [] }));
    expect(readdirSync(dirname(path))).toEqual(['simulation.json']);
  });

  it('touches nothing when nothing changes', async () => {
    const path = freshStateFile();
    await expect(openStateFile(path, STATE_FORMAT).update((state) => ({ state, result: 'none' }))).resolves.toBe(
      'none',
    );
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('loses nothing when many are asked for at once, of one object and of several', async () => {
    const path = freshStateFile();
    const files = [
      openStateFile(path, STATE_FORMAT),
      openStateFile(path, STATE_FORMAT),
      openStateFile(path, STATE_FORMAT),
    ];
    await Promise.all(files.flatMap((file) => Array.from({ length: 8 }, () => file.update(oneMoreRestart))));
    expect(openStateFile(path, STATE_FORMAT).read((state) => state.restarts)).toBe(24);
    expect(readdirSync(dirname(path))).toEqual(['simulation.json']);
  });

  it('keeps the order of what one object was asked for, reads included', async () => {
    const file = openStateFile(freshStateFile(), STATE_FORMAT);
    const restarts = (state: SimulationState) => state.restarts;
    const asked = [file.update(oneMoreRestart), file.read(restarts), file.update(oneMoreRestart), file.read(restarts)];
    expect(await Promise.all(asked)).toEqual([1, 1, 2, 2]);
    expect(file.read(restarts)).toBe(2);
  });

  it('goes on after a change that throws, and releases the lock', async () => {
    const path = writeStateFile();
    const file = openStateFile(path, STATE_FORMAT);
    let runs = 0;
    const broken = file.update((state) => {
      runs += 1;
      if (runs === 2) throw new Error('no');
      return oneMoreRestart(state);
    });
    await expect(broken).rejects.toThrow('no');
    await expect(file.update(oneMoreRestart)).resolves.toBe(2);
    expect(readdirSync(dirname(path))).toEqual(['simulation.json']);
  });

  it('starts again instead of writing over what came in although it held the lock', async () => {
    const path = writeStateFile();
    let runs = 0;
    await openStateFile(path, STATE_FORMAT).update((state) => {
      runs += 1;
      // Run 1 is without the lock, run 2 with it; between reading and writing another writer strikes.
      if (runs === 2) writeFileSync(path, serializeState({ ...someState, restarts: 41 }));
      return oneMoreRestart(state);
    });
    expect(runs).toBe(3);
    expect(parseState(readFileSync(path, 'utf8'))).toEqual({ kind: 'valid', state: { ...someState, restarts: 42 } });
  });

  it('gives up when the lock is lost every time', async () => {
    const path = writeStateFile();
    const thief = openStateFile(path, STATE_FORMAT).update((state) => {
      rmdirIfThere(`${path}.lock`);
      return oneMoreRestart(state);
    });
    await expect(thief).rejects.toMatchObject({ id: 'SimulationStateUnavailable' });
    expect(parseState(readFileSync(path, 'utf8'))).toEqual({ kind: 'valid', state: someState });
  });

  it('fails when there is a file in place of the directory', async () => {
    const path = join(writeStateFile(), 'simulation.json');
    await expect(openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).rejects.toMatchObject({
      id: 'SimulationStateUnavailable',
    });
  });

  it.runIf(process.platform === 'linux')('fails where the system denies a directory that is there', async () => {
    await expect(
      openStateFile('/proc/none/simulation.json', STATE_FORMAT).update(oneMoreRestart),
    ).rejects.toMatchObject({
      id: 'SimulationStateUnavailable',
      message: expect.stringContaining('cannot be created'),
    });
  });

  it('fails, and says where the lock is, when another process holds it for too long', async () => {
    const path = writeStateFile();
    const lock = `${path}.lock`;
    mkdirSync(lock);
    const nextHour = Date.now() / 1000 + 3_600;
    utimesSync(lock, nextHour, nextHour);
    let now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => {
      now += 2_000;
      return now;
    });
    onTestFinished(() => clock.mockRestore());
    await expect(openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).rejects.toMatchObject({
      id: 'SimulationStateUnavailable',
      category: 'ResourceBusy',
      recommendedAction: expect.stringContaining(lock),
    });
    expect(existsSync(lock)).toBe(true);
  });

  asUser('fails when the directory may not be written to', async () => {
    const path = writeStateFile();
    chmodSync(dirname(path), 0o500);
    onTestFinished(() => chmodSync(dirname(path), 0o700));
    await expect(openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).rejects.toMatchObject({
      id: 'SimulationStateUnavailable',
      category: 'PermissionDenied',
    });
  });
});

onPosix('what is created', () => {
  it('belongs to the user alone', async () => {
    const path = freshStateFile();
    await openStateFile(path, STATE_FORMAT).update(oneMoreRestart);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps the mode that somebody gave it', async () => {
    const path = writeStateFile();
    chmodSync(path, 0o640);
    await openStateFile(path, STATE_FORMAT).update(oneMoreRestart);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('stays where a link points to', async () => {
    const path = writeStateFile();
    const link = join(temporaryDirectory(), 'link.json');
    symlinkSync(path, link);
    const updates = [openStateFile(link, STATE_FORMAT), openStateFile(path, STATE_FORMAT)].flatMap((file) =>
      Array.from({ length: 4 }, () => file.update(oneMoreRestart)),
    );
    await Promise.all(updates);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(openStateFile(link, STATE_FORMAT).read((state) => state.restarts)).toBe(9);
    expect(readdirSync(dirname(link))).toEqual(['link.json']);
  });
});

describe('the lock', () => {
  it('whose date is in the future, or whose mark of a takeover has one, is that of a dead process once it stays the same', async () => {
    const path = writeStateFile();
    const nextYear = Date.now() / 1000 + 365 * 86_400;
    for (const directory of [`${path}.lock`, `${path}.lock.takeover`]) {
      mkdirSync(directory);
      utimesSync(directory, nextYear, nextYear);
    }
    const start = performance.now();
    expect(await openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).toBe(2);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(readdirSync(dirname(path))).toEqual(['simulation.json']);
  });

  it('whose date is in the future stays while its holder renews it', async () => {
    const path = writeStateFile();
    const lock = `${path}.lock`;
    mkdirSync(lock);
    let ahead = Date.now() / 1000 + 3_600;
    const renew = () => {
      ahead += 1;
      utimesSync(lock, ahead, ahead);
    };
    renew();
    const renewing = setInterval(renew, 500);
    const waiting = openStateFile(path, STATE_FORMAT).update(oneMoreRestart);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(openStateFile(path, STATE_FORMAT).read((state) => state.restarts)).toBe(1);
    clearInterval(renewing);
    rmdirSync(lock);
    expect(await waiting).toBe(2);
  });

  it('is one holder at a time', async () => {
    const path = writeStateFile();
    let holders = 0;
    const hold = () =>
      withStateLock(path, async (lock) => {
        holders += 1;
        expect(holders).toBe(1);
        expect(lock.isStillHeld()).toBe(true);
        await new Promise((resolve) => setTimeout(resolve, 2));
        holders -= 1;
      });
    await Promise.all([hold(), hold(), hold(), hold()]);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('notices when another has put its own in place', async () => {
    const path = writeStateFile();
    await withStateLock(path, async (lock) => {
      rmdirSync(`${path}.lock`);
      expect(lock.isStillHeld()).toBe(false);
      mkdirSync(`${path}.lock`);
      expect(lock.isStillHeld()).toBe(false);
    });
    expect(existsSync(`${path}.lock`)).toBe(true);
  });

  it('is taken over from the dead, also after one that died while it took over', async () => {
    const path = writeStateFile();
    for (const directory of [`${path}.lock`, `${path}.lock.takeover`]) {
      mkdirSync(directory);
      utimesSync(directory, 1_000_000, 1_000_000);
    }
    await expect(openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).resolves.toBe(2);
    expect(readdirSync(dirname(path))).toEqual(['simulation.json']);
  });

  it('fails when something else has its name', async () => {
    const path = writeStateFile();
    writeFileSync(`${path}.lock`, 'mine');
    utimesSync(`${path}.lock`, 1_000_000, 1_000_000);
    await expect(openStateFile(path, STATE_FORMAT).update(oneMoreRestart)).rejects.toMatchObject({
      id: 'SimulationStateUnavailable',
    });
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe('mine');
  });
});

function rmdirIfThere(path: string): void {
  if (existsSync(path)) rmdirSync(path);
}

describe('what killed writers leave', () => {
  const old = Date.now() / 1000 - 3_600;
  const leave = (path: string, name: string, date: number) => {
    writeFileSync(`${path}.${name}`, 'half');
    utimesSync(`${path}.${name}`, date, date);
  };

  it('is removed by the next change, with whatever date, and nothing else is', async () => {
    const path = writeStateFile();
    leave(path, '123', old);
    leave(path, '4294967295', old + 1_000_000);
    leave(path, '77', Date.now() / 1000);
    leave(path, 'bak', old);
    writeFileSync(join(dirname(path), 'other.json.123'), '');
    await openStateFile(path, STATE_FORMAT).update(oneMoreRestart);
    expect(readdirSync(dirname(path)).sort()).toEqual([
      'other.json.123',
      'simulation.json',
      'simulation.json.77',
      'simulation.json.bak',
    ]);
  });
});
