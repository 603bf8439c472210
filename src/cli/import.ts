/** `dllet import <file> --function <name>...`: creates a definition from Win32 metadata. */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { messageOf } from '../definition/errors.js';
import { libraryTitle } from '../definition/library.js';
import { counted } from '../definition/shown.js';
import { isMetadataDocument, type MetadataDocument } from '../import/metadata.js';
import { type ImportRequest, type ImportResult, importWin32, type Refusal } from '../import/win32.js';
import { print, printError, setExit } from './output.js';
import { EXIT, UsageError } from './usage.js';

interface ImportOptions {
  file: string;
  function: string[];
  name: string | undefined;
  out: string | undefined;
}

export const importCommand: CommandModule<object, ImportOptions> = {
  command: 'import <file>',
  describe: 'Make a definition from Win32 metadata (win32json)',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'A file of win32json, such as Foundation.json',
      })
      .option('function', {
        type: 'string',
        array: true,
        demandOption: true,
        requiresArg: true,
        describe: 'Names of functions, all of one library',
      })
      .option('name', { type: 'string', requiresArg: true, describe: 'Name of the definition: letters and digits' })
      .option('out', { type: 'string', requiresArg: true, describe: 'A new file for the definition; else stdout' }),
  handler: async ({ file, function: functions, name, out }) => {
    if (name !== undefined && !/^[A-Za-z][A-Za-z0-9]{1,79}$/.test(name)) {
      throw new UsageError(`the name '${name}' is not 2 to 80 letters and digits`);
    }
    const result = await importFrom(file, {
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

/** Imports with the files beside the given one that turn out to be needed. */
async function importFrom(file: string, request: Omit<ImportRequest, 'documents' | 'api'>): Promise<ImportResult> {
  const api = path.basename(file, path.extname(file));
  const documents = new Map([[api, await readDocument(file)]]);
  const tried = new Set([api]);
  for (;;) {
    const result = importWin32({ ...request, documents, api });
    const wanted = result.missing.filter((name) => !tried.has(name) && /^[A-Za-z0-9.]+$/.test(name));
    if (wanted.length === 0) return result;
    for (const name of wanted) {
      tried.add(name);
      const beside = await readBeside(path.join(path.dirname(file), `${name}.json`));
      if (beside) documents.set(name, beside);
    }
  }
}

async function readBeside(file: string): Promise<MetadataDocument | undefined> {
  try {
    return await readDocument(file);
  } catch (error) {
    if (error instanceof UsageError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
      return undefined;
    throw error;
  }
}

async function readDocument(file: string): Promise<MetadataDocument> {
  let value: unknown;
  try {
    value = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`cannot read the Win32 metadata '${file}': ${messageOf(error)}`, { cause: error });
  }
  if (!isMetadataDocument(value))
    throw new UsageError(`'${file}' is not a file of win32json: it has no Types and Functions`);
  return value;
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UsageError(exists ? `'${file}' exists already` : `cannot write '${file}': ${messageOf(error)}`);
  }
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
