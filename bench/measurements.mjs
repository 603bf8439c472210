// The titles and units of the measurements, in the order of the tables.
import { PROCESS_CALLS, SIZES } from './cold.mjs';
import { ratio, summarize } from './statistics.mjs';

const COLD_SIZES = [...SIZES, PROCESS_CALLS].sort((a, b) => a - b);

export const MEASUREMENTS = {
  ...coldScripts('cold', 'whole process'),
  ...coldScripts('over-engine', 'over the engine alone'),
  bridge: { title: 'Program alone, start to first reply', unit: 'ms' },
  'one-shot': { title: 'Cold one-shot call (dllet call)', unit: 'ms' },
  'one-shot-bare': { title: 'Cold one-shot call, bare environment', unit: 'ms' },
  import: { title: 'Import (fresh runspace, warm engine)', unit: 'ms' },
  'warm-first-token': { title: 'First token (fresh runspace, warm engine)', unit: 'ms' },
  scalar: { title: 'Warm single call', unit: '\u00b5s' },
  pipeline: { title: '10,000 blocks by pipeline, warm', unit: 'ms' },
  'long-pipeline': { title: '65,535 blocks by pipeline, warm', unit: 'ms' },
  memory: { title: 'Resident memory after 10,000 calls', unit: 'MB' },
  'stream-engine': { title: '1,000,000 records by pipeline: memory of PowerShell', unit: 'MB' },
  'stream-objects': { title: '1,000,000 records by pipeline: objects alive in it', unit: 'MB' },
  'stream-program': { title: '1,000,000 records by pipeline: memory of the program', unit: 'MB' },
  'scale-generate': { title: 'Many functions: dllet generate', unit: 'ms' },
  'scale-generate-memory': { title: 'Many functions: memory of dllet generate', unit: 'MB' },
  'scale-size': { title: 'Many functions: files of the module', unit: 'MB' },
  'scale-import': { title: 'Many functions: import in a new process', unit: 'ms' },
  'scale-help': { title: 'Many functions: the first help', unit: 'ms' },
  'scale-call': { title: 'Many functions: a call', unit: '\u00b5s' },
};

/** Returns all measurements, with each contender's ratio to ours. */
export function summarizeAll(samples) {
  return Object.keys(MEASUREMENTS).flatMap((measurement) =>
    samples.contenders(measurement).map(([contender, values]) => {
      const ours = samples.of(measurement, 'dllet');
      return {
        measurement,
        contender,
        unit: MEASUREMENTS[measurement].unit,
        ...summarize(values),
        oursOverIt: ours && contender !== 'dllet' ? ratio(ours, values).value : undefined,
        samples: values,
      };
    }),
  );
}

function coldScripts(name, what) {
  return Object.fromEntries(
    COLD_SIZES.map((size) => {
      const lookups = size === 1 ? '1 lookup' : `${size.toLocaleString('en')} lookups`;
      return [`${name}-${size}`, { title: `Cold script, ${lookups}, ${what}`, unit: 'ms' }];
    }),
  );
}
