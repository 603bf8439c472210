import koffi, { type LibraryHandle, type TypeObject } from 'koffi';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { ExpandedFunction, ParameterDefinition, ReturnDefinition } from '../../src/definition/types.js';
import { TypeResolutionError } from '../../src/kinds/index.js';
import { resolveFunction } from '../../src/model/model.js';
import { bindPlan, type LastErrorAccess, planBinding } from '../../src/native/binding.js';

interface Binding {
  readonly convention: string;
  readonly name: string;
  readonly result: string;
  readonly parameters: readonly string[];
}

/** A library that only records the calls of koffi. */
function recordingLibrary(bindings: Binding[]): LibraryHandle {
  const func = (convention: string, name: string, result: TypeObject, parameters: TypeObject[]) => {
    bindings.push({ convention, name, result: result.name, parameters: parameters.map((type) => type.name) });
    return () => 0;
  };
  return { func } as unknown as LibraryHandle;
}

/** A system on which nothing fails. */
const silent: LastErrorAccess = {
  lastErrorKind: 'lastError',
  clearLastError: () => {},
  lastError: () => 0,
  clearErrno: () => {},
  errno: () => 0,
};

function functionWith(
  parameters: readonly ParameterDefinition[],
  returns: ReturnDefinition = { type: 'ULONG', failure: 'none' },
): ExpandedFunction {
  return {
    name: 'Example',
    description: 'An example.',
    callingConvention: 'stdcall',
    parameters,
    returns,
    changesState: false,
    terms: {},
  };
}

const planOf = (fn: ExpandedFunction) => planBinding(resolveFunction(fn, { types: {} }));

describe('what koffi is told', () => {
  it('declares the six functions with their convention, network-order StartPort and pointer to the token', async () => {
    const definition = await loadDefinition('PersistentPortReservation');
    const bindings: Binding[] = [];
    for (const fn of Object.values(definition.functions)) {
      bindPlan(recordingLibrary(bindings), planBinding(resolveFunction(fn, definition)), silent);
    }
    const block = ['uint16_be_t', 'uint16_t'];
    const binding = (name: string, parameters: string[]) => ({
      convention: '__stdcall',
      name,
      result: 'uint32_t',
      parameters,
    });
    const both = (start: string, parameters: string[]) =>
      ['Udp', 'Tcp'].map((protocol) => binding(`${start}Persistent${protocol}PortReservation`, parameters));
    expect(new Set(bindings)).toEqual(
      new Set([
        ...both('Create', [...block, 'void *']),
        ...both('Delete', block),
        ...both('Lookup', [...block, 'void *']),
      ]),
    );
  });

  it.each([
    ['stdcall', '__stdcall'],
    ['cdecl', '__cdecl'],
  ] as const)('says %s as %s', (callingConvention, convention) => {
    expect(planOf({ ...functionWith([]), callingConvention }).convention).toBe(convention);
  });

  it.each([
    ['CHAR', 'int8_t'],
    ['BYTE', 'uint8_t'],
    ['SHORT', 'int16_t'],
    ['WORD', 'uint16_t'],
    ['LONG', 'int32_t'],
    ['DWORD', 'uint32_t'],
    ['LONG64', 'int64_t'],
    ['DWORD64', 'uint64_t'],
    ['LONG_PTR', 'intptr_t'],
    ['SIZE_T', 'uintptr_t'],
    ['BOOL', 'int32_t'],
    ['BOOLEAN', 'uint8_t'],
    ['FLOAT', 'float'],
    ['DOUBLE', 'double'],
    ['HANDLE', 'uintptr_t'],
    ['LPCWSTR', 'str16'],
    ['LPCSTR', 'str'],
  ])('passes %s as %s', (type, expected) => {
    const plan = planOf(functionWith([{ name: 'Value', type, direction: 'in' }]));
    expect(plan.parameters[0]?.type).toBe(koffi.type(expected));
  });

  it.each([
    ['SHORT', 'int16_be_t'],
    ['USHORT', 'uint16_be_t'],
    ['LONG', 'int32_be_t'],
    ['ULONG', 'uint32_be_t'],
    ['LONG64', 'int64_be_t'],
    ['ULONG64', 'uint64_be_t'],
    ['BYTE', 'uint8_t'],
  ])('passes %s in network order as %s', (type, expected) => {
    const plan = planOf(functionWith([{ name: 'Value', type, byteOrder: 'network', direction: 'in' }]));
    expect(plan.parameters[0]?.type).toBe(koffi.type(expected));
  });

  it('leaves no names behind in koffi, whose names are global: the same struct binds twice', () => {
    const type = { struct: [{ name: 'X', type: 'LONG' }] };
    const fn = functionWith([{ name: 'Point', type, direction: 'inout' }]);
    expect(() => [planOf(fn), planOf(fn)]).not.toThrow();
  });

  const impossible: readonly (readonly [string, ExpandedFunction])[] = [
    ['an out string without capacity', functionWith([{ name: 'Text', type: 'LPCWSTR', direction: 'out' }])],
    ['an array as return value', functionWith([], { type: { array: 'BYTE', length: 4 }, failure: 'none' })],
    [
      'a pointer-sized integer in network order',
      functionWith([{ name: 'Size', type: 'SIZE_T', byteOrder: 'network', direction: 'in' }]),
    ],
    ['an unknown type', functionWith([{ name: 'Value', type: 'WHATEVER', direction: 'in' }])],
  ];
  it.each(impossible)('refuses %s', (_, fn) => {
    expect(() => planOf(fn)).toThrow(TypeResolutionError);
  });

  it('clears the last error right before the call and reads it right after, only where the strategy needs it', () => {
    const order: string[] = [];
    const library = { func: () => () => order.push('call') } as unknown as LibraryHandle;
    const system = {
      lastErrorKind: 'lastError',
      clearLastError: () => void order.push('clear'),
      lastError: () => order.push('last error'),
      clearErrno: () => void order.push('clear errno'),
      errno: () => order.push('errno'),
    } as const;
    const call = (failure: ReturnDefinition['failure'], type = 'BOOL') => {
      const bound = bindPlan(library, planOf(functionWith([], { type, failure })), system);
      order.length = 0;
      return bound({});
    };
    expect(call('lastErrorIfZero')).toEqual({ returnValue: true, outputs: {}, lastError: 3 });
    expect(order).toEqual(['clear', 'call', 'last error']);
    expect(call({ when: 'minusOne', code: 'errno' }, 'INT')).toEqual({ returnValue: 2, outputs: {}, errno: 3 });
    expect(order).toEqual(['clear errno', 'call', 'errno']);
    expect(call('win32')).toEqual({ returnValue: true, outputs: {} });
    expect(order).toEqual(['call']);
  });
});
