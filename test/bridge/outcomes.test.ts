import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { DlletError } from '../../src/definition/errors.js';
import type { CallOutcome, NativeValue } from '../../src/definition/execution.js';
import { bench } from '../support/bridge.js';
import { definitionOfCall, sampleDefinition } from '../support/definitions.js';

const given = { First: 3, Length: 4 };
const text = (id: string, code: number) => ({
  id,
  code,
  symbol: `ERROR_${code}`,
  category: 'ReadError',
  message: `${id}.`,
  recommendedAction: 'Do.',
});

describe('results', () => {
  it.each<[string, object, NativeValue, Json]>([
    ['an integer', { type: 'ULONG' }, 7, 7],
    ['a wide integer', { type: 'ULONG64' }, 7n, '7'],
    ['a handle', { type: 'HANDLE' }, 2n ** 64n - 1n, '-1'],
    ['a Boolean', { type: 'BOOL' }, true, true],
    ['a float', { type: 'DOUBLE' }, 0.1, 0.1],
    ['no number', { type: 'DOUBLE' }, Number.NaN, 'NaN'],
    ['infinity', { type: 'FLOAT' }, Number.NEGATIVE_INFINITY, '-Infinity'],
    ['negative zero', { type: 'DOUBLE' }, -0, '-0'],
    ['a string', { type: { string: 'utf16', capacity: 9 } }, 'x', 'x'],
    ['an enum with a name', { type: { enum: { A: 1 }, base: 'ULONG' } }, 1, 'A'],
    ['an enum without one', { type: { enum: { A: 1 }, base: 'ULONG' } }, 2, 2],
    ['a wide enum', { type: { enum: { A: 1 }, base: 'ULONG64' } }, 1n, 'A'],
    ['an array', { type: { array: 'ULONG64', length: 2 } }, [1n, 2n], ['1', '2']],
    [
      'a struct',
      { type: { struct: [{ name: 'A', type: { array: 'HANDLE', length: 1 } }] } },
      { A: [5n] },
      { A: ['5'] },
    ],
  ])('%s', async (_name, spec, value, wanted) => {
    const definition = definitionOfCall({ parameters: [{ name: 'P', direction: 'out', ...spec }] });
    expect(await bench(definition, { returnValue: 0, outputs: { P: value } }).resultOf('Call')).toEqual({ P: wanted });
  });

  it('have the return value under its name, when it has one', async () => {
    const returns = { type: 'HANDLE', failure: 'lastErrorIfInvalidHandle', resultName: 'Handle' };
    const parameters = [{ name: 'Size', type: 'ULONG', direction: 'inout', constant: 4 }];
    const definition = definitionOfCall({ returns, parameters });
    expect(await bench(definition, { returnValue: 4n, outputs: { Size: 4 } }).resultOf('Call')).toEqual({
      Handle: '4',
    });
  });
});

