/** Floating-point numbers of 32 and 64 bits. */
import { show } from '../definition/shown.js';
import { ValueError } from './json.js';
import type { Kind } from './kind.js';
import { unfit } from './unfit.js';
import { scalarLayout } from './whole-number.js';

export interface FloatShape {
  readonly kind: 'float';
  readonly bits: 32 | 64;
}

export const float: Kind<FloatShape> = {
  name: 'float',
  builtIns: {
    FLOAT: () => ({ kind: 'float', bits: 32 }),
    DOUBLE: () => ({ kind: 'float', bits: 64 }),
  },
  returns: () => [],

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

  decode(_shape, json) {
    if (typeof json !== 'number' || !Number.isFinite(json)) throw new ValueError(`must be a number, not ${show(json)}`);
    return json;
  },
  encode: (_shape, value) => value as number,
  schema: () => ({ type: 'number' }),
  inResource: 'value',

  powershellType: ({ bits }) => (bits === 32 ? 'single' : 'double'),
  isNumeric: true,
  sample: () => 0,
};
