// Measures the memory of an engine and of its bridge during a pipeline: after the first records, and after the last; in
// MB.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/setup.mjs';
import { engineEnvironment } from './pwsh.mjs';

const SCRIPT = path.join(root, 'bench', 'engine', 'stream.ps1');

export async function measureStream({ engine, manifest, memory }, { rounds, records, early }, samples) {
  const settings = path.join(root, 'build', 'bench', 'stream.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  writeFileSync(
    settings,
    JSON.stringify({ manifest, library: memory.library, node: process.execPath, records, early }),
  );
  for (let round = 0; round < rounds; round += 1) {
    const [atFirst, atEnd] = await memoryOf(engine, settings);
    for (const of of ['engine', 'objects', 'program']) {
      samples.add(`stream-${of}`, 'dllet', atEnd[of]);
      samples.add(`stream-${of}`, 'dllet, after 100,000', atFirst[of]);
    }
  }
}

/** Runs the script in a separate engine. It prints a line of JSON for each of the two. */
async function memoryOf(engine, settings) {
  const child = spawn(engine, ['-NoProfile', '-NonInteractive', '-File', SCRIPT, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: engineEnvironment('stream'),
  });
  const ended = once(child, 'close');
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) output += text;
  const [status] = await ended;
  const lines = output.trim().split('\n');
  if (status !== 0 || lines.length !== 2) throw new Error(`the engine's script failed (status ${status}):\n${output}`);
  return lines.map((line) => JSON.parse(line));
}
