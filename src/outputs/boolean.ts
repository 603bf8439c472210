/** True for a call that succeeds, false for errors that mean "no". */
import type { CmdletOutputs } from '../definition/types.js';
import type { OutputKind } from './output-kind.js';

export const booleanOutput: OutputKind<CmdletOutputs['boolean']> = {
  kind: 'boolean',
  over: 'function',
  tells: 'existence',
  absentOn: ({ falseOn }) => falseOn,
  trial: 'answer',
  check: ({ falseOn }, { source, report }) => {
    const known = new Set(source.errors.map((error) => error.id));
    falseOn.forEach((id, index) => {
      if (!known.has(id)) report(`/falseOn/${index}`, `no error has the id '${id}'`);
    });
  },
  returns: ({ falseOn }) => [
    { name: 'System.Boolean', description: [`$true, or $false for the error ${falseOn.join(' or ')}.`] },
  ],
  facts: ({ falseOn }) => ({ kind: 'boolean', falseOn }),
};
