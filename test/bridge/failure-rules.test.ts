/** Rules of failure: which return values fail, where the code is, and which codes are no failure. */
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import type { CallOutcome, NativeValue } from '../../src/definition/execution.js';
import type { FailureCondition, FailureRule } from '../../src/definition/types.js';
import { bench } from '../support/bridge.js';
import { definitionOfCall } from '../support/definitions.js';

const errors: readonly object[] = [];
const FILES = { library: { files: { linux: 'libx.so.1', win32: 'x.dll' }, location: 'system' }, errors };
const told = (symbol: string, code: number) => ({
  id: `Told${symbol}`,
  code,
  symbol,
  category: 'ReadError',
  message: `${symbol}.`,
  recommendedAction: 'Do.',
});

function callOf(
  failure: FailureRule,
  type: string,
  outcome: Partial<CallOutcome>,
  rest: object = FILES,
  fn: object = {},
) {
  const definition = definitionOfCall({ returns: { type, failure, resultName: 'Value' }, ...fn }, { ...rest });
  return bench(definition, { returnValue: 0, outputs: {}, ...outcome });
}

describe('the return values that mean failure', () => {
  it.each<[FailureCondition, string, NativeValue[], NativeValue[]]>([
    ['zero', 'INT', [0], [1, -1]],
    ['zero', 'ULONG64', [0n], [1n]],
    ['zero', 'HANDLE', [0n], [1n]],
    ['zero', 'LPCSTR', [null], ['', 'x']],
    ['nonzero', 'INT', [1, -1], [0]],
    ['nonzero', 'BOOL', [true], [false]],
    ['minusOne', 'INT', [-1], [0, 1, -2]],
    ['minusOne', 'ULONG', [0xffff_ffff], [0, 0xffff_fffe]],
    ['minusOne', 'USHORT', [0xffff], [0xff]],
    ['minusOne', 'LONG64', [-1n], [0n, 0xffff_ffffn]],
    ['minusOne', 'ULONG64', [2n ** 64n - 1n], [0n, 0xffff_ffffn]],
    ['minusOne', 'HANDLE', [2n ** 64n - 1n], [0n, 3n]],
    ['negative', 'INT', [-1, -7], [0, 7]],
    ['negative', 'LONG64', [-1n], [0n, 7n]],
    [{ notIn: [0, 2] }, 'INT', [1, -1], [0, 2]],
    [{ notIn: [0, 2] }, 'ULONG64', [1n], [0n, 2n]],
    [{ mask: 6 }, 'INT', [2, 4, 7, -1], [0, 1, 8]],
    [{ mask: 0x1_0000_0000 }, 'ULONG64', [0x1_0000_0001n], [0xffff_ffffn]],
  ])('%o in a %s', async (when, type, failing, passing) => {
    const of = (returnValue: NativeValue) => callOf({ when, code: 'none' }, type, { returnValue }).call('Call');
    for (const value of failing) expect(await of(value)).toHaveProperty('error.data.id', 'NativeError');
    for (const value of passing) expect(await of(value)).toHaveProperty('result');
  });

  it('are those with the highest bit for an HRESULT in an unsigned type', async () => {
    const { errorOf } = callOf({ when: 'negative', code: 'hresult' }, 'ULONG', { returnValue: 0x8000_4005 });
    expect((await errorOf('Call')).data).toMatchObject({ id: 'Win32Error', hresult: 0x8000_4005 });
  });
});

