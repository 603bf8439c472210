// Measures modules of few and of many functions: how they are generated, their size, and their import, help and calls.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/setup.mjs';
import { engineEnvironment } from './pwsh.mjs';
import { interleave } from './samples.mjs';
import { REAL_CALL, scaleDefinition } from './scale-definition.mjs';

const CLI = path.join(root, 'dist', 'cli.js');
const SCRIPT = path.join(root, 'bench', 'engine', 'scale.ps1');
const FOLDER = path.join(root, 'build', 'bench', 'scale');
const MEGABYTE = 1024 * 1024;

/** The most functions are ours; the others show how things grow. */
const CONTENDERS = [1000, 300, 100, 6].map((count) => ({
  count,
  name: count === 1000 ? 'dllet' : `dllet, ${count} functions`,
}));

/** Writes the greatest memory that the process had, in kilobytes, as its last words. */
const PRELOAD = 'data:text/javascript,process.on("exit",()=>process.stderr.write("\n"+process.resourceUsage().maxRSS))';

export async function measureScale({ engine }, { rounds, calls }, samples) {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run "npm run build" first`);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await interleave(rounds, CONTENDERS, ({ count, name }) => {
    const add = (measurement, value) => samples.add(measurement, name, value);
    const module = generate(count, add);
    add('scale-size', sizeOf(module) / MEGABYTE);
    const measured = measureInEngine(engine, path.join(module, `${path.basename(module)}.psd1`), calls);
    add('scale-import', measured.import);
    add('scale-help', measured.help);
    add('scale-call', measured.call * 1000);
  });
}

/** Generates the module anew, and returns its folder. */
function generate(count, add) {
  const definition = scaleDefinition(count);
  const file = path.join(FOLDER, `${definition.name}.json`);
  const module = path.join(FOLDER, definition.name);
  writeFileSync(file, JSON.stringify(definition));
  rmSync(module, { recursive: true, force: true });
  const started = performance.now();
  const { output } = run(process.execPath, ['--import', PRELOAD, CLI, 'generate', file, '--out', module]);
  add('scale-generate', performance.now() - started);
  add('scale-generate-memory', Number(output.at(-1).split('\n').at(-1)) / 1024);
  return module;
}

/** The bytes of all files but those of the program, which are the same for every module. */
function sizeOf(module) {
  return readdirSync(module, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !path.relative(module, entry.parentPath).startsWith('bin'))
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

/** The milliseconds of the import, of the first help, and of one of many calls, in a new process. */
function measureInEngine(engine, manifest, calls) {
  const args = ['-NoProfile', '-NonInteractive', '-File', SCRIPT, manifest, process.execPath, REAL_CALL.script, calls];
  const { stdout } = run(engine, args.map(String), engineEnvironment('scale'));
  const measured = JSON.parse(stdout);
  if (measured.returned !== REAL_CALL.returned) throw new Error(`${REAL_CALL.script} returned ${measured.returned}`);
  return measured;
}

function run(executable, args, env = process.env) {
  const done = spawnSync(executable, args, { encoding: 'utf8', env });
  if (done.status !== 0) throw new Error(`${executable} ${args.join(' ')} failed: ${done.stdout}${done.stderr}`);
  return done;
}
