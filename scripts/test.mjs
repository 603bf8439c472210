// Installs what the tests need, builds, checks types and style, and runs every layer that this machine can run. The
// last line is "N passed, N failed" with the actual counts of the run. With CI=true, a skipped layer counts as failed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { LAYERS } from './layers.mjs';
import { installPackages, node, requireNode, root } from './setup.mjs';

requireNode();
process.chdir(root);
installPackages();
node('Building', ['scripts/build.mjs']);

const steps = [
  check('Types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.test.json']),
  check('Style', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
];
const leftOut = LAYERS.map((layer) => ({ ...layer, lacks: layer.missing() })).filter(
  (layer) => layer.lacks !== undefined,
);
const counts = await runLayers(LAYERS.filter((layer) => !leftOut.some((one) => one.project === layer.project)));

for (const { project, title, lacks } of leftOut) {
  console.log(`\n!!! LEFT OUT: ${project} - ${title}\n!!! This machine lacks ${lacks}.`);
}
const failedSteps = steps.filter((ok) => !ok).length;
const failedLayers = process.env.CI === 'true' ? leftOut.length : 0;
if (failedLayers > 0) console.log(`\nCI=true: ${failedLayers} layer(s) left out count as failed.`);
const passed = counts.passed + steps.length - failedSteps;
const failed = counts.failed + failedSteps + failedLayers;
process.exitCode = failed > 0 || !counts.complete ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed`);

function check(title, args) {
  console.log(`\n> ${title}`);
  const ok = spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
  console.log(`${title}: ${ok ? 'good' : 'FAILED'}`);
  return ok;
}

/** Wine mostly waits, so its layer runs in parallel with the others; its output is printed after theirs. */
async function runLayers(layers) {
  console.log(`\n> Layers: ${layers.map(({ project }) => project).join(', ')}`);
  const isWine = ({ project }) => project === 'windows';
  const runs = [layers.filter((layer) => !isWine(layer)), layers.filter(isWine)].filter((some) => some.length > 0);
  const all = await Promise.all(runs.map((some, index) => run(some, index === 0 ? 'inherit' : 'pipe')));
  for (const { said } of all) process.stdout.write(said);
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    complete: all.every(({ complete }) => complete),
  };
}

/** Runs vitest for some layers. Returns the counts, and the output unless it was printed directly. */
async function run(layers, output) {
  const results = `build/test-results-${layers[0].project}.json`;
  mkdirSync('build', { recursive: true });
  rmSync(results, { force: true });
  const coverage = output === 'inherit' && process.argv.includes('--coverage') ? ['--coverage'] : [];
  const projects = layers.flatMap(({ project }) => ['--project', project]);
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...projects, ...coverage];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const vitest = spawn(process.execPath, [...args, ...reporters], { stdio: ['ignore', output, output] });
  const said = [];
  for (const stream of [vitest.stdout, vitest.stderr]) stream?.on('data', (some) => said.push(some));
  const [status] = await once(vitest, 'close');
  return { ...countsIn(results, status), said: Buffer.concat(said) };
}

function countsIn(results, status) {
  if (!existsSync(results)) return { passed: 0, failed: 1, complete: false };
  const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'));
  // A file that fails to load has no tests to count, and an error outside of any test also fails the run.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed, complete: status === 0 };
}
