import { beforeAll, describe, expect, it } from 'vitest';
import type { NativeArguments, NativeValue } from '../../src/definition/execution.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { createNativeBackend, type NativeBackend } from '../../src/native/backend.js';
import { copyStandIn } from '../standin/build.js';
import { ANY_DLL, callNow, errorOf, functionOf, scratchDirectory } from './support.js';

const MINIMUM = -(2n ** 63n);
const MAXIMUM = 2n ** 64n - 1n;
/** The name of the last error on this system. */
const LAST_ERROR = process.platform === 'win32' ? 'lastError' : 'errno';
const GREETING = 'Grüße 🎉';

interface Case {
  readonly name: string;
  readonly args?: NativeArguments;
  readonly returnValue: NativeValue;
  readonly outputs?: NativeArguments;
  readonly lastError?: number;
}

const endpoint = (Port: number, Count: number, Address: number, Id: bigint, WireId: bigint) => ({
  Endpoint: { Port, Count, Address, Id, WireId },
});

const shape = (Size: number, Flags: number[], Name: string, Sum: bigint) => ({
  Shape: {
    Size,
    Corners: [
      { X: 2_147_483_647, Y: 2 },
      { X: 3, Y: -4 },
    ],
    Flags,
    Name,
    Sum,
  },
});

/** Size of the C struct `shape`: 4 + 16 + 3 + padding + 16 + padding + 8. */
const SHAPE_SIZE = 48;

const CASES: readonly Case[] = [
  { name: 'AnyLength16', args: { Text: GREETING }, returnValue: 8 },
  { name: 'AnyLength16', args: { Text: '' }, returnValue: 0 },
  { name: 'AnyLength16', args: { Text: null }, returnValue: 4_294_967_295 },
  { name: 'AnyLength8', args: { Text: GREETING }, returnValue: 12 },
  { name: 'AnyLength8', args: { Text: null }, returnValue: 4_294_967_295 },
  { name: 'AnyFill16', returnValue: 8, outputs: { Text: GREETING } },
  { name: 'AnyFill8', returnValue: 12, outputs: { Text: GREETING } },
  { name: 'AnyUpper16', args: { Text: 'abcdefg' }, returnValue: 7, outputs: { Text: 'ABCDEFG' } },
  { name: 'AnyUpper16', args: { Text: '' }, returnValue: 0, outputs: { Text: '' } },
  { name: 'AnyGreeting16', args: { Wanted: 1 }, returnValue: 'Hi世' },
  { name: 'AnyGreeting16', args: { Wanted: 0 }, returnValue: null },
  {
    name: 'AnyEndpoint',
    args: endpoint(5000, 65_534, 0xc0a80001, 2n ** 53n + 1n, 1n),
    returnValue: 0x8813,
    outputs: endpoint(258, 65_535, 0x01020304, MAXIMUM - (2n ** 53n + 1n), MAXIMUM - 1n),
  },
  {
    name: 'AnyShape',
    args: shape(SHAPE_SIZE, [0, 127, 255], 'before', 0n),
    returnValue: true,
    outputs: shape(SHAPE_SIZE, [1, 128, 0], 'box', 2_147_483_648n),
  },
  {
    name: 'AnyShape',
    args: shape(1, [1, 2, 3], 'same', -1n),
    returnValue: false,
    outputs: shape(1, [1, 2, 3], 'same', -1n),
  },
  { name: 'AnyPoint', args: { Point: { X: -2_147_483_648, Y: 2 } }, returnValue: -4_294_967_296n },
  { name: 'AnySum', args: { Values: [65_535, 1, 2, 3] }, returnValue: 65_541n },
  { name: 'AnyHandle', args: { Handle: 0x1234n }, returnValue: 0x1234n, outputs: { Copy: 0x1234n } },
  { name: 'AnyHandle', args: { Handle: null }, returnValue: 0n, outputs: { Copy: 0n } },
  { name: 'AnyHandle', args: { Handle: -1n }, returnValue: MAXIMUM, outputs: { Copy: MAXIMUM } },
  { name: 'AnyHandle', args: { Handle: MAXIMUM }, returnValue: MAXIMUM, outputs: { Copy: MAXIMUM } },
  { name: 'AnyInvalidHandle', args: { Code: 6 }, returnValue: MAXIMUM, lastError: 6 },
  { name: 'AnyBool', args: { Code: 1450 }, returnValue: false, lastError: 1450 },
  { name: 'AnyNot', args: { Flag: true }, returnValue: false },
  { name: 'AnyNot', args: { Flag: false }, returnValue: true },
  { name: 'AnyHresult', args: { Fail: true }, returnValue: -2_147_024_891 },
  { name: 'AnyHresult', args: { Fail: false }, returnValue: 0 },
  { name: 'AnyNtstatus', args: { Fail: true }, returnValue: -1_073_741_790 },
  { name: 'AnyNegate', args: { Number: 5n }, returnValue: -5n },
  { name: 'AnyNegate', args: { Number: 9_223_372_036_854_775_807n }, returnValue: MINIMUM + 1n },
  { name: 'AnyUnsigned64', args: { Number: 0n }, returnValue: 0n },
  { name: 'AnyUnsigned64', args: { Number: 7 }, returnValue: 7n },
  { name: 'AnyUnsigned64', args: { Number: 2n ** 53n + 1n }, returnValue: 2n ** 53n + 1n },
  { name: 'AnyUnsigned64', args: { Number: MAXIMUM }, returnValue: MAXIMUM },
  { name: 'AnySigned8', args: { Number: -128 }, returnValue: -128 },
  { name: 'AnySigned16', args: { Number: -32_768 }, returnValue: -32_768 },
  { name: 'AnyPointerSized', args: { Number: MAXIMUM }, returnValue: MAXIMUM },
  { name: 'AnyPointerSized', args: { Number: 1 }, returnValue: 1n },
  { name: 'AnySignedPointerSized', args: { Number: MINIMUM }, returnValue: MINIMUM },
  { name: 'AnyHalf', args: { Number: -0.2 }, returnValue: -0.1 },
  { name: 'AnyHalfFloat', args: { Number: 3 }, returnValue: 1.5 },
  { name: 'AnyColour', args: { Colour: 'Green' }, returnValue: 1, outputs: { Next: 2 } },
  { name: 'AnyColour', args: { Colour: 2 }, returnValue: 2, outputs: { Next: 0 } },
  { name: 'AnyNetwork16', args: { Port: 5000 }, returnValue: 0x8813, outputs: { Port: 5000 } },
  {
    name: 'AnyNetworkIn',
    args: { Small: 0x0102, Middle: 0x01020304, Large: 0x0102030405060708n },
    returnValue: (0x0201n << 48n) ^ (0x04030201n << 8n) ^ 0x0807060504030201n,
  },
  { name: 'AnyNetworkResult', args: { Number: 0x1388 }, returnValue: 0x8813 },
];

