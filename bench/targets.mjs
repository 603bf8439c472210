// What is compared with what, and how good it has to be.
import { ratio, summarize } from './statistics.mjs';

export const MEASUREMENTS = {
  cold: { title: 'Cold call (whole process)', unit: 'ms' },
  'cold-bare': { title: 'Cold call, in an empty environment', unit: 'ms' },
  import: { title: 'Import (fresh runspace, warm engine)', unit: 'ms' },
  'first-token': { title: 'First token (new engine process)', unit: 'ms' },
  'warm-first-token': { title: 'First token (fresh runspace, warm engine)', unit: 'ms' },
  scalar: { title: 'Warm scalar call', unit: '\u00b5s' },
  pipeline: { title: '10,000 blocks by pipeline', unit: 'ms' },
  'long-pipeline': { title: '65,535 blocks by pipeline', unit: 'ms' },
  memory: { title: 'Resident memory after 10,000 calls', unit: 'MB' },
};

const TARGETS = [
  { measurement: 'cold', over: 'bare node', most: 1.3 },
  { measurement: 'import', over: 'empty', most: 3 },
  { measurement: 'first-token', over: 'compiled cmdlet', most: 1.3 },
  { measurement: 'scalar', over: 'P/Invoke function', most: 2.5 },
  { measurement: 'scalar', over: 'process per call', most: 1 / 300 },
  { measurement: 'pipeline', over: 'P/Invoke function', most: 0.8 },
  { measurement: 'pipeline', over: 'compiled cmdlet', most: 3 },
  { measurement: 'memory', over: 'bare node', most: 1.4 },
];

/**
 * How much more time a block of 65,535 takes than one of 10,000, compared with the compiled cmdlet: what grows there is the engine's
 * own work, the collection of garbage among ever more objects that the caller keeps.
 */
const LINEARITY = { over: 'compiled cmdlet', most: 1.2 };

export function judge(samples) {
  return [...TARGETS.map((target) => judgeRatio(samples, target)), judgeLinearity(samples)].filter(Boolean);
}

function judgeRatio(samples, { measurement, over, most }) {
  const ours = samples.of(measurement, 'dllet');
  const theirs = samples.of(measurement, over);
  if (!ours || !theirs) return undefined;
  return verdict({ title: `${MEASUREMENTS[measurement].title}: dllet / ${over}`, most, ...ratio(ours, theirs) });
}

function judgeLinearity(samples) {
  const ours = growth(samples, 'dllet');
  const theirs = growth(samples, LINEARITY.over);
  if (!ours || !theirs) return undefined;
  const title = `Growth of the time a block, 65,535 / 10,000: dllet / ${LINEARITY.over}`;
  return verdict({ title, most: LINEARITY.most, ...ratio(ours, theirs) });
}

function growth(samples, contender) {
  const short = samples.of('pipeline', contender);
  const long = samples.of('long-pipeline', contender);
  return short && long?.slice(0, short.length).map((value, round) => value / 65_535 / (short[round] / 10_000));
}

function verdict(target) {
  return { ...target, isMet: target.value <= target.most };
}

/** Everything that was measured, with each contender's ratio to ours. */
export function summarizeAll(samples) {
  return samples.entries().flatMap(([measurement, contenders]) =>
    contenders.map(([contender, values]) => ({
      measurement,
      contender,
      unit: MEASUREMENTS[measurement].unit,
      ...summarize(values),
      oursOverIt: ratio(samples.of(measurement, 'dllet'), values),
      samples: values,
    })),
  );
}
