/** No output. */
import type { CmdletOutputs } from '../definition/types.js';
import type { OutputKind } from './output-kind.js';

export const noOutput: OutputKind<CmdletOutputs['none']> = {
  kind: 'none',
  schema: { description: 'nothing' },
  over: 'both',
  tells: 'nothing',
  trial: 'answer',
  returns: () => [],
  facts: () => ({ kind: 'none' }),
};
