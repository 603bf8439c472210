/** Booleans: BOOL with 32 bits, BOOLEAN with 8. */
import { show } from '../definition/shown.js';
import { ValueError } from './json.js';
import type { Kind } from './kind.js';
import { unfit } from './unfit.js';
import { scalarLayout, wholeProblem } from './whole-number.js';

export interface BooleanShape {
  readonly kind: 'boolean';
  readonly bits: 8 | 32;
}

export const boolean: Kind<BooleanShape> = {
  name: 'boolean',
  builtIns: {
    BOOL: () => ({ kind: 'boolean', bits: 32 }),
    BOOLEAN: () => ({ kind: 'boolean', bits: 8 }),
    bool: () => ({ kind: 'boolean', bits: 8 }),
  },
  constant: {
    problem: (_shape, written) => wholeProblem(written),
    value: (_shape, written) => Number(written) !== 0,
  },
  argumentProblem: (_shape, written) =>
    typeof written === 'boolean' ? undefined : `${JSON.stringify(written)} is neither true nor false`,
  returns: () => ({ tells: 'zero', isVerdict: true }),

  layout: ({ bits }) => scalarLayout(bits),
  passing: 'value',
  carrier: ({ bits }) => ({ bits, signed: false }),
  codec: ({ bits }) => ({
    type: bits === 8 ? 'uint8' : 'int32',
    toNative: (value, place) => {
      if (typeof value !== 'boolean') throw unfit(place, value, 'true or false');
      return value ? 1 : 0;
    },
    fromNative: (raw) => Number(raw) !== 0,
  }),

  decode(_shape, json) {
    if (typeof json !== 'boolean') throw new ValueError(`must be true or false, not ${show(json)}`);
    return json;
  },
  encode: (_shape, value) => value as boolean,
  schema: () => ({ type: 'boolean' }),
  inResource: 'value',

  inWords: () => '$true or $false',
  powershellType: () => 'bool',
  isSwitch: true,
  sample: () => false,
};
