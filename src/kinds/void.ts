/** No value: the return type of a function that returns nothing. */
import { ValueError } from './json.js';
import type { Kind } from './kind.js';

export interface VoidShape {
  readonly kind: 'void';
}

export const nothing: Kind<VoidShape> = {
  name: 'void',
  builtIns: {
    void: () => ({ kind: 'void' }),
    VOID: () => ({ kind: 'void' }),
  },
  placeProblems: (_shape, { name }) => [{ at: ['type'], message: `'${name}' cannot be void, which has no value` }],
  returns: () => ({ tells: 'none' }),

  layout: () => ({ size: 0, alignment: 1 }),
  passing: 'value',
  codec: () => ({ type: 'void', toNative: () => undefined, fromNative: () => null }),

  decode: () => {
    throw new ValueError('cannot be given: it is void');
  },
  encode: () => null,
  schema: () => ({ type: 'null' }),

  inWords: () => 'nothing',
  powershellType: () => 'object',
  wireType: () => 'any',
};
