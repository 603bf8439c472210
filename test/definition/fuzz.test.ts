/**
 * Valid definitions with one place changed to anything: validate never fails and never takes long, and what it lets pass becomes a module.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { resolveFunction } from '../../src/model/model.js';
import { planBinding } from '../../src/native/binding.js';
import { NAMES, PLACES } from '../support/every-name.js';
import { HOSTILE_PIECES } from '../support/hostile-texts.js';
import { splitCode } from '../support/powershell-code.js';
import { LIBC, ZLIB } from '../support/short-form.js';

const VALID = (PLACES['a function'] as (name: string) => DefinitionSource)('Plain');
const TEXT = JSON.stringify(VALID);

/** Every place of a document as the steps to it, the whole document first. */
function placesOf(value: unknown, steps: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [steps];
  return [steps, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...steps, key]))];
}

const ALL = placesOf(VALID);

/** The text with the JSON text `changed` in one place; undefined takes the place out. */
function withChange(steps: readonly string[], changed: string | undefined): string {
  if (steps.length === 0) return changed ?? '';
  const copy = JSON.parse(TEXT);
  const mark = '\u0001changed\u0001';
  let parent = copy;
  for (const step of steps.slice(0, -1)) parent = parent[step];
  const last = steps.at(-1) as string;
  if (changed !== undefined) parent[last] = mark;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return JSON.stringify(copy).replace(JSON.stringify(mark), () => changed ?? '');
}

/** Longest time that a document of this size may take, in milliseconds: more than a hundred times what it takes. */
const PATIENCE = 10_000;

/** Validates; whatever has no mistake must be bound and become a module. True when it was valid. */
function survives(text: string): boolean {
  const start = performance.now();
  const { mistakes, value } = validateDefinitionText(text);
  expect(performance.now() - start).toBeLessThan(PATIENCE);
  for (const { line, message, pointer } of mistakes) {
    expect(line).toBeGreaterThan(0);
    expect(message.length).toBeGreaterThan(0);
    expect(pointer).toMatch(/^(\/|$)/);
  }
  if (mistakes.length > 0 || value === undefined) return false;
  const definition = expandDefinition(value);
  for (const fn of Object.values(definition.functions)) planBinding(resolveFunction(fn, definition));
  expect(generateModule(definition).size).toBeGreaterThan(9);
  return true;
}

const WRONG = [
  'null',
  'true',
  '0',
  '-1',
  '1e308',
  '1.5',
  '99999999999999999999',
  '""',
  '"\\u0000"',
  '[]',
  '{}',
  '[[]]',
  '{"":{}}',
  '[null]',
];

