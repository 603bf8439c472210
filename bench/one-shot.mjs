// Measures `dllet call`, compared with a node that does nothing, in milliseconds from start to exit.
import { spawnSync } from 'node:child_process';
import { bareEnvironment, LOOKUP } from './bridge.mjs';
import { interleave } from './samples.mjs';
import { BLOCK, TOKEN } from './setup.mjs';

/** In the environment of the bench, and in a minimal one, in which node starts faster. */
export async function measureOneShot({ program, state }, rounds, samples) {
  const call = [program, 'call', LOOKUP, JSON.stringify(BLOCK), '--library', state.library];
  const environments = { 'one-shot': process.env, 'one-shot-bare': bareEnvironment() };
  const contenders = Object.entries(environments).flatMap(([measurement, env]) => [
    { measurement, name: 'dllet', args: call, output: TOKEN, env },
    { measurement, name: 'bare node', args: ['-e', '0'], output: '', env },
  ]);
  await interleave(rounds, contenders, ({ measurement, name, args, output, env }) => {
    const started = performance.now();
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    const elapsed = performance.now() - started;
    if (status !== 0 || !stdout.includes(output)) throw new Error(`${name} failed: ${stdout}${stderr}`);
    samples.add(measurement, name, elapsed);
  });
}
