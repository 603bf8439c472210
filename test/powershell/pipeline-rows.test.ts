/**
 * A pipeline gives the rows of its records, in their order, the errors among them: for 1 to 6 parameters of every kind, by property, one
 * call at a time, by -InputObject and by value, in full and in constrained language. What a row must be is computed here.
 *
 * DLLET_ROWS_SEED repeats a run, DLLET_ROWS sets the number of pipelines in each language.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { addKindsModule, FUNCTIONS, type KindFunction, outcomeOf, parameterAt } from '../support/kinds-module.js';
import { quoted, useModule } from '../support/powershell-module.js';

const SEED = Number(process.env.DLLET_ROWS_SEED ?? Date.now() % 2 ** 31);
/** Calls one by one are slow: the first of the records stand for all. */
const SINGLE = 12;

type Record = readonly unknown[];

interface Pipeline {
  readonly fn: KindFunction;
  readonly records: readonly Record[];
  readonly [fc.toStringMethod]?: () => string;
}

/** Mostly few records, sometimes so many that there are batches of every size. */
const COUNTS = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 3, 17) },
  { weight: 2, arbitrary: fc.integer({ min: 18, max: 300 }) },
  { weight: 1, arbitrary: fc.constantFrom(511, 512, 513, 2000) },
);

const PIPELINES: fc.Arbitrary<Pipeline> = fc
  .tuple(fc.constantFrom(...FUNCTIONS), COUNTS)
  .chain(([fn, count]) =>
    fc
      .array(fc.tuple(...fn.kinds.map(({ values }) => values)), { minLength: count, maxLength: count })
      .map((records) => shown({ fn, records })),
  );

/** With what a failing run is to say of it. */
function shown({ fn, records }: Pipeline): Pipeline {
  return { fn, records, [fc.toStringMethod]: () => `${fn.cmdlet} ${JSON.stringify(records).slice(0, 2000)}` };
}

const bench = useModule();
/** In Wine everything takes many times as long. */
const isWine = bench.native('/') !== '/';
const RUNS = Number(process.env.DLLET_ROWS ?? (isWine ? 8 : 48));
/** Where it takes long, every kind, but not every mixture. */
const TRIED = isWine ? FUNCTIONS.filter(({ kinds }) => kinds.length === 1 || kinds[0]?.name === 'ULONG64') : FUNCTIONS;
let importLine = '';

beforeAll(async () => {
  importLine = await addKindsModule(bench);
});

/** Runs a script on `$rows`, in the language of the session. */
type Run = (pipeline: Pipeline, script: string) => Promise<unknown[]>;

const LANGUAGES: [string, () => Promise<Run>][] = [
  [
    'full',
    async () => {
      await bench.output(importLine);
      return rowsOf((script) => bench.run(script));
    },
  ],
  [
    'constrained',
    async () => {
      await openConstrained(bench);
      expect(await runConstrained(bench, importLine)).toMatchObject({ output: [], errors: [], warnings: [] });
      expect((await runConstrained(bench, '"$($ExecutionContext.SessionState.LanguageMode)"')).output).toMatchObject([
        { value: 'ConstrainedLanguage' },
      ]);
      return rowsOf((script) => runConstrained(bench, script));
    },
  ],
];

