/** A kind of output that exists only in tests: an object with one property, Total. */
import type { OutputKind } from '../../src/outputs/output-kind.js';

export interface TallyOutput {
  readonly kind: 'tally';
  /** The name of the function's result that is the total. */
  readonly of: string;
}

declare module '../../src/definition/types.js' {
  interface CmdletOutputs {
    readonly tally: TallyOutput;
  }
}

export const TALLY: OutputKind<TallyOutput> = {
  kind: 'tally',
  over: 'function',
  schema: {
    description: 'a total',
    required: ['of'],
    properties: { of: { $ref: '#/$defs/identifier', description: 'The result that is the total.' } },
  },
  isForRoles: false,
  isBatched: false,
  trial: 'none',
  check: ({ of }, { values, report }) => {
    if (!values.has(of)) report('/of', `there is no '${of}' to tally`);
  },
  returns: () => [{ name: 'Tests.Tally', description: ['The total.'] }],
  errors: () => [{ id: 'TallyFailed', category: 'InvalidResult', message: 'M.', recommendedAction: 'R.' }],
  members: ({ of }, { types }) => [{ name: 'Total', type: types.output[of] ?? 'any' }],
  facts: ({ of }) => ({
    kind: 'object',
    typeName: 'Tests.Tally',
    properties: [{ name: 'Total', output: of }],
  }),
};