describe('strategies of failure', () => {
  const minusOne = 2n ** 64n - 1n;
  const rows: readonly [string, string, CallOutcome, Json | undefined][] = [
    ['none', 'ULONG', { returnValue: 5, outputs: {} }, undefined],
    ['win32', 'ULONG', { returnValue: 0, outputs: {} }, undefined],
    ['win32', 'ULONG', { returnValue: 9, outputs: {} }, { win32: 9 }],
    ['win32', 'LONG', { returnValue: -1, outputs: {} }, { win32: 0xffff_ffff }],
    ['lastErrorIfZero', 'ULONG', { returnValue: 1, outputs: {}, lastError: 9 }, undefined],
    ['lastErrorIfZero', 'ULONG', { returnValue: 0, outputs: {}, lastError: 9 }, { win32: 9 }],
    ['lastErrorIfZero', 'ULONG64', { returnValue: 0n, outputs: {}, lastError: 9 }, { win32: 9 }],
    ['lastErrorIfZero', 'BOOL', { returnValue: false, outputs: {}, lastError: 9 }, { win32: 9 }],
    ['lastErrorIfZero', 'LPCWSTR', { returnValue: null, outputs: {}, lastError: 9 }, { win32: 9 }],
    ['lastErrorIfZero', 'LPCWSTR', { returnValue: '', outputs: {}, lastError: 9 }, undefined],
    ['lastErrorIfInvalidHandle', 'HANDLE', { returnValue: minusOne, outputs: {}, lastError: 9 }, { win32: 9 }],
    ['lastErrorIfInvalidHandle', 'HANDLE', { returnValue: 0n, outputs: {}, lastError: 9 }, undefined],
    ['lastErrorIfInvalidHandle', 'HANDLE', { returnValue: minusOne, outputs: {}, lastError: 0 }, { win32: 0 }],
    ['lastErrorIfZero', 'ULONG', { returnValue: 0, outputs: {}, lastError: 0 }, undefined],
    ['lastErrorIfZero', 'HANDLE', { returnValue: 0n, outputs: {}, lastError: 0 }, undefined],
    ['lastErrorIfZero', 'BOOL', { returnValue: false, outputs: {}, lastError: 0 }, { win32: 0 }],
    ['hresult', 'HRESULT', { returnValue: 1, outputs: {} }, undefined],
    ['hresult', 'HRESULT', { returnValue: -2147467259, outputs: {} }, { hresult: 0x8000_4005 }],
    ['ntstatus', 'NTSTATUS', { returnValue: 259, outputs: {} }, undefined],
    ['ntstatus', 'NTSTATUS', { returnValue: -1073741823, outputs: {} }, { ntstatus: 0xc000_0001 }],
  ];
  it.each(rows)('%s in a %s: %o', async (failure, type, outcome, wanted) => {
    const reply = await bench(definitionOfCall({ returns: { type, failure } }), outcome).call('Call');
    if (wanted === undefined) expect(reply).toMatchObject({ result: {} });
    else
      expect(reply).toMatchObject({
        error: { code: -32000, data: { id: 'Win32Error', function: 'Call', ...(wanted as object) } },
      });
  });
});

describe('a zero without an error code', () => {
  const zero = (type: string, returnValue: NativeValue, more: object = {}) =>
    bench(definitionOfCall({ returns: { type, failure: 'lastErrorIfZero', ...more } }), {
      returnValue,
      outputs: {},
      lastError: 0,
    });

  it('is a value where the result shows it', async () => {
    expect(await zero('ULONG', 0, { resultName: 'Length' }).resultOf('Call')).toEqual({ Length: 0 });
    expect(await zero('BOOL', false, { resultName: 'Answer' }).resultOf('Call')).toEqual({ Answer: false });
  });

  it('is a failure that says so where it is a FALSE that no result shows', async () => {
    const { message, data } = await zero('BOOL', false).errorOf('Call');
    expect(message).toBe('Call failed without an error code');
    expect(data).toMatchObject({ id: 'Win32Error', win32: 0, recommendedAction: expect.stringContaining('of Call') });
  });
});

describe('an errno', () => {
  it('is none of the codes of Windows: it has an id and words of its own, whatever the definition says of the number', async () => {
    const definition = definitionOfCall(
      { returns: { type: 'BOOL', failure: 'lastErrorIfZero' } },
      {
        errors: [text('General', 9)],
      },
    );
    const { message, data } = await bench(definition, { returnValue: false, outputs: {}, errno: 9 }).errorOf('Call');
    expect(message).toBe('Call failed with errno 9 (EBADF)');
    expect(data).toEqual({
      id: 'NativeError',
      function: 'Call',
      errno: 9,
      symbol: 'EBADF',
      category: 'NotSpecified',
      recommendedAction: expect.stringContaining('errno 9'),
    });
  });
});

