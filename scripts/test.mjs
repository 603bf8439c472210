// Everything: installs what it needs, builds, checks types and style, runs every layer that this machine can run.
// The last line is "N passed, N failed", from the run's real counts. With CI=true a layer left out counts as failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { LAYERS } from './layers.mjs';
import { installPackages, node, requireNode, root } from './setup.mjs';

requireNode();
process.chdir(root);
installPackages();
node('Building', ['scripts/build.mjs']);

const RESULTS = 'build/test-results.json';
const steps = [
  check('Types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.test.json']),
  check('Style', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
];
const leftOut = LAYERS.map((layer) => ({ ...layer, lacks: layer.missing() })).filter(
  (layer) => layer.lacks !== undefined,
);
const counts = runLayers(LAYERS.filter((layer) => !leftOut.some((one) => one.project === layer.project)));

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

function runLayers(layers) {
  mkdirSync('build', { recursive: true });
  rmSync(RESULTS, { force: true });
  const coverage = process.argv.includes('--coverage') ? ['--coverage'] : [];
  const projects = layers.flatMap(({ project }) => ['--project', project]);
  console.log(`\n> Layers: ${layers.map(({ project }) => project).join(', ')}`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...projects, ...coverage];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
  const { status } = spawnSync(process.execPath, [...args, ...reporters], { stdio: 'inherit' });
  if (!existsSync(RESULTS)) return { passed: 0, failed: 1, complete: false };
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  // A file that fails to load has no tests to count, and an error outside of any test fails the run as well.
  const brokenFiles = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const failedTests = results.numFailedTests + brokenFiles;
  return {
    passed: results.numPassedTests,
    failed: failedTests === 0 && status !== 0 ? 1 : failedTests,
    complete: status === 0,
  };
}
