// npm run bench: the emitted module beside its rivals, in one run. See options.mjs for the command line.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { measureInEngine } from './engine.mjs';
import { readOptions } from './options.mjs';
import { measureCold, measureFirstToken, measureMemory } from './processes.mjs';
import { createSamples } from './samples.mjs';
import { prepare } from './setup.mjs';
import { printMeasurements, printTargets } from './table.mjs';
import { judge, MEASUREMENTS, summarizeAll } from './targets.mjs';

const options = readOptions(process.argv.slice(2));
const { repetitions, wants } = options;
const samples = createSamples();

announce('Building what is needed');
const setup = await prepare(options.module);
const machine = {
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  cpu: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
};
const loadBefore = loadavg();

if (wants('cold')) {
  begin('cold');
  await measureCold(setup, repetitions.cold, samples);
}
if (wants('first-token')) {
  begin('first-token');
  await measureFirstToken(setup, repetitions.firstToken, samples);
}
const facts = await measureInEngine(setup, options, samples, begin);
if (wants('memory')) {
  begin('memory');
  await measureMemory(setup, repetitions.memory, samples);
}
const load = { before: loadBefore, after: loadavg() };

const rows = summarizeAll(samples);
const targets = judge(samples);
const engine = `PowerShell ${facts.engine} (${path.parse(setup.engine).name})`;
console.log(`\n${engine}, node ${machine.node}, ${machine.platform}, ${machine.cpu}`);
console.log(`load average before and after: ${load.before.map(short).join(' ')} | ${load.after.map(short).join(' ')}`);
printMeasurements(rows);
if (!setup.hasAddType) console.log('\nNo Add-Type here: it needs a full pwsh (on the PATH, or named by BENCH_PWSH).');
printTargets(targets);
if (options.isQuick) console.log('\n--quick: too few repetitions to quote.');

mkdirSync(path.dirname(options.json), { recursive: true });
writeFileSync(
  options.json,
  `${JSON.stringify({ isQuick: options.isQuick, engine, machine, load, measurements: rows, targets }, undefined, 2)}\n`,
);
console.log(`\nWritten: ${options.json}`);

function begin(measurement) {
  announce(MEASUREMENTS[measurement].title);
}

function announce(text) {
  console.error(`> ${text}`);
}

function short(value) {
  return value.toFixed(2);
}
