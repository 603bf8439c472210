import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { copyStandIn } from '../standin/build.js';
import { scratchDirectory } from './support.js';

const KOFFI = createRequire(import.meta.url).resolve('koffi');

/** Creates fifty blocks, one port each, from a first port that is given; plain JavaScript for a process of its own. */
const PROGRAM = `
  const [library, first] = process.argv.slice(1);
  const koffi = require(${JSON.stringify(KOFFI)});
  const create = koffi.load(library).func('CreatePersistentTcpPortReservation', 'uint32', ['uint16_be', 'uint16', 'void *']);
  for (let port = Number(first); port < Number(first) + 50; port += 1) {
    const code = create(port, 1, Buffer.alloc(8));
    if (code !== 0) throw new Error('create answered ' + code);
  }
`;

it('keeps the state file whole when several processes write to it', async () => {
  const library = copyStandIn(scratchDirectory(), { state: '' });
  const starts = [1000, 2000, 3000, 4000];
  await Promise.all(
    starts.map((first) => promisify(execFile)(process.execPath, ['-e', PROGRAM, library, String(first)])),
  );
  const lines = readFileSync(`${library}.state`, 'utf8').trimEnd().split('\n');
  const blocks = lines.map((line) => line.split(' ').slice(0, 3).join(' ')).sort();
  const expected = starts.flatMap((first) => Array.from({ length: 50 }, (_, index) => `tcp ${first + index} 1`));
  expect(blocks).toEqual(expected.sort());
  expect(new Set(lines.map((line) => line.split(' ')[3])).size).toBe(200);
});
