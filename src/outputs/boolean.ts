/** True for a call that succeeds, false for one that found nothing and for errors that mean "no". */
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
          "Error ids that mean $false; every other error stays an error. Codes of the function's rule that say that there is nothing (absent) mean $false as well; without such codes there must be an id.",
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
      report('/falseOn', 'no error means false, and the function has no code that says that there is nothing');
    const known = new Set(source.errors.map((error) => error.id));
    falseOn.forEach((id, index) => {
      if (!known.has(id)) report(`/falseOn/${index}`, `no error has the id '${id}'`);
    });
  },
  returns: ({ falseOn }) => [
    {
      name: 'System.Boolean',
      description: [
        `$true, or $false ${falseOn.length === 0 ? 'for nothing found' : `for the error ${falseOn.join(' or ')}`}.`,
      ],
    },
  ],
  facts: ({ falseOn }) => ({ kind: 'boolean', falseOn }),
};
