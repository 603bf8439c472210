/** `dllet import <metadata> --function <name>...`: creates a definition from Win32 metadata. */
import { randomUUID } from 'node:crypto';
import type { CommandModule } from 'yargs';
import { libraryTitle } from '../definition/library.js';
import { nearNames } from '../definition/near-names.js';
import { counted } from '../definition/shown.js';
import { type MetadataSource, openMetadata } from '../import/metadata-source.js';
import { type ImportRequest, type ImportResult, importWin32, type Refusal } from '../import/win32.js';
import { print, printError, setExit } from './output.js';
import { EXIT, UsageError } from './usage.js';
import { writeNew } from './write-new.js';

interface ImportOptions {
  file: string | undefined;
  metadata: string | undefined;
  function: string[];
  name: string | undefined;
  out: string | undefined;
}

export const importCommand: CommandModule<object, ImportOptions> = {
  command: 'import [file]',
  describe: 'Make a definition from Win32 metadata (.winmd or win32json)',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        describe: 'A .winmd file, a .nupkg that holds one, or a file or folder of win32json',
      })
      .option('metadata', { type: 'string', requiresArg: true, describe: 'The same, given by name' })
      .option('function', {
        type: 'string',
        array: true,
        demandOption: true,
        requiresArg: true,
        describe: 'Names of functions, all of one library',
      })
      .option('name', { type: 'string', requiresArg: true, describe: 'Name of the definition: letters and digits' })
      .option('out', { type: 'string', requiresArg: true, describe: 'A new file for the definition; else stdout' }),
  handler: async ({ file: positional, metadata, function: functions, name, out }) => {
    const file = onlyOne(positional, metadata);
    if (name !== undefined && !/^[A-Za-z][A-Za-z0-9]{1,79}$/.test(name)) {
      throw new UsageError(`the name '${name}' is not 2 to 80 letters and digits`);
    }
    const result = importFrom(file, {
      functions: [...new Set(functions)],
      guid: randomUUID(),
      ...(name === undefined ? {} : { name }),
    });
    if (result.kind === 'unknown') throw new UsageError(result.names.map((one) => unknownName(file, one)).join('\n'));
    if (result.kind === 'refused') {
      for (const refusal of result.refusals) printError(refusalLine(refusal));
      printError('nothing was written, because a definition has all the functions or none');
      setExit(EXIT.failed);
      return;
    }
    const text = JSON.stringify(result.definition, null, 2);
    if (out === undefined) print(text);
    else await writeNew(out, `${text}\n`);
    for (const note of result.notes) printError(`note: ${note}`);
    printError('note: every function counts as one that changes the system; set changesState to false where it is not');
    printError('note: edit what says EDIT, and the descriptions');
    if (out !== undefined)
      print(`${out}: ${counted(functions.length, 'function')} of ${libraryTitle(result.definition)}`);
  },
};

/** The metadata is given in one of two ways. */
function onlyOne(positional: string | undefined, metadata: string | undefined): string {
  const given = positional ?? metadata;
  if (given === undefined) throw new UsageError('give the metadata: a .winmd or .nupkg file, or win32json');
  if (positional !== undefined && metadata !== undefined) {
    throw new UsageError(`the metadata is given twice: '${positional}' and '${metadata}'`);
  }
  return given;
}

function importFrom(file: string, request: Omit<ImportRequest, 'documents' | 'api'>): ImportResult {
  const source = openMetadata(file);
  try {
    const unknown = request.functions.filter((name) => source.namespacesOf(name).length === 0);
    if (unknown.length > 0) return unknownFunctions(source, unknown);
    return importWin32({ ...request, documents: source.documents, api: namespaceOf(source, request.functions) });
  } finally {
    source.close();
  }
}

function unknownFunctions({ functionNames }: MetadataSource, names: readonly string[]): ImportResult {
  return { kind: 'unknown', names: names.map((name) => ({ name, near: nearNames(name, functionNames) })), missing: [] };
}

/** The namespace that has all of the functions. */
function namespaceOf(source: MetadataSource, functions: readonly string[]): string {
  const [first = [], ...others] = functions.map((name) => source.namespacesOf(name));
  const common = first.find((api) => others.every((apis) => apis.includes(api)));
  if (common !== undefined) return common;
  const places = functions.map((name) => `${name} is in ${source.namespacesOf(name).join(' and ')}`);
  throw new UsageError(
    `the functions are in different namespaces: ${places.join(', ')}; import each namespace by itself`,
  );
}

function unknownName(
  file: string,
  { name, near }: { readonly name: string; readonly near: readonly string[] },
): string {
  const hint = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  return `${file} has no function '${name}'${hint}`;
}

function refusalLine({ function: name, parameter, reason }: Refusal): string {
  return `${name}${parameter === undefined ? '' : `, parameter ${parameter}`}: ${reason}`;
}
