import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MemoryBytes } from '../../../src/winmd/byte-source.js';
import { MetadataError } from '../../../src/winmd/metadata-error.js';
import { openWinmd } from '../../../src/winmd/open-winmd.js';
import { metadataOfPackage } from '../../../src/winmd/package-file.js';
import { Winmd } from '../../../src/winmd/winmd.js';
import { ROOT } from '../../support/cli.js';
import { temporaryDirectory } from '../../support/directories.js';
import { factsOf } from '../../support/winmd-facts.js';
import { packageOf, smallWinmd } from '../../support/winmd-small.js';

const readWinmd = (bytes: Buffer) => factsOf(new Winmd(new MemoryBytes('small.winmd', bytes)));
const readPackage = (bytes: Buffer) => factsOf(new Winmd(metadataOfPackage(new MemoryBytes('small.nupkg', bytes))));

/** Returns what was read, or the error. Every other error fails the test. */
function attempt(read: (bytes: Buffer) => object, bytes: Buffer): object {
  const startedAt = performance.now();
  let result: object;
  try {
    result = read(bytes);
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    result = error;
  }
  expect(performance.now() - startedAt).toBeLessThan(5000);
  return result;
}

/** Random numbers that a seed repeats (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Values that often decide something. */
const TELLING = [0, 1, 0x7f, 0x80, 0xff];

const seed = Number(process.env.DLLET_FUZZ_SEED ?? Date.now() % 1_000_000);

describe.each<[string, Buffer, (bytes: Buffer) => object]>([
  ['a .winmd file', smallWinmd(), readWinmd],
  ['a package', packageOf(smallWinmd()), readPackage],
  ['a package that is not compressed', packageOf(smallWinmd(), { level: 0 }), readPackage],
])('%s', (_name, whole, read) => {
  it('is read', () => {
    expect(read(whole)).toEqual(readWinmd(smallWinmd()));
  });

  it('is an error wherever it is cut off', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(attempt(read, whole.subarray(0, length)), `${length} bytes`).toBeInstanceOf(MetadataError);
    }
  });

  it(`is read or is an error with wrong bytes (seed ${seed})`, { timeout: 120_000 }, () => {
    const next = random(seed);
    for (let round = 0; round < 1000; round++) {
      const damaged = Buffer.from(whole);
      for (let count = next(4); count >= 0; count--) {
        damaged[next(damaged.length)] = next(2) ? next(256) : (TELLING[next(TELLING.length)] as number);
      }
      attempt(read, damaged);
    }
  });
});

it('reads a .winmd file with any byte set to 0 or 255, or says that it is wrong', { timeout: 120_000 }, () => {
  const whole = smallWinmd();
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 0xff]) {
      const damaged = Buffer.from(whole);
      damaged[at] = value;
      attempt(readWinmd, damaged);
    }
  }
});

const SAMPLES = path.join(ROOT, '..', 'shared', 'data', 'winmd');

describe.skipIf(!existsSync(SAMPLES))('the sample files (../shared/data/winmd)', () => {
  const small = (existsSync(SAMPLES) ? readdirSync(SAMPLES) : [])
    .map((name) => path.join(SAMPLES, name))
    .filter((file) => file.endsWith('.winmd') && statSync(file).size < 10_000);

  it.each(small.map((file) => [path.basename(file), file]))('%s is an error wherever it is cut off', (_name, file) => {
    const whole = readFileSync(file);
    for (let length = 0; length < whole.length; length++) {
      expect(attempt(readWinmd, whole.subarray(0, length)), `${length} bytes`).toBeInstanceOf(MetadataError);
    }
  });
});

const twoFiles = () => Buffer.from(zipSync({ 'a.winmd': smallWinmd(), 'lib/b.WINMD': smallWinmd() }));
const zipWithout = () => Buffer.from(zipSync({ 'a.txt': smallWinmd() }));

describe('errors', () => {
  const message = (read: () => unknown) => {
    try {
      read();
    } catch (error) {
      if (error instanceof MetadataError) return `${error.message} | ${error.recommendedAction}`;
    }
    return 'none';
  };
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = smallWinmd();
    change(bytes);
    return message(() => readWinmd(bytes));
  };
  /** Finds a text in the file and writes another over it. */
  const replaced = (from: string, to: string) => changed((bytes) => bytes.write(to, bytes.indexOf(from), 'latin1'));

  it.each<[string, string, RegExp]>([
    ['no image', replaced('MZ', 'ZM'), /^small\.winmd, at byte 0: the file does not start as a PE image does/],
    ['no root', replaced('BSJB', 'BSJC'), /at byte \d+: the metadata root does not start with BSJB/],
    ['no tables', replaced('#~', '#x'), /it has no tables \(#~\)/],
    ['tables of another kind', replaced('#~', '#-'), /its tables are not optimized \(#-\)/],
    ['a name that is no text', replaced('OpenThing', '\xff\xfe'), /a name is no UTF-8 text/],
    [
      'native code',
      changed((bytes) => bytes.fill(0, 0x98 + 96 + 14 * 8, 0x98 + 96 + 15 * 8)),
      /the image has no CLI header, so it is native code.*\| Give a \.winmd file/,
    ],
    ['several files', message(() => readPackage(twoFiles())), /several \.winmd files: .*\| Extract it, and give one/],
    ['none', message(() => readPackage(zipWithout())), /the package contains no \.winmd file/],
  ])('%s', (_name, text, expected) => {
    expect(text).toMatch(expected);
  });

  it('a package whose file would be larger than deflate can make of it', () => {
    const bomb = packageOf(Buffer.alloc(100_000));
    const record = bomb.lastIndexOf('Sample.winmd') - 46;
    bomb.writeUInt32LE(250_000_000, record + 24);
    expect(message(() => readPackage(bomb))).toMatch(/would have 250000000 bytes, made of \d+/);
    bomb.writeUInt32LE(50_000, record + 24);
    expect(message(() => readPackage(bomb))).toMatch(/cannot be unpacked to 50000 bytes/);
    bomb.writeUInt32LE(100_001, record + 24);
    expect(message(() => readPackage(bomb))).toMatch(/has 100000 bytes, and not 100001/);
  });

  it('a wrong checksum', () => {
    const bytes = packageOf(smallWinmd(), { level: 0 });
    bytes.write('CloseThinG', bytes.indexOf('CloseThing'));
    expect(message(() => readPackage(bytes))).toMatch(/the checksum of Sample\.winmd is wrong/);
  });

  it('a folder, an empty file, and one that is not there', () => {
    const directory = temporaryDirectory();
    const empty = path.join(directory, 'empty.winmd');
    writeFileSync(empty, '');
    expect(message(() => openWinmd(directory))).toMatch(/it is not a file/);
    expect(message(() => openWinmd(empty))).toMatch(/the first two bytes .* past the end of the file, which has 0/);
    expect(() => openWinmd(path.join(directory, 'none.winmd'))).toThrow(/ENOENT/);
  });
});
