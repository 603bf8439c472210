/** Floating-point numbers with 32 and 64 bits. */
import { show } from '../definition/shown.js';
import { ValueError } from './json.js';
import type { Kind } from './kind.js';
import { unfit } from './unfit.js';
import { scalarLayout } from './whole-number.js';

export interface FloatShape {
  readonly kind: 'float';
  readonly bits: 32 | 64;
}

/** Values that JSON cannot represent, or whose sign most JSON readers drop. They are represented by these strings. */
const SPECIAL = ['NaN', 'Infinity', '-Infinity', '-0'];

export const float: Kind<FloatShape> = {
  name: 'float',
  builtIns: {
    FLOAT: () => ({ kind: 'float', bits: 32 }),
    DOUBLE: () => ({ kind: 'float', bits: 64 }),
    float: () => ({ kind: 'float', bits: 32 }),
    double: () => ({ kind: 'float', bits: 64 }),
  },
  returns: () => ({ tells: 'none' }),

  layout: ({ bits }) => scalarLayout(bits),
  passing: 'value',
  isArithmetic: true,
  codec: ({ bits }) => ({
    type: bits === 32 ? 'float' : 'double',
    toNative: (value, place) => {
      if (typeof value !== 'number') throw unfit(place, value, 'a number');
      return value;
    },
    fromNative: (raw) => Number(raw),
  }),

  decode({ bits }, json) {
    const value = typeof json === 'string' && SPECIAL.includes(json) ? Number(json) : json;
    if (typeof value !== 'number')
      throw new ValueError(`must be a number, not ${show(json)}; of strings only ${SPECIAL.join(', ')} are taken`);
    // JSON.parse makes Infinity of 1e400; the text says it.
    if (typeof json === 'number' && !Number.isFinite(json))
      throw new ValueError('must be a number of at most 64 bits (up to 1.7976931348623157e308)');
    if (bits === 32 && Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
      throw new ValueError(`must be a number of at most 32 bits (up to 3.4028235e38), not ${show(json)}`);
    return value;
  },
  encode: (_shape, value) => SPECIAL.find((name) => Object.is(Number(name), value)) ?? (value as number),
  schema: () => ({ anyOf: [{ type: 'number' }, { enum: SPECIAL }] }),
  inResource: 'value',

  inWords: ({ bits }) => `a number of ${bits === 32 ? 'single' : 'double'} precision`,
  powershellType: ({ bits }) => (bits === 32 ? 'single' : 'double'),
  isNumeric: true,
  sample: () => 0,
};
