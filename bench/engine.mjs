// Runs the measurements inside one engine, with engine/measure.ps1, and collects its samples.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../scripts/setup.mjs';
import { engineEnvironment } from './pwsh.mjs';

const SCRIPT = path.join(root, 'bench', 'engine', 'measure.ps1');
const IN_ENGINE = ['import', 'warm-first-token', 'scalar', 'pipeline'];

/** `onProgress` gets the name of each measurement when it begins. */
export async function measureInEngine(setup, { repetitions, wants }, samples, onProgress) {
  const settings = path.join(root, 'build', 'bench', 'settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  const wanted = IN_ENGINE.filter(wants);
  if (wanted.length === 0) return;
  writeFileSync(settings, JSON.stringify({ ...setup, node: process.execPath, repetitions, wanted }));
  const child = spawn(setup.engine, ['-NoProfile', '-NonInteractive', '-File', SCRIPT, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: engineEnvironment('warm'),
  });
  const ended = once(child, 'close');
  let isFinished = false;
  const strays = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, first, second, third] = line.split('\t');
    if (kind === 'sample') samples.add(first, second, Number(third));
    else if (kind === 'begin') onProgress(first);
    else if (kind === 'finished') isFinished = true;
    else strays.push(line);
  }
  const [status] = await ended;
  if (status !== 0 || !isFinished)
    throw new Error(`the engine's script failed (status ${status}):\n${strays.join('\n')}`);
}