describe('what a code means', () => {
  it('is in the words of the definition, with the values of the call', async () => {
    const error = await bench(sampleDefinition(), { returnValue: 7, outputs: {} }).errorOf('ReadBlue', given);
    expect(error).toEqual({
      code: -32000,
      message: 'No BLUE at 3 to 6.',
      data: {
        id: 'SevenFailed',
        function: 'ReadBlue',
        win32: 7,
        symbol: 'ERROR_SEVEN',
        category: 'InvalidData',
        recommendedAction: 'Do not read Blue at 3.',
      },
    });
  });

  it.each<[string, readonly object[], number, string]>([
    [
      'the limited meaning wins, wherever it stands',
      [text('General', 9), { ...text('Limited', 9), functions: ['Call'] }],
      9,
      'Limited',
    ],
    [
      'the limited meaning wins, first',
      [{ ...text('Limited', 9), functions: ['Call'] }, text('General', 9)],
      9,
      'Limited',
    ],
    ['a meaning for another function is none', [{ ...text('Limited', 9), functions: ['Other'] }], 9, 'Win32Error'],
    ['a Win32 code inside an HRESULT', [text('General', 5)], -2147024891, 'General'],
    [
      'the HRESULT itself goes before the code inside it',
      [text('Inside', 5), text('Itself', 0x8007_0005)],
      -2147024891,
      'Itself',
    ],
    ['a code inside an HRESULT of another facility', [text('General', 5)], -2147221499, 'Win32Error'],
  ])('%s', async (_name, errors, returnValue, id) => {
    const failure = returnValue < 0 ? 'hresult' : 'win32';
    const definition = definitionOfCall(
      { returns: { type: returnValue < 0 ? 'HRESULT' : 'ULONG', failure } },
      { errors },
    );
    expect((await bench(definition, { returnValue, outputs: {} }).errorOf('Call')).data.id).toBe(id);
  });

  it.each<[string, string, number, string]>([
    ['win32', 'ULONG', 1234, 'Call failed with Win32 error 1234: The system says so.'],
    ['win32', 'ULONG', 4321, 'Call failed with Win32 error 4321'],
    ['hresult', 'HRESULT', 0x8007_04d2 | 0, 'Call failed with HRESULT 0x800704D2: The system says so.'],
    ['ntstatus', 'NTSTATUS', 0xc000_0001 | 0, 'Call failed with NTSTATUS 0xC0000001'],
  ])('that nobody explains is the number: %s', async (failure, type, returnValue, message) => {
    const definition = definitionOfCall({ returns: { type, failure } });
    const error = await bench(definition, { returnValue, outputs: {} }).errorOf('Call');
    expect(error).toMatchObject({ code: -32000, message, data: { id: 'Win32Error', category: 'NotSpecified' } });
    expect(error.data.recommendedAction).not.toBe('');
  });
});

describe('a function that cannot be reached', () => {
  const thrown = new DlletError({
    id: 'LibraryNotFound',
    category: 'ObjectNotFound',
    message: 'No library.',
    recommendedAction: 'Install it.',
    data: { path: '/x', function: 'other' },
  });
  const fail = (error: unknown) => () => {
    throw error;
  };

  it.each<[string, () => CallOutcome | Promise<CallOutcome>]>([
    ['at once', fail(thrown)],
    ['later', () => Promise.reject(thrown)],
  ])('says so with its own id, %s', async (_name, answer) => {
    expect(await bench(sampleDefinition(), answer).errorOf('Ping')).toEqual({
      code: -32000,
      message: 'No library.',
      data: {
        id: 'LibraryNotFound',
        path: '/x',
        function: 'Ping',
        category: 'ObjectNotFound',
        recommendedAction: 'Install it.',
      },
    });
  });

  it.each<[string, () => CallOutcome | Promise<CallOutcome>]>([
    ['an error', fail(new TypeError('Oops.'))],
    ['a string', fail('Oops.')],
    ['undefined', fail(undefined)],
    ['a rejection', () => Promise.reject(new Error('Oops.'))],
    ['an outcome of no form', () => undefined as unknown as CallOutcome],
  ])('for a reason nobody foresaw (%s) is an internal error, and the bridge goes on', async (_name, answer) => {
    let broken = true;
    const { call, resultOf } = bench(sampleDefinition(), () =>
      broken ? answer() : { returnValue: true, outputs: {} },
    );
    expect(await call('Ping')).toMatchObject({
      id: 1,
      error: { code: -32603, message: expect.stringMatching(/^Ping: internal error: /) },
    });
    broken = false;
    expect(await resultOf('Ping')).toEqual({});
  });
});

describe('a backend that answers later', () => {
  it('gives the same result, and the same failure', async () => {
    const later = (outcome: CallOutcome) => bench(sampleDefinition(), () => Promise.resolve(outcome));
    expect(await later({ returnValue: 0, outputs: { Value: 9n } }).resultOf('ReadRed', given)).toEqual({ Value: '9' });
    expect((await later({ returnValue: 7, outputs: {} }).errorOf('ReadRed', given)).data.id).toBe('SevenFailed');
  });
});
