// Measurements inside one engine: runs engine/measure.ps1 and takes its samples as they come.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../scripts/setup.mjs';

const SCRIPT = path.join(root, 'bench', 'engine', 'measure.ps1');

/** Resolves with the facts that the engine tells about itself. `onProgress` gets the name of each measurement as it begins. */
export async function measureInEngine(setup, { repetitions, wants }, samples, onProgress) {
  const settings = path.join(root, 'build', 'bench', 'settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  const wanted = ['import', 'warm-first-token', 'scalar', 'pipeline'].filter(wants);
  writeFileSync(settings, JSON.stringify({ ...setup, node: process.execPath, repetitions, wanted }));
  const child = spawn(setup.engine, ['-NoProfile', '-NonInteractive', '-File', SCRIPT, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const facts = {};
  const strays = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, first, second, third] = line.split('\t');
    if (kind === 'sample') samples.add(first, second, Number(third));
    else if (kind === 'fact') facts[first] = second;
    else if (kind === 'begin') onProgress(first);
    else strays.push(line);
  }
  const [status] = await ended;
  if (status !== 0 || facts.finished !== 'yes')
    throw new Error(`the engine's script failed (status ${status}):\n${strays.join('\n')}`);
  return facts;
}
