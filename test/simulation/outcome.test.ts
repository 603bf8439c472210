/** Outcomes for any failure rule and code: the bridge reports that code. */
import { constants } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeSource, FailureCondition, FailureStrategy } from '../../src/definition/types.js';
import { failureFinder } from '../../src/model/find-failure.js';
import { resolveFunction } from '../../src/model/model.js';
import { failedOutcome, successValue } from '../../src/simulation/outcome.js';
import { bench } from '../support/bridge.js';
import { definitionOfCall } from '../support/definitions.js';

const INTEGERS: [type: string, bits: number, signed: boolean][] = [
  ['SHORT', 16, true],
  ['USHORT', 16, false],
  ['INT', 32, true],
  ['ULONG', 32, false],
  ['LONG64', 64, true],
  ['ULONG64', 64, false],
];
const WINDOWS = ['win32', 'hresult', 'ntstatus'] as const;
const CONDITIONS: FailureCondition[] = [
  'zero',
  'nonzero',
  'minusOne',
  'negative',
  { notIn: [0, 1, 7] },
  { mask: 0x4000 },
];

/** A function of a library that is not one of Windows, where a returned code would be a Win32 code. */
const functionOf = (type: string, failure: object | FailureStrategy) =>
  definitionOfCall(
    { returns: { type, failure } },
    { errors: [], library: { files: { linux: 'libx.so.1', win32: 'x.dll' }, location: 'system' } },
  );

function reported(type: string, failure: object | FailureStrategy, code: number) {
  const definition = functionOf(type, failure);
  const fn = definition.functions.Call;
  if (!fn) throw new Error('no function');
  const model = resolveFunction(fn, definition);
  return { definition, model, outcome: failedOutcome(model.failure, code) };
}

async function dataOf(type: string, failure: object | FailureStrategy, code: number) {
  const { definition, outcome } = reported(type, failure, code);
  return (await bench(definition, outcome).errorOf('Call')).data;
}

const fits = (when: FailureCondition, signed: boolean) => when !== 'negative' || signed;
/** Codes that a type can hold and that a condition treats as failure. */
function isFailing(when: FailureCondition, code: number, bits: number): boolean {
  const value = BigInt.asUintN(bits, BigInt(code));
  if (when === 'zero') return value === 0n;
  if (when === 'nonzero') return value !== 0n;
  if (when === 'minusOne') return value === 2n ** BigInt(bits) - 1n;
  if (when === 'negative') return value >= 2n ** BigInt(bits - 1);
  if ('mask' in when) return (value & BigInt(when.mask)) !== 0n;
  return !when.notIn.some((one) => BigInt(one) === BigInt(code));
}

const anyCode = fc.oneof(fc.integer({ min: -40_000, max: 70_000 }), fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }));
const unsigned = fc.integer({ min: 1, max: 2 ** 32 - 1 });

describe('a code that is not the return value', () => {
  const places: CodeSource[] = ['lastError', 'errno', 'none'];
  const rules = places.flatMap((code) =>
    INTEGERS.flatMap(([type, , signed]) =>
      CONDITIONS.filter((when) => fits(when, signed)).map((when) => ({ type, when, code })),
    ),
  );
  const others = places.flatMap((code) =>
    (['zero', 'nonzero'] as const).flatMap((when) =>
      ['BOOL', 'HANDLE', 'LPCSTR'].map((type) => ({ type, when, code })),
    ),
  );

  it.each([...rules, ...others, { type: 'HANDLE', when: 'minusOne' as const, code: 'lastError' as const }])(
    '$type, $when, $code',
    async ({ type, when, code: place }) => {
      await fc.assert(
        fc.asyncProperty(unsigned, async (code) => {
          const data = await dataOf(type, { when, code: place }, code);
          const key = place === 'lastError' ? 'win32' : place;
          if (place === 'none') expect(data).not.toHaveProperty('errno');
          else expect(data).toHaveProperty(key, code);
        }),
        { numRuns: 10 },
      );
    },
  );
});

describe('a code that is the return value', () => {
  const rules = INTEGERS.flatMap(([type, bits, signed]) =>
    // No exact number has all 64 bits.
    CONDITIONS.filter((when) => fits(when, signed) && !(when === 'minusOne' && type === 'ULONG64')).map((when) => ({
      type,
      bits,
      signed,
      when,
    })),
  );

  it.each(rules)('$type, $when', async ({ type, bits, signed, when }) => {
    const least = signed ? -(2 ** (bits - 1)) : 0;
    const most = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
    const codes = fc.oneof(fc.constantFrom(0, -1, most), anyCode);
    await fc.assert(
      fc.asyncProperty(
        codes.filter(
          (code) => Number.isSafeInteger(code) && code >= least && code <= most && isFailing(when, code, bits),
        ),
        async (code) => {
          expect(await dataOf(type, { when, code: 'returned' }, code)).toHaveProperty('code', code);
        },
      ),
      { numRuns: 10, maxSkipsPerRun: 100_000 },
    );
  });

  it.each(WINDOWS.flatMap((place) => ['LONG', 'ULONG'].map((type) => [place, type] as const)))(
    '%s in a %s, with or without a sign',
    async (place, type) => {
      await fc.assert(
        fc.asyncProperty(
          anyCode.filter((code) => isFailing('nonzero', code, 32)),
          async (code) => {
            const data = await dataOf(type, { when: 'nonzero', code: place }, code);
            expect(data).toHaveProperty(place, code >>> 0);
          },
        ),
        { numRuns: 20 },
      );
    },
  );
});

it.each([
  ['win32', 'ULONG', 5, { win32: 5 }],
  ['lastErrorIfZero', 'BOOL', 5, { win32: 5 }],
  ['lastErrorIfInvalidHandle', 'HANDLE', 2, { win32: 2 }],
  ['hresult', 'LONG', 0x8007_0005, { hresult: 0x8007_0005 }],
  ['ntstatus', 'ULONG', 0xc000_0022, { ntstatus: 0xc000_0022 }],
] as const)('the strategy %s reports its code', async (failure, type, code, data) => {
  expect(await dataOf(type, failure, code)).toMatchObject(data);
});

it('an errno has its name', async () => {
  const data = await dataOf('INT', { when: 'minusOne', code: 'errno' }, constants.errno.ENOENT);
  expect(data).toMatchObject({ errno: constants.errno.ENOENT, symbol: 'ENOENT' });
});

describe('the value of a success', () => {
  const cases = INTEGERS.flatMap(([type, , signed]) =>
    CONDITIONS.filter((when) => fits(when, signed)).map((when) => ({
      type,
      failure: { when, code: 'none' } as object,
    })),
  );
  const strategies = [
    ['BOOL', 'lastErrorIfZero'],
    ['HANDLE', 'lastErrorIfInvalidHandle'],
    ['LONG', 'hresult'],
    ['ULONG', 'win32'],
    ['INT', 'none'],
  ] as const;

  it.each([...cases, ...strategies.map(([type, failure]) => ({ type, failure }))])(
    '$type, $failure is no failure',
    ({ type, failure }) => {
      const { model } = reported(type, failure, 0);
      expect(failureFinder(model.failure)({ returnValue: successValue(model.failure), outputs: {} })).toBeUndefined();
    },
  );
});
