/** Returns true for a call that succeeds, and false for one that found nothing and for errors that mean "no". */
import { failureRule } from '../definition/failure-rules.js';
import { own } from '../definition/own.js';
import type { CmdletOutputs } from '../definition/types.js';
import type { OutputKind } from './output-kind.js';

export const booleanOutput: OutputKind<CmdletOutputs['boolean']> = {
  kind: 'boolean',
  schema: {
    description: '$true on success, $false on the given errors',
    required: ['falseOn'],
    properties: {
      falseOn: {
        type: 'array',
        description:
          'IDs of errors that mean $false. Every other error stays an error. The codes in absent of the failure rule also mean $false; without such codes, give at least one ID.',
        items: { $ref: '#/$defs/errorId' },
      },
    },
  },
  over: 'function',
  tells: 'existence',
  absentOn: ({ falseOn }) => falseOn,
  trial: 'answer',
  check: ({ falseOn }, { source, cmdlet, report }) => {
    const fn = own(source.functions, cmdlet.function ?? '');
    const canBeAbsent = fn !== undefined && failureRule(fn.returns.failure)?.absent !== undefined;
    if (falseOn.length === 0 && !canBeAbsent)
      report('/falseOn', 'no error means $false, and the function has no code in absent');
    const known = new Set(source.errors.map((error) => error.id));
    falseOn.forEach((id, index) => {
      if (!known.has(id)) report(`/falseOn/${index}`, `no error has the id '${id}'`);
    });
  },
  returns: ({ falseOn }) => [
    {
      name: 'System.Boolean',
      description: [
        `$true, or $false ${falseOn.length === 0 ? 'if nothing is found' : `for the error ${falseOn.join(' or ')}`}.`,
      ],
    },
  ],
  facts: ({ falseOn }) => ({ kind: 'boolean', falseOn }),
};
