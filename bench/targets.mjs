// The targets: what is compared with what, and the limit.
import { MEASUREMENTS } from './measurements.mjs';
import { ratio, summarize } from './statistics.mjs';

/** `dllet` of a measurement is at most this multiple of the contender `over`, of the same or another measurement. */
const TARGETS = [
  { measurement: 'over-engine-1', over: 'Add-Type function', most: 0.2 },
  { measurement: 'over-engine-1', over: 'dllet', of: 'bridge', most: 1.8 },
  { measurement: 'over-engine-1000', over: 'Add-Type function', most: 0.3 },
  { measurement: 'over-engine-10000', over: 'Add-Type function', most: 0.6 },
  { measurement: 'scalar', over: 'P/Invoke function', most: 3 },
  { measurement: 'pipeline', over: 'P/Invoke function', most: 0.7 },
  { measurement: 'import', over: 'empty', most: 1.6 },
  { measurement: 'one-shot', over: 'bare node', most: 1.3 },
  { measurement: 'memory', over: 'bare node', most: 1.4 },
  { measurement: 'stream-objects', over: 'dllet, after 100,000', most: 1.2 },
  { measurement: 'stream-program', over: 'dllet, after 100,000', most: 1.2 },
  { measurement: 'scale-call', over: 'dllet, 6 functions', most: 1.2 },
];

/** The limits for a module of 1,000 functions, in the unit of the measurement. */
const LIMITS = {
  'scale-generate': 4000,
  'scale-generate-memory': 300,
  'scale-size': 12,
  'scale-import': 800,
  'scale-help': 1500,
};

/**
 * The growth of the time per block from 10,000 to 65,535 blocks, compared with that of the compiled cmdlet. What grows
 * there is the engine's own work: garbage collection among ever more objects that the caller keeps.
 */
const LINEARITY = { over: 'compiled cmdlet', most: 1.2 };

/** Returns every target of the measurements of this run, with both figures, their ratio, and whether it is met. */
export function judge(samples) {
  return [
    ...TARGETS.map((target) => judgeRatio(samples, target)),
    ...Object.entries(LIMITS).map(([measurement, limit]) => judgeLimit(samples, measurement, limit)),
    judgeLinearity(samples),
  ].filter(Boolean);
}

function judgeRatio(samples, { measurement, over, of = measurement, most }) {
  const { title, unit } = MEASUREMENTS[measurement];
  const rival = of === measurement ? over : MEASUREMENTS[of].title;
  return verdict({ title, rival, unit, most }, samples.of(measurement, 'dllet'), samples.of(of, over));
}

function judgeLimit(samples, measurement, limit) {
  const ours = samples.of(measurement, 'dllet');
  const { title, unit } = MEASUREMENTS[measurement];
  return verdict(
    { title, rival: 'the limit itself', unit, most: 1 },
    ours,
    ours?.map(() => limit),
  );
}

function judgeLinearity(samples) {
  const { over, most } = LINEARITY;
  const target = {
    title: 'Time a block in a pipeline of 65,535, over that in one of 10,000',
    rival: over,
    unit: '',
    most,
  };
  return verdict(target, growth(samples, 'dllet'), growth(samples, over));
}

function growth(samples, contender) {
  const short = samples.of('pipeline', contender);
  const long = samples.of('long-pipeline', contender);
  return short && long?.slice(0, short.length).map((value, round) => value / 65_535 / (short[round] / 10_000));
}

function verdict(target, ours, theirs) {
  if (!ours || !theirs) return undefined;
  const { value, low, high } = ratio(ours, theirs);
  const figures = { ours: summarize(ours).median, theirs: summarize(theirs).median };
  return { ...target, ...figures, ratio: value, low, high, isMet: value <= target.most };
}
