// npm run bench: compares the emitted module with its rivals in one run. See options.mjs for the command line and
// README.md for the meaning.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { requireNode } from '../scripts/setup.mjs';
import { measureCold } from './cold.mjs';
import { measureInEngine } from './engine.mjs';
import { MEASUREMENTS, summarizeAll } from './measurements.mjs';
import { measureMemory } from './memory.mjs';
import { measureOneShot } from './one-shot.mjs';
import { readOptions } from './options.mjs';
import { createSamples } from './samples.mjs';
import { measureScale } from './scale.mjs';
import { prepare } from './setup.mjs';
import { measureStream } from './stream.mjs';
import { printColdScripts, printMeasurements, printTargets } from './table.mjs';
import { judge } from './targets.mjs';

requireNode();
const options = readOptions(process.argv.slice(2));
const { repetitions, wants } = options;
const samples = createSamples();

announce('Building what is needed');
const setup = await prepare(options.module);
const engine = spawnSync(setup.engine, ['--version'], { encoding: 'utf8' }).stdout.trim();
const machine = {
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  cpu: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
};
const loadBefore = loadavg();

if (wants('cold')) {
  announce('Cold scripts');
  await measureCold(setup, repetitions.cold, samples);
}
if (wants('one-shot')) {
  announce(MEASUREMENTS['one-shot'].title);
  await measureOneShot(setup, repetitions.oneShot, samples);
}
await measureInEngine(setup, options, samples, (measurement) => announce(MEASUREMENTS[measurement].title));
if (wants('memory')) {
  announce(MEASUREMENTS.memory.title);
  await measureMemory(setup, repetitions.memory, samples);
}
if (wants('stream')) {
  announce(MEASUREMENTS['stream-engine'].title);
  await measureStream(setup, repetitions.stream, samples);
}
if (wants('scale')) {
  announce('Modules of 6 to 1,000 functions');
  await measureScale(setup, repetitions.scale, samples);
}
const load = { before: loadBefore, after: loadavg() };

const rows = summarizeAll(samples);
const targets = judge(samples);
console.log(`\n${engine}, node ${machine.node}, ${machine.platform}, ${machine.cpu}`);
console.log(`load average before and after: ${load.before.map(short).join(' ')} | ${load.after.map(short).join(' ')}`);
printMeasurements(rows);
printColdScripts(samples);
printTargets(targets);
if (options.isQuick) console.log('\n--quick: too few repetitions to quote.');

mkdirSync(path.dirname(options.json), { recursive: true });
writeFileSync(
  options.json,
  `${JSON.stringify({ isQuick: options.isQuick, engine, machine, load, measurements: rows, targets }, undefined, 2)}\n`,
);
console.log(`\nWritten: ${options.json}`);

function announce(text) {
  console.error(`> ${text}`);
}

function short(value) {
  return value.toFixed(2);
}
