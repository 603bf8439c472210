/** Writes the text of an operation to the file given by Path. */
import type { CmdletOutputs } from '../definition/types.js';
import type { OutputKind } from './output-kind.js';

export const fileOutput: OutputKind<CmdletOutputs['file']> = {
  kind: 'file',
  schema: { description: 'the text of the operation, written to the file in the parameter Path' },
  over: 'operation',
  parameters: [
    {
      name: 'Path',
      type: 'string',
      description: 'The file to write. An existing file is replaced.',
      mandatory: true,
      position: 0,
      attributes: ['[ValidateNotNullOrEmpty()]'],
    },
  ],
  // In a restricted session it would write files with rights that the caller lacks.
  isForRoles: false,
  trial: 'file',
  returns: () => [{ name: 'System.IO.FileInfo', description: ['The file that was written.'] }],
  facts: () => ({ kind: 'file' }),
};