describe.each(LANGUAGES)('in %s language', (_language, open) => {
  let run: Run;

  beforeAll(async () => {
    run = await open();
  });

  const check = async (
    runs: number,
    pipelines: fc.Arbitrary<Pipeline>,
    script: (fn: KindFunction) => string,
    order = (rows: unknown[]) => rows,
  ) =>
    fc.assert(
      fc.asyncProperty(pipelines, async (pipeline) => {
        expect(order(await run(pipeline, script(pipeline.fn)))).toEqual(order(rowsExpected(pipeline)));
      }),
      { numRuns: runs, seed: SEED, endOnFailure: true },
    );

  test(`by property name (seed ${SEED})`, () => check(RUNS, PIPELINES, ({ cmdlet }) => `$rows | ${cmdlet}`));

  test('records without one of the properties are errors of their own, and the others are not moved', () =>
    check(
      RUNS / 4,
      PIPELINES.filter(({ fn }) => fn.kinds.length > 1).map(({ fn, records }) =>
        shown({ fn, records: records.map((record, index) => (index % 5 === 3 ? record.slice(0, -1) : record)) }),
      ),
      ({ cmdlet }) => `$rows | ${cmdlet}`,
      ofBinding,
    ));

  test('every function with a few records', async () => {
    for (const fn of TRIED) {
      const [records] = fc.sample(
        fc.array(fc.tuple(...fn.kinds.map(({ values }) => values)), { minLength: 7, maxLength: 7 }),
        {
          seed: SEED,
          numRuns: 1,
        },
      );
      const pipeline = { fn, records: records ?? [] };
      expect(await run(pipeline, `$rows | ${fn.cmdlet}`), `${fn.name}, seed ${SEED}`).toEqual(rowsExpected(pipeline));
    }
  });

  test('by -InputObject', () =>
    check(
      RUNS / 2,
      PIPELINES.filter(({ records }) => records.length > 0),
      ({ cmdlet }) => `${cmdlet} -InputObject $rows`,
    ));

  test('the errors of -InputObject are those of the cmdlet', async () => {
    const fn = FUNCTIONS[0] as KindFunction;
    const records = Array.from({ length: 40 }, (_, index): Record => [index]);
    const expected = rowsExpected({ fn, records }).filter((row) => 'error' in (row as object));
    expect(expected.length).toBeGreaterThan(2);
    const kept = `$null = ${fn.cmdlet} -InputObject $rows -ErrorAction SilentlyContinue -ErrorVariable kept; $kept`;
    expect(await run({ fn, records }, kept)).toEqual(expected);
    const first = await run({ fn, records }, `try { ${fn.cmdlet} -InputObject $rows -ErrorAction Stop } catch { $_ }`);
    expect(first).toEqual(rowsExpected({ fn, records }).slice(0, first.length));
    expect(first.at(-1)).toEqual(expected[0]);
    expect(await run({ fn, records }, `${fn.cmdlet} -InputObject $rows 2>$null`)).toHaveLength(40 - expected.length);
  });

  test.each([
    ['a pipeline', '$rows | CMDLET'],
    ['-InputObject', 'CMDLET -InputObject $rows'],
    ['one call', 'CMDLET $rows[0].P1'],
  ])('what is thrown further down is caught as it was thrown: %s', async (_name, call) => {
    const fn = FUNCTIONS[0] as KindFunction;
    const records = [0, 2, 3].map((value) => [value]);
    const script = `try { ${call.replace('CMDLET', fn.cmdlet)} | ForEach-Object { throw 'not this one' } }
      catch { @{ Digest = $_.Exception.Message; Copy = $_.FullyQualifiedErrorId.Split(',')[0] } }`;
    expect(await run({ fn, records }, script)).toEqual([{ digest: 'not this one', copy: 'not this one' }]);
  });

  test('one call after the other', () =>
    check(
      RUNS / 4,
      PIPELINES.map(({ fn, records }) => shown({ fn, records: records.slice(0, SINGLE) })),
      ({ cmdlet, kinds }) =>
        `foreach ($row in $rows) { ${cmdlet} ${kinds.map((_, place) => `-${parameterAt(place)} $row.${parameterAt(place)}`).join(' ')} }`,
    ));

  test('by value, where there is one parameter', () =>
    check(
      RUNS / 2,
      PIPELINES.filter(({ fn }) => fn.kinds.length === 1 && fn.kinds[0]?.isByValue === true),
      ({ cmdlet }) => `$rows | ForEach-Object { $_.P1 } | ${cmdlet}`,
    ));
});

/** PowerShell itself reports what it cannot bind, at once: these errors are put first. */
function ofBinding(rows: unknown[]): unknown[] {
  const isOne = (row: unknown) => String((row as { error?: string }).error).startsWith('InputObjectMissingMandatory');
  return [...rows.filter(isOne), ...rows.filter((row) => !isOne(row))];
}

/** A row, or an error with the first value of its target. */
function rowsExpected({ fn, records }: Pipeline): unknown[] {
  return records.map((values) => {
    const isWhole = values.length === fn.kinds.length;
    const outcome = isWhole ? outcomeOf(fn, values) : { error: `InputObjectMissingMandatory,${fn.cmdlet}` };
    return 'error' in outcome ? { ...outcome, first: values[0] } : outcome;
  });
}

/** The rows as JSON: numbers of 64 bits are texts in it, as they are in the records. */
function rowsOf(run: typeof bench.run): Run {
  return async ({ fn, records }, script) => {
    const file = path.join(bench.directory, 'rows.json');
    const objects = records.map((values) =>
      Object.fromEntries(values.map((value, place) => [parameterAt(place), value])),
    );
    writeFileSync(file, JSON.stringify(objects));
    const [first] = fn.kinds;
    const text = (value: string) =>
      first?.isWide ? `"$(${value})"` : first?.name === 'Point' ? `@{ X = ${value}.X; Y = "$(${value}.Y)" }` : value;
    const { output, errors, warnings } = await run(`
      $rows = @(Get-Content -LiteralPath ${quoted(bench.native(file))} -Raw -Encoding utf8 | ConvertFrom-Json)
      $found = @(. { ${script} } 2>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.ErrorRecord]) {
          @{ error = $_.FullyQualifiedErrorId; first = ${text('$_.TargetObject.P1')} }
        } else {
          @{ digest = "$($_.Digest)"; copy = ${fn.kinds.length === 1 ? text('$_.Copy') : '$null'} }
        }
      })
      ConvertTo-Json -InputObject $found -Compress -Depth 6`);
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    const found = JSON.parse(String(toPlain(output[0] as never))) as object[];
    return first?.name === 'FLOAT' ? found.map((row) => mapValues(row, single)) : found;
  };
}

/** PowerShell shows the shortest text of a FLOAT. */
function single(value: unknown): unknown {
  return typeof value === 'number' ? Math.fround(value) : value;
}

function mapValues(row: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value)]));
}