describe('a definition over any DLL', () => {
  const directory = scratchDirectory();
  let definition: Definition;
  let backend: NativeBackend;

  beforeAll(async () => {
    definition = await loadDefinition(ANY_DLL);
    backend = createNativeBackend({ definition, libraryPath: copyStandIn(directory) });
  });

  const call = (name: string, args: NativeArguments = {}) => callNow(backend, functionOf(definition, name), args);

  it.each(CASES)('$name $args', ({ name, args, returnValue, outputs = {}, lastError }) => {
    const expected = { returnValue, outputs, ...(lastError === undefined ? {} : { [LAST_ERROR]: lastError }) };
    expect(call(name, args)).toStrictEqual(expected);
    // Memory is reused from call to call: the second answer is the first one.
    expect(call(name, args)).toStrictEqual(expected);
  });

  it('covers every function of the definition', () => {
    expect(new Set([...CASES.map(({ name }) => name)])).toEqual(new Set(Object.keys(definition.functions)));
  });

  it('says TRUE for success of a function with last error', () => {
    expect(call('AnyBool', { Code: 0 }).returnValue).toBe(true);
  });

  it('reads a buffer that the function filled to the brim without a terminator', () => {
    const fn = functionOf(definition, 'AnyFill16');
    const [text, capacity] = fn.parameters;
    if (!text || !capacity) throw new Error('AnyFill16 has changed');
    const tight = {
      ...fn,
      parameters: [
        { ...text, type: { string: 'utf16', capacity: 5 } as const },
        { ...capacity, constant: 5 },
      ],
    };
    const fresh = createNativeBackend({ definition, libraryPath: backend.locate() });
    expect(callNow(fresh, tight, {}).outputs).toEqual({ Text: 'Grüße' });
  });

  const wrong: readonly (readonly [string, NativeArguments, string])[] = [
    ['AnySigned8', { Number: 128 }, 'Number is 128'],
    ['AnySigned8', { Number: -129 }, 'Number is -129'],
    ['AnySigned16', { Number: 1.5 }, 'Number is 1.5'],
    ['AnySigned16', { Number: Number.NaN }, 'Number is NaN'],
    ['AnySigned16', {}, 'Number is missing'],
    ['AnySigned16', { Number: null }, 'Number is null'],
    ['AnySigned16', { Number: '5' }, 'Number is "5"'],
    ['AnyUnsigned64', { Number: -1n }, 'Number is -1'],
    ['AnyUnsigned64', { Number: 2n ** 64n }, 'Number is 18446744073709551616'],
    ['AnyUnsigned64', { Number: 2 ** 53 }, 'Number is 9007199254740992'],
    ['AnyNegate', { Number: MINIMUM - 1n }, 'Number is -9223372036854775809'],
    ['AnyNot', { Flag: 1 }, 'Flag is 1'],
    ['AnyHalf', { Number: 1n }, 'Number is 1'],
    ['AnyLength16', { Text: 'a\0b' }, 'Text is a string with a NUL character'],
    ['AnyLength8', { Text: 5 }, 'Text is 5'],
    ['AnyUpper16', { Text: 'abcdefgh' }, 'Text is "abcdefgh"'],
    ['AnyColour', { Colour: 'Purple' }, 'Colour is "Purple"'],
    ['AnyColour', { Colour: 'toString' }, 'Colour is "toString"'],
    ['AnySum', { Values: [1, 2, 3] }, 'Values is an array of 3 elements'],
    ['AnySum', { Values: [1, 2, 3, 65_536] }, 'Values[3] is 65536'],
    ['AnyPoint', { Point: { X: 1 } }, 'Point.Y is missing'],
    ['AnyPoint', { Point: [1, 2] }, 'Point is an array of 2 elements'],
    ['AnyEndpoint', endpoint(65_536, 0, 0, 0n, 0n), 'Endpoint.Port is 65536'],
    ['AnyHandle', { Handle: 2n ** 64n }, 'Handle is 18446744073709551616'],
  ];
  it.each(wrong)('%s refuses %o', (name, args, message) => {
    const error = errorOf(() => call(name, args));
    expect(error).toMatchObject({ id: 'InvalidParameter', category: 'InvalidArgument' });
    expect(error.message).toContain(message);
  });
});
