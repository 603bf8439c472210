/** One output of a function by itself. The elements of an array are returned one by one, bytes as one array. */
import type { CmdletOutputs } from '../definition/types.js';
import { dotnetType, kindOf, powershellType } from '../kinds/index.js';
import type { OutputKind } from './output-kind.js';

export const valueOutput: OutputKind<CmdletOutputs['value']> = {
  kind: 'value',
  over: 'function',
  trial: 'answer',
  check: ({ from }, { outputs, cmdlet, report }) => {
    if (outputs.has(from)) return;
    const known = outputs.size === 0 ? 'it has none' : `it has ${[...outputs].join(', ')}`;
    report('/from', `'${from}' is no output of ${cmdlet.function}; ${known}`);
  },
  returns: ({ from }, _definition, outputs) => {
    const value = outputs.find(({ name }) => name === from);
    if (!value) return [];
    const shape = kindOf(value.shape).element?.(value.shape) ?? value.shape;
    return [
      {
        name: dotnetType(powershellType(shape)),
        description: [value.description ?? `The value ${from} of the function.`],
      },
    ];
  },
  facts: ({ from, rename }) => ({ kind: 'value', from, ...(rename && { rename }) }),
};
