// The command line of the bench.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/setup.mjs';

const PARTS = ['cold', 'one-shot', 'import', 'warm-first-token', 'scalar', 'pipeline', 'memory', 'stream', 'scale'];

const USAGE = `node bench/run.mjs [--quick] [--only <measurement>]... [--module <directory>] [--json <file>]
  --quick    few repetitions: shows that everything runs, not how fast
  --only     one of the parts ${PARTS.join(', ')}; repeatable
  --module   the module to measure; the one of this repository unless told
  --json     where the results go; build/bench.json unless told
BENCH_PWSH names a PowerShell to measure in; unless told a precompiled one is made in build/bench/pwsh, once (needs the .NET SDK 10).`;

/** The records of the longest pipeline, and those after which its memory is first looked at. */
const STREAM = { records: 1_000_000, early: 100_000 };

/** The number of measurements: rounds in which every contender runs once, and the work within a round. */
const FULL = {
  cold: { rounds: 15, processRounds: 3 },
  oneShot: 31,
  import: 31,
  firstToken: 15,
  scalar: { rounds: 15, calls: 2000, processCalls: 5 },
  pipeline: { rounds: 11, blocks: 10_000 },
  longPipeline: { rounds: 7, blocks: 65_535 },
  memory: { rounds: 5, calls: 10_000 },
  stream: { rounds: 3, ...STREAM },
  scale: { rounds: 7, calls: 2000 },
};
const QUICK = {
  cold: { rounds: 2, processRounds: 1 },
  oneShot: 3,
  import: 3,
  firstToken: 2,
  scalar: { rounds: 2, calls: 200, processCalls: 1 },
  pipeline: { rounds: 2, blocks: 10_000 },
  longPipeline: { rounds: 1, blocks: 65_535 },
  memory: { rounds: 1, calls: 10_000 },
  stream: { rounds: 1, ...STREAM },
  scale: { rounds: 1, calls: 200 },
};

export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      module: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const unknown = values.only?.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) {
    console.error(`There is no part "${unknown}" in the bench.\n\n${USAGE}`);
    process.exit(2);
  }
  return {
    isQuick: values.quick,
    repetitions: values.quick ? QUICK : FULL,
    wants: (part) => values.only === undefined || values.only.includes(part),
    module: path.resolve(values.module ?? path.join(root, 'module', 'PersistentPortReservation')),
    json: path.resolve(values.json ?? path.join(root, 'build', 'bench.json')),
  };
}
