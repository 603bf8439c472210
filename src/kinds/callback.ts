/**
 * A function that the library calls back, once for each item that it lists. Its arguments are an output with one row
 * for each call. A callback that decides something, such as a comparison, is not supported.
 */
import { rowsOf } from './array.js';
import { exampleOf } from './example.js';
import type { Kind, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { scalarLayout } from './whole-number.js';

export interface CallbackShape {
  readonly kind: 'callback';
  readonly parameters: readonly (CallbackParameter & { readonly shape: Shape })[];
  /** The type of the return value. */
  readonly result: Shape;
  /** The value that it returns so that the library continues; null for void. */
  readonly answer: number | null;
  readonly limit: number;
  /** An array with a row for each call. */
  readonly rows: Shape;
}

interface CallbackParameter {
  readonly name: string;
  readonly pointer?: true;
  readonly ignored?: true;
}

/** The maximum number of calls if the definition sets none. */
const DEFAULT_LIMIT = 1_048_576;

export const callback: Kind<CallbackShape> = {
  name: 'callback',
  composite: {
    key: 'callback',
    schema: {
      type: 'object',
      description:
        'A callback that the library calls for each item of a list. It is an output with a row for each call.',
      required: ['callback'],
      additionalProperties: false,
      properties: {
        callback: {
          type: 'object',
          description: 'Its parameters and return value.',
          required: ['parameters', 'returns'],
          additionalProperties: false,
          properties: {
            parameters: {
              type: 'array',
              description: 'Its parameters, in the order of C.',
              maxItems: 32,
              items: {
                type: 'object',
                required: ['name', 'type'],
                additionalProperties: false,
                properties: {
                  name: { $ref: '#/$defs/identifier', description: 'The name of the column.' },
                  type: {
                    $ref: '#/$defs/type',
                    description: 'The type of the value, or of the value behind the pointer.',
                  },
                  pointer: { const: true, description: 'The value is passed by pointer.' },
                  ignored: {
                    const: true,
                    description: 'It is not a column, such as the context that a caller passes.',
                  },
                },
              },
            },
            returns: { $ref: '#/$defs/cTypeName', description: 'The type of the return value.' },
            answer: {
              type: 'integer',
              description: 'The value to return so that the library continues. None for void.',
            },
            limit: {
              type: 'integer',
              minimum: 1,
              maximum: DEFAULT_LIMIT,
              description: `The maximum number of calls. One more gives the error OutputTooLarge. Default: ${DEFAULT_LIMIT}.`,
            },
          },
        },
      },
    },
    inC({ callback: { parameters, returns } }, declarator, declare) {
      const list = parameters.map(({ name, type, pointer }) => declare(type, `${pointer ? '*' : ''}${name}`));
      return `${returns} (*${declarator.replace(/^\*/, '')})(${list.join(', ') || 'void'})`;
    },
    resolve({ callback: { parameters, returns, answer, limit = DEFAULT_LIMIT } }, resolve) {
      const resolved = parameters.map((one) => ({ ...one, shape: resolve({ type: one.type }) }));
      return {
        kind: 'callback',
        parameters: resolved,
        result: returns === 'void' ? { kind: 'void' } : resolve({ type: returns }),
        answer: answer ?? null,
        limit,
        rows: rowsOf(resolved.filter(({ ignored }) => !ignored)),
      };
    },
    parts: ({ callback: { parameters } }) =>
      parameters.map((spec, index) => ({ at: ['callback', 'parameters', index], spec })),
  },
  placeProblems: ({ parameters, result, answer }, { name, direction }) => [
    ...(direction === 'out'
      ? []
      : [{ at: ['direction'], message: `'${name}' is a callback, so its direction must be out` }]),
    ...(parameters.some(({ ignored }) => !ignored)
      ? []
      : [{ at: ['type'], message: `'${name}' has no parameter that could be a column` }]),
    ...((answer === null) === (result.kind === 'void')
      ? []
      : [
          {
            at: ['type', 'callback'],
            message: '"answer" is required for a callback that returns a value, and not allowed for void',
          },
        ]),
  ],

  layout: () => scalarLayout(64),
  passing: 'memory',
  elements: () => 1,
  lent: ({ parameters }) => parameters.map(({ shape }) => shape),
  element: ({ rows }) => kindOf(rows).element?.(rows) as Shape,
  callback({ parameters, result, answer, limit }, machine) {
    return {
      parameters: parameters.map(({ shape, name, pointer = false, ignored = false }) => ({
        name,
        isPointer: pointer,
        isIgnored: ignored,
        codec: kindOf(shape).codec(shape, pointer ? 'memory' : 'argument', machine),
      })),
      result: kindOf(result).codec(result, 'argument', machine),
      answer,
      limit,
    };
  },
  codec: ({ rows }, residence, machine) => kindOf(rows).codec(rows, residence, machine),

  decode: ({ rows }, json, handles) => kindOf(rows).decode(rows, json, handles),
  encode: ({ rows }, value, handles) => kindOf(rows).encode(rows, value, handles),
  example: ({ rows }) => exampleOf(rows),
  schema: ({ rows }) => kindOf(rows).schema(rows),

  inWords: ({ rows }, use) => kindOf(rows).inWords(rows, use),
  powershellType: ({ rows }) => kindOf(rows).powershellType(rows),
  wireType: ({ rows }) => kindOf(rows).wireType?.(rows) ?? 'any',
};