describe('a definition with one place changed', () => {
  it('is valid to begin with', () => {
    expect(survives(TEXT)).toBe(true);
    expect(ALL.length).toBeGreaterThan(200);
  });

  it.each([undefined, ...WRONG])('to %s, at every place', (changed) => {
    for (const steps of ALL) survives(withChange(steps, changed));
  });

  it('to a value of another place', () => {
    const values = ALL.map((steps) => JSON.stringify(steps.reduce((at: never, step) => at[step], VALID as never)));
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL),
        fc.constantFrom(...values),
        (steps, changed) => void survives(withChange(steps, changed)),
      ),
      { numRuns: 300 },
    );
  });

  it('to an odd name, or to any JSON', () => {
    const odd = fc.constantFrom(
      ...Object.values(NAMES).flat(),
      'a'.repeat(100_000),
      '{Kind}',
      '{VariantName}',
      'Ä',
      '\ud800',
      '../x',
      'a b',
    );
    const changed = fc.oneof(
      odd.map((name) => JSON.stringify(name)),
      fc.json({ maxDepth: 4 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ALL), changed, (steps, value) => void survives(withChange(steps, value))),
      { numRuns: 500 },
    );
  });

  it('to a key of another name', () => {
    const odd = fc.constantFrom(...Object.values(NAMES).flat(), '', '/', '~', '{Kind}', 'name');
    fc.assert(
      fc.property(fc.constantFrom(...ALL.filter((steps) => steps.length > 0)), odd, (steps, name) => {
        const last = steps.at(-1) as string;
        const parent = steps.slice(0, -1).reduce((at: never, step) => at[step], VALID as never) as object;
        if (Array.isArray(parent)) return;
        const entries = Object.entries(parent).map(
          ([key, value]) => `${JSON.stringify(key === last ? name : key)}:${JSON.stringify(value)}`,
        );
        survives(withChange(steps.slice(0, -1), `{${entries.join()}}`));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a definition in the short form', () => {
  const forms = [ZLIB, LIBC] as const;
  const places = forms.map((form) => placesOf(form));
  const changeOf = (form: object, steps: readonly string[], value: unknown) => {
    const copy = structuredClone(form);
    const last = steps.at(-1);
    if (last === undefined) return value;
    Object.assign(steps.slice(0, -1).reduce((at: never, step) => at[step], copy as never) as object, { [last]: value });
    return copy;
  };
  const somewhere = fc
    .nat(forms.length - 1)
    .chain((index) => fc.tuple(fc.constant(forms[index] as object), fc.constantFrom(...(places[index] ?? []))));

  it('with any JSON in one place', () => {
    fc.assert(
      fc.property(somewhere, fc.jsonValue({ maxDepth: 3 }), ([form, steps], value) => {
        survives(JSON.stringify(changeOf(form, steps, value)) ?? '');
      }),
      { numRuns: 150 },
    );
  });

  const prototypes = forms.flatMap(({ functions }, index) => functions.map((_one, at) => ({ form: forms[index], at })));
  const words = [
    ...new Set(forms.flatMap(({ functions }) => functions.join(' ').split(/\b/))),
    ...'const * ** [4] [0] [] [size] [optional] [inout] [handle(fclose)] [value] [reserved] [collect] [utf8] void double'.split(
      ' ',
    ),
    ...'[count(3)] [bytes(0)] [constant(-1)] [buffer(0,0)] [written(return)] union struct enum ; ... 0xFFFFFFFFFFFFFFFFF'.split(
      ' ',
    ),
  ];
  /** A prototype in which some words are replaced. */
  const changed = (others: readonly string[]) =>
    fc
      .tuple(
        fc.constantFrom(...prototypes),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...others)), { minLength: 1, maxLength: 3 }),
      )
      .map(([{ form, at }, changes]) => {
        const before = (form as { functions: readonly string[] }).functions;
        const parts = (before[at] as string).split(/\b/);
        for (const [place, word] of changes) parts[place % parts.length] = word;
        return { ...form, functions: before.with(at, parts.join('')) };
      });

  it('with other words in a prototype', () => {
    let valid = 0;
    fc.assert(
      fc.property(changed(words), (definition) => {
        if (survives(JSON.stringify(definition))) valid += 1;
      }),
      { numRuns: 150 },
    );
    expect(valid).toBeGreaterThan(0);
  });

  it('with commands in a prototype, of which none becomes code', () => {
    const hostile = [...HOSTILE_PIECES, ';', '$(', '/*', '"', '//'].map((piece) => `${piece}Invoke-Evil`);
    const command = /Invoke-Evil/i;
    fc.assert(
      fc.property(changed(hostile), (definition) => {
        const text = JSON.stringify(definition);
        if (!survives(text)) return;
        const module = generateModule(expandDefinition(validateDefinitionText(text).value as DefinitionSource));
        for (const [name, content] of module) {
          if (/\.ps[md]?1$/.test(name)) expect(splitCode(content.replace('\ufeff', '')).code).not.toMatch(command);
        }
      }),
      {
        numRuns: 150,
        examples: ["'", '"', ' '].map(
          (quote) =>
            [
              { ...ZLIB, functions: ZLIB.functions.with(1, `/* ${quote}; Invoke-Evil */ ${ZLIB.functions[1]}`) },
            ] as never,
        ),
      },
    );
  });
});

describe('a value that is nested 20,000 deep, or very wide', () => {
  const deep = (open: string, inner: string, close: string) => open.repeat(20_000) + inner + close.repeat(20_000);
  const values: readonly (readonly [string, string])[] = [
    ['arrays', deep('[', '', ']')],
    ['objects', deep('{"a":', '1', '}')],
    ['structs', deep('{"struct":[{"name":"A","type":', '"BYTE"', '}]}')],
    ['arrays of arrays', deep('{"array":', '"BYTE"', ',"length":1}')],
    ['a wide array', JSON.stringify(Array.from({ length: 2_000 }, () => ({})))],
    [
      'a wide object',
      JSON.stringify(Object.fromEntries(Array.from({ length: 2_000 }, (_one, index) => [`k${index}`, {}]))),
    ],
  ];
  const places = ALL.filter((steps) =>
    /^(|name|types|functions|cmdlets|dsc|errors\.0|types\.TypeName\.type|functions\.FnName\.parameters(\.0)?(\.type)?|operations\.OperationName\.parameters\.0\.default|dsc\.ResourceName\.candidates\.calls\.0\.AskName)$/.test(
      steps.join('.'),
    ),
  );

  it.each(values)('%s', (_name, value) => {
    for (const steps of places) expect(survives(withChange(steps, value))).toBe(false);
  });

  it('types that refer to each other, a hundred thousand wide in sum', () => {
    const types = Object.fromEntries(
      Array.from({ length: 40 }, (_one, index) => [
        `T${index}`,
        { type: index === 0 ? 'BYTE' : { struct: ['A', 'B'].map((name) => ({ name, type: `T${index - 1}` })) } },
      ]),
    );
    survives(withChange(['types'], JSON.stringify({ ...VALID.types, ...types })));
  });
});
