/**
 * A pipeline gives the rows of its records, in their order, the errors among them: for 1 to 6 parameters of every kind, by property, one
 * call at a time, by -InputObject and by value, in full and in constrained language. What a row must be is computed here.
 *
 * Many records are of 1, 2 and 6 parameters, each of these with every kind among them: 0, 1, 7 and 1,000 records of all of these
 * functions, and 100,000 of one for each number of parameters, which are others in each run; DLLET_TESTS=all takes all of them.
 *
 * DLLET_ROWS_SEED repeats a run, DLLET_ROWS sets the number of pipelines in each language.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { allKinds, kindOf, resolveShape, type Shape } from '../../src/kinds/index.js';
import { toPlain } from '../../src/powershell/result.js';
import { ALL_KINDS, OPEN_THINGS, OPENED } from '../support/composed-kinds.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import {
  addKindsModule,
  copiedKinds,
  FUNCTIONS,
  functionsOfEveryKind,
  type KindFunction,
  NAMED_TYPES,
  outcomeOf,
  parameterAt,
  typeAt,
} from '../support/kinds-module.js';
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

/** So many records of a pipeline differ from each other. */
const MOST_DIFFERENT = 2000;

const bench = useModule();
/** In Wine everything takes many times as long. */
const isWine = bench.native('/') !== '/';
const RUNS = Number(process.env.DLLET_ROWS ?? (isWine ? 8 : 24));
/** Where it takes long, every kind, but not every mixture. */
const TRIED = isWine ? FUNCTIONS.filter(({ kinds }) => kinds.length === 1 || kinds[0]?.name === 'ULONG64') : FUNCTIONS;
/** The numbers of parameters of the functions that are given many records. */
const ARITIES = [1, 2, 6];
const COUNTED = [0, 1, 7, 1000];
const MANY = 100_000;
/** So many functions are tried in one script. */
const AT_ONCE = 15;
let importLine = '';

beforeAll(async () => {
  importLine = await addKindsModule(bench);
});

/** What no caller can give, so that no record has it. */
const NO_INPUTS = ['callback', 'void'];

test('every kind that a caller can give is in the records', () => {
  const names = ALL_KINDS.flatMap((kind) => kindsIn(resolveShape({ type: typeAt(kind, 0) as never }, NAMED_TYPES)));
  expect([...new Set([...names, ...NO_INPUTS])].sort()).toEqual(
    allKinds()
      .map(({ name }) => name)
      .sort(),
  );
});

/** The names of the kinds of a value and of its parts. */
function kindsIn(shape: Shape): string[] {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  const fields = (kind.fields?.(shape) ?? []).map((field) => field.shape);
  return [shape.kind, ...[...fields, ...(element ? [element] : []), ...(kind.lent?.(shape) ?? [])].flatMap(kindsIn)];
}

/** Runs a script on `$rows`, in the language of the session. */
type Run = (pipeline: Pipeline, script: string) => Promise<unknown[]>;

/** The same for several pipelines, one after the other. */
type RunAll = (pipelines: readonly Pipeline[], script: (fn: KindFunction) => string) => Promise<unknown[][]>;

const LANGUAGES: [string, () => Promise<typeof bench.run>][] = [
  [
    'full',
    async () => {
      await bench.output(`${importLine}; ${OPEN_THINGS}`);
      return (script) => bench.run(script);
    },
  ],
  [
    'constrained',
    async () => {
      await openConstrained(bench);
      expect(await runConstrained(bench, `${importLine}; ${OPEN_THINGS}`)).toMatchObject({
        output: [],
        errors: [],
        warnings: [],
      });
      expect((await runConstrained(bench, '"$($ExecutionContext.SessionState.LanguageMode)"')).output).toMatchObject([
        { value: 'ConstrainedLanguage' },
      ]);
      return (script) => runConstrained(bench, script);
    },
  ],
];

