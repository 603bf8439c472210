/**
 * Handles and opaque pointers. Represented as numbers, never as pointers into the program's memory. Results are
 * unsigned; negative inputs (pseudo-handles such as -1) are accepted as well.
 */
import type { Kind } from './kind.js';
import { DECIMAL_STRING, decodeWide, integerCheck, integerRange, scalarLayout, wholeProblem } from './whole-number.js';

export interface HandleShape {
  readonly kind: 'handle';
}

export const handle: Kind<HandleShape> = {
  name: 'handle',
  builtIns: {
    HANDLE: () => ({ kind: 'handle' }),
    PVOID: () => ({ kind: 'handle' }),
  },
  constant: {
    problem: (_shape, written) => wholeProblem(written),
    value: (_shape, written) => BigInt(written),
  },
  returns: () => ({ tells: 'number', bits: 0 }),

  layout: () => scalarLayout(64),
  passing: 'value',
  isOpaque: true,
  codec: (_shape, _residence, { pointerBits }) => {
    const { minimum } = integerRange({ bits: pointerBits, signed: true });
    const { maximum } = integerRange({ bits: pointerBits, signed: false });
    const check = integerCheck({ minimum, maximum });
    return {
      type: 'uintptr',
      toNative: (value, place) => (value === null ? 0n : check(value, place)),
      fromNative: (raw) => BigInt(raw as number | bigint),
    };
  },

  decode: (_shape, json) => decodeWide(json, integerRange({ bits: 64, signed: false })),
  encode: (_shape, value) => (typeof value === 'bigint' ? value.toString() : (value as number | null)),
  travelsAsString: () => true,
  schema: () => DECIMAL_STRING,
  inResource: 'value',

  powershellType: () => 'uint64',
  isNumeric: true,
  sample: () => 0,
};