describe('the code', () => {
  it.each<[FailureRule, string, Partial<CallOutcome>, string, object]>([
    [{ when: 'nonzero', code: 'returned' }, 'INT', { returnValue: -5 }, 'Call failed with code -5', { code: -5 }],
    [{ when: 'zero', code: 'returned' }, 'INT', { returnValue: 0 }, 'Call failed with code 0', { code: 0 }],
    [
      { when: 'nonzero', code: 'returned' },
      'ULONG64',
      { returnValue: 2n ** 64n - 10n },
      'Call failed with code 18446744073709551606',
      { code: '18446744073709551606' },
    ],
    [{ when: 'nonzero', code: 'none' }, 'INT', { returnValue: 7 }, 'Call failed without an error code', {}],
    [
      { when: 'minusOne', code: 'errno' },
      'INT',
      { returnValue: -1, errno: constants.errno.ENOENT },
      `Call failed with errno ${constants.errno.ENOENT} (ENOENT)`,
      { errno: constants.errno.ENOENT, symbol: 'ENOENT' },
    ],
  ])('of %o in a %s is no code of Windows', async (rule, type, outcome, message, facts) => {
    expect(await callOf(rule, type, outcome).errorOf('Call')).toEqual({
      code: -32000,
      message,
      data: {
        id: 'NativeError',
        function: 'Call',
        ...facts,
        category: 'NotSpecified',
        recommendedAction: expect.stringMatching(/Call|errno/),
      },
    });
  });

  it.each<[FailureRule, string, CallOutcome['returnValue'], object]>([
    [{ when: { notIn: [0, 234] }, code: 'win32' }, 'ULONG', 5, { win32: 5 }],
    [{ when: 'negative', code: 'hresult' }, 'HRESULT', -2147024891, { hresult: 0x8007_0005 }],
    [{ when: 'negative', code: 'ntstatus' }, 'NTSTATUS', -1073741823, { ntstatus: 0xc000_0001 }],
  ])('of %o in a %s is one of Windows', async (rule, type, returnValue, facts) => {
    expect((await callOf(rule, type, { returnValue }).errorOf('Call')).data).toMatchObject({
      id: 'Win32Error',
      ...facts,
    });
  });

  it.each<[string, object, string, FailureCondition, object]>([
    ['a DWORD of a DLL of Windows', { fileName: 'x.dll', location: 'system' }, 'DWORD', 'nonzero', { win32: 5 }],
    ['a LONG of a DLL of Windows', { files: { win32: 'x.dll' }, location: 'system' }, 'LONG', 'nonzero', { win32: 5 }],
    ['a name of a DWORD', { fileName: 'x.dll', location: 'system' }, 'Status', 'nonzero', { win32: 5 }],
    ['an INT', { fileName: 'x.dll', location: 'system' }, 'INT', 'nonzero', { code: 5 }],
    ['a DWORD that fails otherwise', { fileName: 'x.dll', location: 'system' }, 'DWORD', { mask: 1 }, { code: 5 }],
    ['a DLL of a module', { fileName: 'x.dll', location: 'module' }, 'DWORD', 'nonzero', { code: 5 }],
    ['a library of several systems', FILES.library, 'DWORD', 'nonzero', { code: 5 }],
  ])('that is returned has the meaning of its library: %s', async (_name, library, type, when, facts) => {
    const rest = { library, errors, types: { Status: { type: 'DWORD' } } };
    const { errorOf } = callOf({ when, code: 'returned' }, type, { returnValue: 5 }, rest);
    expect((await errorOf('Call')).data).toMatchObject(facts);
  });

  it('finds the text of the definition, with its sign', async () => {
    const rest = { ...FILES, errors: [told('Z_BUF_ERROR', -5), told('OTHER', 5)] };
    const { errorOf } = callOf({ when: 'nonzero', code: 'returned' }, 'INT', { returnValue: -5 }, rest);
    expect((await errorOf('Call')).data).toMatchObject({ id: 'ToldZ_BUF_ERROR', symbol: 'Z_BUF_ERROR', code: -5 });
  });

  it('finds the text of an errno by its name, whatever number the definition has', async () => {
    const rest = { ...FILES, errors: [told('ENOENT', 9999), told('EPERM', constants.errno.ENOENT)] };
    const rule: FailureRule = { when: 'minusOne', code: 'errno' };
    const { errorOf } = callOf(rule, 'INT', { returnValue: -1, errno: constants.errno.ENOENT }, rest);
    expect((await errorOf('Call')).data).toMatchObject({ id: 'ToldENOENT', errno: constants.errno.ENOENT });
  });
});

describe('codes that are no failure', () => {
  const rule: FailureRule = { when: 'nonzero', code: 'returned', success: [1], absent: [2, -3] };
  const of = (returnValue: NativeValue) => callOf(rule, 'INT', { returnValue });

  it('of success give the result', async () => {
    expect(await of(1).resultOf('Call')).toEqual({ Value: 1 });
  });

  it.each([2, -3])('of absence give null: %i', async (code) => {
    expect(await of(code).resultOf('Call')).toBeNull();
  });

  it('leave the others', async () => {
    expect((await of(4).errorOf('Call')).data.code).toBe(4);
  });

  it('may be a 0 that the function leaves', async () => {
    const noCode: FailureRule = { when: 'zero', code: 'errno', absent: [0] };
    expect(await callOf(noCode, 'LPCSTR', { returnValue: null, errno: 0 }).resultOf('Call')).toBeNull();
    expect((await callOf(noCode, 'LPCSTR', { returnValue: null, errno: 12 }).errorOf('Call')).data.errno).toBe(12);
  });

  it('may be codes of Windows with or without a sign', async () => {
    const gone: FailureRule = { when: 'negative', code: 'hresult', absent: [-2147024894], success: [0x8007_00ea] };
    const hresult = (code: number) => callOf(gone, 'HRESULT', { returnValue: code | 0 });
    expect(await hresult(0x8007_0002).resultOf('Call')).toBeNull();
    expect(await hresult(0x8007_00ea).resultOf('Call')).toEqual({ Value: 0x8007_00ea | 0 });
  });

  it('are told by their index in calls of many', async () => {
    const values: Json[] = [0, 2, 4];
    let next = 0;
    const definition = definitionOfCall(
      {
        returns: { type: 'INT', failure: rule, resultName: 'Value' },
        parameters: [{ name: 'Row', type: 'INT', direction: 'in' }],
      },
      FILES,
    );
    const { resultOf } = bench(definition, () => ({ returnValue: values[next++] as number, outputs: {} }));
    expect(await resultOf('dllet.callMany', { function: 'Call', columns: { Row: [0, 1, 2] } })).toEqual({
      columns: { Value: [0, null, null] },
      errors: [{ index: 2, error: expect.objectContaining({ message: 'Call failed with code 4' }) }],
      absent: [1],
    });
  });
});

describe('a call on another thread', () => {
  it('fails with every zero, because no code could be cleared before it', async () => {
    const of = (mayBlock: boolean) =>
      bench(definitionOfCall({ returns: { type: 'ULONG', failure: 'lastErrorIfZero' }, mayBlock }, FILES), {
        returnValue: 0,
        outputs: {},
        lastError: 0,
      });
    expect(await of(false).call('Call')).toHaveProperty('result');
    expect(await of(true).call('Call')).toHaveProperty('error.data.win32', 0);
  });
});