describe.each(LANGUAGES)('in %s language', (language, open) => {
  let runLine: typeof bench.run;
  let runAll: RunAll;
  const run: Run = async (pipeline, script) => (await runAll([pipeline], () => script))[0] ?? [];

  beforeAll(async () => {
    runLine = await open();
    runAll = rowsOf(runLine);
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
    for (const some of groupsOf(TRIED.map((fn) => ({ fn, records: recordsOf(fn, 7) })))) {
      const found = await runAll(some, ({ cmdlet }) => `$rows | ${cmdlet}`);
      for (const [index, pipeline] of some.entries()) {
        expect.soft(found[index], `${pipeline.fn.name}, seed ${SEED}`).toEqual(rowsExpected(pipeline));
      }
    }
  });

  // In Wine, it takes long.
  test.skipIf(isWine).each(ARITIES)(`${COUNTED.join(', ')} records of %i parameters of every kind`, async (arity) => {
    for (const some of groupsOf(functionsOfEveryKind(arity))) await checkLines(runLine, some, COUNTED);
  });

  test.skipIf(isWine).each(longFunctions(language))(`${MANY} records of $cmdlet`, { timeout: 300_000 }, (fn) =>
    checkLines(runLine, [fn], [MANY]),
  );

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

/** Those that are given the most records in a language. */
function longFunctions(language: string): readonly KindFunction[] {
  const all = ARITIES.map(functionsOfEveryKind);
  if (process.env.DLLET_TESTS === 'all') return all.flat();
  // In one run it is one and six parameters in one language and two in the other, in the next run it is the other way round.
  const isOurs = (_one: unknown, index: number) =>
    (SEED + index) % 2 === LANGUAGES.findIndex(([name]) => name === language);
  return all.filter(isOurs).map((some) => some[SEED % some.length] as KindFunction);
}

function groupsOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}

/** Compares the digests and the errors of many records, in their order, for each of these counts of the same records. */
async function checkLines(run: typeof bench.run, fns: readonly KindFunction[], counts: readonly number[]) {
  // So many are different ones, again and again: it takes long to make and to read more.
  const most = Math.min(Math.max(...counts), MOST_DIFFERENT);
  const tried = fns.map((fn) => ({ fn, records: recordsOf(fn, most) }));
  const linesOf = ({ cmdlet }: KindFunction, count: number) => `
    $some = ${count > most ? `$rows * ${count / most}` : `@($rows | Select-Object -First ${count})`}
    @($some | ${cmdlet} 2>&1 | & { process {
      if ($_ -is [System.Management.Automation.ErrorRecord]) { $_.FullyQualifiedErrorId } else { "$($_.Digest)" }
    } }) -join ' '`;
  const script = tried.map(
    ({ fn, records }) => `${readRows(records, fn.name)} ${counts.map((count) => linesOf(fn, count)).join('')}`,
  );
  const { output, errors, warnings } = await run(script.join('\n'));
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  const texts = output.map((one) => String(toPlain(one)));
  expect(texts).toHaveLength(tried.length * counts.length);
  for (const { fn, records } of tried) {
    const expected = records.map((values) => Object.values(outcomeOf(fn, values))[0]);
    for (const count of counts) expectLines(texts.shift() ?? '', { fn, records }, expected, count);
  }
}

function expectLines(text: string, { fn, records }: Pipeline, expected: readonly unknown[], count: number): void {
  const lines = text === '' ? [] : text.split(' ');
  const wrong = Array.from({ length: count }).findIndex(
    (_one, index) => lines[index] !== expected[index % records.length],
  );
  const given = JSON.stringify(records[wrong % records.length]);
  const about = `${fn.name}, seed ${SEED}, record ${wrong} of ${count}: ${given} became ${lines[wrong]}`;
  expect.soft([lines.length, wrong], about).toEqual([count, -1]);
}

/** Random records, the same ones for a seed. */
function recordsOf({ kinds }: KindFunction, count: number): readonly Record[] {
  return fc.sample(fc.tuple(...kinds.map(({ values }) => values)), { seed: SEED, numRuns: count });
}

/** PowerShell itself reports what it cannot bind, at once: these errors are put first. */
function ofBinding(rows: unknown[]): unknown[] {
  const isOne = (row: unknown) => String((row as { error?: string }).error).startsWith('InputObjectMissingMandatory');
  return [...rows.filter(isOne), ...rows.filter((row) => !isOne(row))];
}

/** A row, or an error with the first value of its target. */
function rowsExpected({ fn, records }: Pipeline): unknown[] {
  return records.map((values) => {
    const isWhole = values.length === fn.kinds.length;
    const outcome = isWhole ? outcomeOf(fn, values) : { error: `${errorWithout(fn)},${fn.cmdlet}` };
    const first = fn.kinds[0]?.held?.(values[0]) ?? values[0];
    return 'error' in outcome ? { ...outcome, first } : outcome;
  });
}

/** The error of a record without the last property. A parameter that takes any object is given the record itself. */
const errorWithout = ({ kinds }: KindFunction) =>
  kinds.at(-1)?.takesAny ? 'InvalidParameter' : 'InputObjectMissingMandatory';

/** The rows as JSON: numbers of 64 bits are texts in it, as they are in the records. */
function rowsOf(run: typeof bench.run): RunAll {
  return async (pipelines, script) => {
    const { output, errors, warnings } = await run(pipelines.map((one) => rowsScript(one, script(one.fn))).join('\n'));
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    return pipelines.map(({ fn }, index) => {
      const found = JSON.parse(String(toPlain(output[index] as never))) as object[];
      return fn.kinds[0]?.name === 'FLOAT' ? found.map((row) => mapValues(row, single)) : found;
    });
  };
}

function rowsScript({ fn, records }: Pipeline, script: string): string {
  const text = (value: string) => fn.kinds[0]?.written?.(value) ?? value;
  return `${readRows(records, fn.name)}
    $found = @(. { ${script} } 2>&1 | ForEach-Object {
      if ($_ -is [System.Management.Automation.ErrorRecord]) {
        @{ error = $_.FullyQualifiedErrorId; first = ${text('$_.TargetObject.P1')} }
      } else {
        @{ digest = "$($_.Digest)"; copy = ${copiedKinds(fn).length > 0 ? text('$_.Copy') : '$null'} }
      }
    })
    ConvertTo-Json -InputObject $found -Compress -Depth 6`;
}

/** Writes records down, in a file of this name, and returns the line that reads them. */
function readRows(records: readonly Record[], name: string): string {
  const file = path.join(bench.directory, `${name}.json`);
  const objects = records.map((values) =>
    Object.fromEntries(values.map((value, place) => [parameterAt(place), value])),
  );
  writeFileSync(file, JSON.stringify(objects));
  return `$rows = @(Get-Content -LiteralPath ${quoted(bench.native(file))} -Raw -Encoding utf8 | ConvertFrom-Json)
    ${Array.from({ length: records[0]?.length ?? 0 }, (_, place) => readThings(records, place)).join('')}`;
}

/** The line that puts opened handles in the place of their names; empty if there is none. */
function readThings(records: readonly Record[], place: number): string {
  const found = records.flatMap((values, index) => (OPENED.includes(values[place] as string) ? [index] : []));
  const name = parameterAt(place);
  return found.length === 0 ? '' : `foreach ($at in ${found}) { $rows[$at].${name} = $things[$rows[$at].${name}] }\n`;
}

/** PowerShell shows the shortest text of a FLOAT. */
function single(value: unknown): unknown {
  return typeof value === 'number' ? Math.fround(value) : value;
}

function mapValues(row: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value)]));
}
