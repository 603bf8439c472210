// Measures cold scripts: a new PowerShell process imports a module, looks up blocks by pipeline and exits; in
// milliseconds from start to exit.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { bareEnvironment, timeToFirstReply } from './bridge.mjs';
import { contendersOf } from './cold-scripts.mjs';
import { engineEnvironment } from './pwsh.mjs';
import { interleave } from './samples.mjs';
import { TOKEN } from './setup.mjs';
import { median } from './statistics.mjs';

export const SIZES = [1, 1000, 10_000];

/** The number of calls from which larger numbers are extrapolated for a process per call. */
export const PROCESS_CALLS = 100;

const ENGINE = 'engine alone';

/** Runs all sizes and contenders in the same rounds, with the program alone, to which the first token is compared. */
export async function measureCold(setup, { rounds, processRounds }, samples) {
  const scripts = contendersOf(setup);
  const inProcess = scripts.filter(({ isProcessPerCall }) => !isProcessPerCall);
  const runs = SIZES.flatMap((size) =>
    (size === 1 ? scripts : inProcess).map((script) => scriptRun(setup, script, size)),
  );
  const own = { program: setup.program, library: setup.state.library };
  runs.push({ measurement: 'bridge', name: 'dllet', time: () => timeToFirstReply(own) });
  runs.push({ measurement: 'bridge', name: 'bare node', time: timeOfBareNode });
  await measure(runs, rounds, samples);
  const processPerCall = scripts.filter(({ isProcessPerCall }) => isProcessPerCall);
  await measure(
    processPerCall.map((script) => scriptRun(setup, script, PROCESS_CALLS)),
    processRounds,
    samples,
  );
  subtractEngine(samples);
}

async function measure(runs, rounds, samples) {
  // An uncounted first run creates the startup profile for the next ones.
  for (const { time } of runs) await time();
  await interleave(rounds, runs, async ({ measurement, name, time }) => samples.add(measurement, name, await time()));
}

function scriptRun({ engine }, { name, script }, size) {
  const env = engineEnvironment(`${name} ${size}`);
  const text = script(size);
  const time = () => timeScript(engine, text, env, `${size} ${TOKEN}`);
  return { measurement: `cold-${size}`, name, time };
}

async function timeScript(engine, script, env, expected) {
  const started = performance.now();
  const child = spawn(engine, ['-NoProfile', '-NonInteractive', '-Command', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const ended = once(child, 'close');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  await ended;
  const elapsed = performance.now() - started;
  if (output.trim() !== expected) throw new Error(`instead of "${expected}" this came:\n${output}\nfrom: ${script}`);
  return elapsed;
}

function timeOfBareNode() {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0'], { env: bareEnvironment() });
  return performance.now() - started;
}

/**
 * The engine alone does nothing with the blocks and takes the same time for all sizes, so one median of all its runs is
 * used.
 */
function subtractEngine(samples) {
  const engine = median(SIZES.flatMap((size) => samples.of(`cold-${size}`, ENGINE)));
  for (const size of [...SIZES, PROCESS_CALLS]) {
    for (const [name, values] of samples.contenders(`cold-${size}`)) {
      if (name === ENGINE) continue;
      for (const value of values) samples.add(`over-engine-${size}`, name, value - engine);
    }
  }
}
