/** `dllet import <metadata> --function <name>...`: creates a definition from Win32 metadata. */
import type { CommandModule } from 'yargs';
import { nearNames } from '../definition/near-names.js';
import { MODULE_NAME } from '../definition/reserved-names.js';
import { counted } from '../definition/shown.js';
import { type MetadataSource, openMetadata } from '../import/metadata-source.js';
import { withoutAnsiTwins } from '../import/names/suffixes.js';
import { type ImportResult, importWin32, type Refusal } from '../import/win32.js';
import { FILE, TEXT } from './option-values.js';
import { print, printError, setExit } from './output.js';
import { EXIT, UsageError } from './usage.js';
import { writeNew } from './write-new.js';

interface ImportOptions {
  file: string | undefined;
  metadata: string | undefined;
  function: string[] | undefined;
  namespace: string | undefined;
  prefix: string | undefined;
  name: string | undefined;
  out: string | undefined;
}

export const importCommand: CommandModule<object, ImportOptions> = {
  command: 'import [file]',
  describe: 'Make a definition from Win32 metadata (.winmd or win32json)',
  builder: (yargs) =>
    yargs
      .positional('file', {
        ...FILE,
        describe: 'A .winmd file, a .nupkg that contains one, or a file or directory of win32json',
      })
      .option('metadata', { ...FILE, describe: 'The metadata, as an option' })
      .option('function', {
        ...TEXT,
        array: true,
        describe: 'Names of functions, or patterns such as "Get*Info*"',
      })
      .option('namespace', { ...TEXT, describe: 'A namespace, such as System.Registry' })
      .option('prefix', { ...TEXT, describe: 'Prefix of the nouns of all cmdlets' })
      .option('name', { ...TEXT, describe: 'Name of the definition, such as Registry or Contoso.Registry' })
      .option('out', { ...FILE, describe: 'New file for the definition (default: stdout)' })
      .check(
        ({ file, metadata }) =>
          (file ?? metadata) !== undefined || 'Give the metadata: a .winmd or .nupkg file, or win32json',
      )
      .example("dllet import Windows.Win32.winmd --function GetTickCount64 'Reg*Key*' --out registry.json", ''),
  handler: async ({ file: positional, metadata, function: functions, namespace, prefix, name, out }) => {
    const file = onlyOne(positional, metadata);
    if (name !== undefined && !MODULE_NAME.test(name)) {
      throw new UsageError(
        `'${name}' is not a valid name: use 2 to 80 letters and digits, a letter first; parts can have a dot between them, as in Contoso.Zlib`,
      );
    }
    const result = importFrom(file, {
      functions: [...new Set(functions ?? [])],
      namespace,
      ...(name === undefined ? {} : { name }),
      ...(prefix === undefined ? {} : { prefix }),
    });
    if (result.kind === 'unknown') throw new UsageError(result.names.map((one) => unknownName(file, one)).join('\n'));
    if (result.kind === 'refused') {
      for (const refusal of result.refusals) printError(refusalLine(refusal));
      printError('nothing was written, because these functions cannot be imported; remove them from --function');
      setExit(EXIT.failed);
      return;
    }
    const text = JSON.stringify(result.definition, null, 2);
    if (out === undefined) print(text);
    else await writeNew(out, `${text}\n`);
    for (const note of result.notes) printError(`note: ${note}`);
    for (const one of result.added)
      printError(`note: ${one}: added, because it releases handles that the other functions open`);
    for (const refusal of result.leftOut) printError(`skipped: ${refusalLine(refusal)}`);
    const { functions: imported, library, libraries = {} } = result.definition;
    const all = [library, ...Object.values(libraries)];
    if (out !== undefined) print(`${out}: ${counted(imported.length, 'function')} of ${all.join(', ')}`);
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

interface Wanted {
  /** Names and patterns. */
  readonly functions: readonly string[];
  readonly namespace: string | undefined;
  readonly name?: string;
  readonly prefix?: string;
}

/** A pattern or a namespace imports the functions that can be imported. A named function is imported, or is an error. */
function importFrom(file: string, { functions: names, namespace, ...rest }: Wanted): ImportResult {
  if (names.length === 0 && namespace === undefined) throw new UsageError('give --function, --namespace or both');
  const source = openMetadata(file);
  try {
    if (namespace !== undefined && !source.apis.includes(namespace)) throw unknownNamespace(source, namespace);
    const patterns = names.length === 0 ? ['*'] : names.filter(isPattern);
    const plain = names.filter((name) => !isPattern(name));
    const apisOf = (name: string) =>
      source.namespacesOf(name).filter((api) => namespace === undefined || api === namespace);
    const unknown = plain.filter((name) => apisOf(name).length === 0);
    if (unknown.length > 0) return unknownFunctions(source, unknown);
    const matching = withoutAnsiTwins(matches(source, patterns, namespace));
    const none = patterns.find((pattern) => matches(source, [pattern], namespace).length === 0);
    if (none !== undefined) throw new UsageError(`${file} has no function that matches '${none}'`);
    const wanted = [...new Set([...plain, ...matching])];
    const functions = wanted.map((name) => ({ api: apisOf(name)[0] as string, name }));
    return importWin32({ ...rest, documents: source.documents, functions, isPartial: patterns.length > 0 });
  } finally {
    source.close();
  }
}

const isPattern = (name: string) => /[*?]/.test(name);

/** The names of functions that match one of the patterns, in which `*` stands for anything and `?` for one character. */
function matches(source: MetadataSource, patterns: readonly string[], namespace: string | undefined): string[] {
  const expressions = patterns.map((pattern) => {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
  });
  const names =
    namespace === undefined
      ? source.functionNames
      : (source.documents.get(namespace)?.Functions.map(({ Name }) => Name) ?? []);
  return [...new Set(names)].filter((name) => expressions.some((one) => one.test(name)));
}

function unknownNamespace({ apis }: MetadataSource, namespace: string): UsageError {
  const near = nearNames(namespace, apis);
  const hint = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  return new UsageError(`there is no namespace '${namespace}' in the metadata${hint}`);
}

function unknownFunctions({ functionNames }: MetadataSource, names: readonly string[]): ImportResult {
  return { kind: 'unknown', names: names.map((name) => ({ name, near: nearNames(name, functionNames) })), missing: [] };
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
