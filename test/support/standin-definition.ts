/** A definition of a few functions of the stand-in that take and return one number. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyStandIn } from '../standin/build.js';
import { editedSample, toText } from './definitions.js';

export interface StandInDefinition {
  /** The path of the definition. */
  readonly file: string;
  /** The path of the library. */
  readonly library: string;
}

/**
 * Writes the definition and a library for it into `directory`: StandinSleep (Milliseconds), StandinPrint (Way; see
 * the C source) and AnyUnsigned64 (Number), each with the result Value. `mayBlock` is that of StandinSleep.
 */
export function writeStandInDefinition(
  directory: string,
  options: { readonly mayBlock?: boolean } = {},
): StandInDefinition {
  const fn = (name: string, type: string, mayBlock = false) => ({
    description: 'A function.',
    callingConvention: 'stdcall',
    parameters: [{ name, type, direction: 'in' }],
    returns: { type, failure: 'none', resultName: 'Value' },
    changesState: false,
    mayBlock,
  });
  const functions = {
    StandinSleep: fn('Milliseconds', 'ULONG', options.mayBlock),
    StandinPrint: fn('Way', 'ULONG'),
    AnyUnsigned64: fn('Number', 'ULONG64'),
  };
  const cmdlet = {
    name: 'Get-Number',
    function: 'AnyUnsigned64',
    synopsis: 'S.',
    description: 'D.',
    output: { kind: 'none' },
    examples: [{ code: 'Get-Number 1', description: 'E.' }],
  };
  const rest = { '/variants': undefined, '/computed': undefined, '/objects': undefined, '/errors': [] };
  const file = path.join(directory, 'standin.json');
  writeFileSync(file, toText(editedSample({ ...rest, '/functions': functions, '/cmdlets': [cmdlet] })));
  return { file, library: copyStandIn(path.join(directory, 'library')) };
}
