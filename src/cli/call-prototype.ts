/** `dllet call --library <path> --prototype <C> [json]`: makes the definition of the call in memory. */
import path from 'node:path';
import { type DraftLibrary, functionsIn, systemOf } from '../definition/draft.js';
import { expandDefinition } from '../definition/expand.js';
import type { Definition, DefinitionSource, LibraryPlatform } from '../definition/types.js';
import { checkReviewedDraft } from '../import/failures/reviewed-prototypes.js';
import { cmdletName } from '../import/names/cmdlet-names.js';
import { wholeNoun } from './new-cmdlets.js';
import { readPrototypes, refuseMistakes } from './prototype-texts.js';
import { UsageError } from './usage.js';

export interface PrototypeCall {
  readonly definition: Definition;
  readonly functionName: string;
  /** The path of the library; undefined for a library in a directory of the system. */
  readonly library: string | undefined;
}

/**
 * Returns the function to call: the last one that the prototypes declare, unless another one is named. Throws
 * UsageError for prototypes with a mistake.
 */
export async function readPrototypeCall(
  prototypes: readonly string[],
  library: string,
  named: string | undefined,
): Promise<PrototypeCall> {
  if (prototypes.includes('-'))
    throw new UsageError(
      'prototypes cannot be read from stdin, because stdin has the parameters of the call; use --prototype @file',
    );
  const declarations = await readPrototypes(prototypes);
  const functions = functionsIn(declarations).flat();
  const draft = checkReviewedDraft({
    name: 'Prototype',
    library: libraryOf(library),
    declarations,
    cmdlets: Object.fromEntries(functions.map((name) => [verbOnly(name), name])),
  });
  // No cmdlet is called. Their names only determine which functions change nothing.
  const isReadable = functions.length > 0;
  refuseMistakes(draft, ({ declaration, pointer }) =>
    isReadable ? !pointer.startsWith('/cmdlets') : declaration !== undefined,
  );
  const functionName = named ?? functions.at(-1);
  if (functionName === undefined)
    throw new UsageError('--prototype declares only types; give the prototype of the function too');
  return {
    definition: expandDefinition(draft.value as DefinitionSource),
    functionName,
    library: path.isAbsolute(library) ? library : undefined,
  };
}

/** A cmdlet with the verb that the function's name suggests, and a noun that no shipped command has. */
const verbOnly = (name: string): string => `${cmdletName(name).replace(/-.*$/s, '')}-${wholeNoun(name)}Call`;

/** A file name means a library of the system. For a path, the system is unknown. */
function libraryOf(library: string): DraftLibrary {
  const system = process.platform as LibraryPlatform;
  if (path.isAbsolute(library)) return { [system]: fileName(library), location: 'module' };
  if (/[\\/]/.test(library))
    throw new UsageError(`--library must be an absolute path or the file name of a system library, not '${library}'`);
  return { [systemOf(library) ?? system]: library };
}

/** A name for texts, in place of a file name that a definition cannot have. Only the path decides what is loaded. */
function fileName(library: string): string {
  const name = path.basename(library);
  return /^[A-Za-z0-9_.-]+$/.test(name) ? name : 'library.dll';
}
