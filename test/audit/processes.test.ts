/** Several processes that write to one file at the same time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../support/directories.js';

const WORKERS = 8;
const RECORDS = 200;

it('lose nothing and mix nothing, and each keeps its order', async () => {
  const directory = temporaryDirectory();
  const program = path.join(directory, 'worker.cjs');
  const file = path.join(directory, 'audit.jsonl');
  const entry = fileURLToPath(new URL('./support/worker.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'cjs' });
  const ends = Array.from({ length: WORKERS }, (_, worker) =>
    once(spawn(process.execPath, [program, file, String(worker), String(RECORDS)], { stdio: 'inherit' }), 'exit'),
  );
  for (const [status] of await Promise.all(ends)) expect(status).toBe(0);

  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(WORKERS * RECORDS);
  const found = lines.map((line) => (JSON.parse(line) as { reason: string }).reason.split(':'));
  for (let worker = 0; worker < WORKERS; worker += 1) {
    const own = found.filter(([by]) => Number(by) === worker);
    expect(own.map(([, index]) => Number(index))).toEqual(Array.from({ length: RECORDS }, (_, index) => index));
    expect(own.every(([, index, fill]) => fill?.length === (Number(index) * 997) % 9000)).toBe(true);
  }
});
