/**
 * A kind that dllet does not have, with its own type expression: `{ "fixedPoint": 8 }` is a 32-bit number whose last 8
 * bits are the fraction.
 */
import { show } from '../../src/definition/shown.js';
import { type Kind, registerKind, ValueError } from '../../src/kinds/index.js';

declare module '../../src/definition/types.js' {
  interface TypeExpressions {
    readonly fixedPoint: { readonly fixedPoint: number };
  }
}

interface FixedPointShape {
  readonly kind: 'fixedPoint';
  readonly fraction: number;
}

const fixedPoint: Kind<FixedPointShape> = {
  name: 'fixedPoint',
  composite: {
    key: 'fixedPoint',
    schema: {
      type: 'object',
      description: 'A number in 32 bits, the last of which are its fraction.',
      required: ['fixedPoint'],
      additionalProperties: false,
      properties: {
        fixedPoint: { type: 'integer', minimum: 1, maximum: 30, description: 'The bits of the fraction.' },
      },
    },
    resolve: ({ fixedPoint: fraction }) => ({ kind: 'fixedPoint', fraction }),
  },
  returns: () => ({ tells: 'none' }),

  layout: () => ({ size: 4, alignment: 4 }),
  passing: 'value',
  codec: ({ fraction }) => ({
    type: 'int32',
    toNative: (value) => Math.round(Number(value) * 2 ** fraction),
    fromNative: (raw) => Number(raw) / 2 ** fraction,
  }),

  decode({ fraction }, json) {
    const limit = 2 ** (31 - fraction);
    if (typeof json !== 'number' || json < -limit || json >= limit)
      throw new ValueError(`must be a number from ${-limit} to less than ${limit}, not ${show(json)}`);
    return json;
  },
  encode: (_shape, value) => value as number,
  schema: () => ({ type: 'number' }),
  inResource: 'value',

  inWords: () => 'a number with a fraction',
  powershellType: () => 'double',
  isNumeric: true,
  sample: () => 1,
};

registerKind(fixedPoint);
