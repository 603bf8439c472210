/**
 * Creates a definition from Win32 metadata in the win32json format: all the named functions, or the reasons for
 * refusing them. Pure: it reads no file.
 */

import { nearNames } from '../definition/near-names.js';
import { own } from '../definition/own.js';
import { endsBridge } from '../definition/process-functions.js';
import type {
  DefinitionSource,
  FunctionDefinition,
  ParameterDefinition,
  TypeExpression,
  ValueSpec,
} from '../definition/types.js';
import { partsOf } from '../kinds/index.js';
import { importCmdlets } from './cmdlets.js';
import {
  entryNamed,
  InexpressibleError,
  isFor64Bit,
  type MetadataDocuments,
  type MetadataFunction,
} from './metadata.js';
import { importParameter, type Note, parameterNames } from './parameters.js';
import { importReturns } from './returns.js';
import { settleSizes } from './sizes.js';
import { TypeImporter } from './type-importer.js';

export interface ImportRequest {
  readonly documents: MetadataDocuments;
  /** The namespace of the functions, such as `NetworkManagement.IpHelper`. */
  readonly api: string;
  /** The names of the functions, without duplicates. */
  readonly functions: readonly string[];
  /** The name of the definition; default: derived from the name of the library. */
  readonly name?: string;
  /** The GUID of the module, in lower case. */
  readonly guid: string;
}

/** The reason why a function cannot be imported. */
export interface Refusal {
  readonly function: string;
  readonly parameter?: string;
  readonly reason: string;
}

export type ImportResult = {
  /** Referenced namespaces that are not among the documents. */
  readonly missing: readonly string[];
} & (
  | { readonly kind: 'definition'; readonly definition: DefinitionSource; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'unknown'; readonly names: readonly { readonly name: string; readonly near: readonly string[] }[] }
);

/** Imports either all of the functions or none. */
export function importWin32(request: ImportRequest): ImportResult {
  const { documents, api, functions: names } = request;
  const all = documents.get(api)?.Functions ?? [];
  const found = new Map<string, MetadataFunction>();
  for (const name of names) {
    const entry = entryNamed(all, name);
    if (entry) found.set(name, entry);
  }
  const unknown = names.filter((name) => !found.has(name));
  if (unknown.length > 0 || names.length === 0) {
    const known = all.map((one) => one.Name);
    return { kind: 'unknown', names: unknown.map((name) => ({ name, near: nearNames(name, known) })), missing: [] };
  }
  return importFound([...found.values()], new TypeImporter(documents, api), request);
}

function importFound(
  entries: readonly MetadataFunction[],
  importer: TypeImporter,
  request: ImportRequest,
): ImportResult {
  const notes: string[] = [];
  const refusals: Refusal[] = [...differentLibraries(entries)];
  const functions: Record<string, FunctionDefinition> = {};
  for (const entry of entries) {
    const gathered: Refusal[] = [];
    const definition = importFunction(entry, importer, gathered, (text) => notes.push(`${entry.Name}: ${text}`));
    refusals.push(...gathered);
    if (definition) functions[entry.Name] = definition;
  }
  const missing = [...importer.missing];
  if (refusals.length > 0) return { kind: 'refused', refusals, missing };
  return { kind: 'definition', definition: assemble(functions, entries, importer, request), notes, missing };
}

function differentLibraries(entries: readonly MetadataFunction[]): Refusal[] {
  const [first] = entries;
  return entries
    .filter((one) => first && libraryFile(one).toLowerCase() !== libraryFile(first).toLowerCase())
    .map((one) => ({
      function: one.Name,
      reason: `it is in ${one.DllImport}, but ${first?.Name} is in ${first?.DllImport}: a definition has one library`,
    }));
}

/** Imports one function. Returns undefined after adding at least one refusal. */
function importFunction(
  entry: MetadataFunction,
  importer: TypeImporter,
  refusals: Refusal[],
  note: Note,
): FunctionDefinition | undefined {
  const attempt = <T>(parameter: string | undefined, make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InexpressibleError)) throw error;
      refusals.push({ function: entry.Name, ...(parameter === undefined ? {} : { parameter }), reason: error.message });
      return undefined;
    }
  };
  attempt(undefined, () => checkReachable(entry));
  const names = parameterNames(entry.Params);
  const parameters = entry.Params.map((parameter, index) =>
    attempt(parameter.Name, () => importParameter(parameter, names[index] ?? '', importer, note)),
  );
  const returns = attempt(undefined, () => importReturns(entry, importer, names, note));
  const complete = parameters.filter((one): one is ParameterDefinition => one !== undefined);
  if (refusals.length > 0 || !returns) return undefined;
  const { parameters: settled, refusals: sizes } = settleSizes(entry, complete, importer, note);
  refusals.push(...sizes.map((one) => ({ function: entry.Name, ...one })));
  if (refusals.length > 0) return undefined;
  noteByteOrder(settled, note);
  return {
    description: `${entry.Name} of ${entry.DllImport}. Imported from Win32 metadata: describe here what it does.`,
    callingConvention: C_LIBRARIES.test(entry.DllImport) ? 'cdecl' : 'stdcall',
    parameters: settled,
    returns,
    changesState: true,
  };
}

/** Libraries of plain C functions: the only ones of Windows that do not use WINAPI. */
const C_LIBRARIES = /^(icu[a-z]*|msvcrt|ucrtbase)\.dll$/i;

function checkReachable(entry: MetadataFunction): void {
  if (endsBridge(entry.Name))
    throw new InexpressibleError('it ends the process that calls it, or leaves it unable to go on');
  if (/^(api|ext)-ms-/i.test(entry.DllImport)) {
    throw new InexpressibleError(`it is in the API set ${entry.DllImport}, which is no file of the system directory`);
  }
  if (!/^[A-Za-z0-9_.-]+\.(dll|drv|cpl|ocx)$/.test(libraryFile(entry))) {
    throw new InexpressibleError(`it is in ${entry.DllImport}, which is no DLL`);
  }
  if (!isFor64Bit(entry)) {
    throw new InexpressibleError(`it exists on ${entry.Architectures.join(' and ')} only`);
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(entry.Name)) throw new InexpressibleError('its name is no plain name');
}

function libraryFile({ DllImport }: MetadataFunction): string {
  const file = DllImport.replace(/\.[A-Za-z]+$/, (extension) => extension.toLowerCase());
  return /\.(dll|drv|cpl|ocx|exe|sys)$/.test(file) ? file : `${file}.dll`;
}

function noteByteOrder(parameters: readonly ParameterDefinition[], note: Note): void {
  for (const { name } of parameters.filter((one) => one.type === 'USHORT' && /port/i.test(one.name))) {
    note(
      `${name}: its byte order cannot be known from metadata; host order is assumed. ` +
        'If its page says network byte order, add "byteOrder": "network"',
    );
  }
}

function assemble(
  functions: Readonly<Record<string, FunctionDefinition>>,
  entries: readonly MetadataFunction[],
  importer: TypeImporter,
  request: ImportRequest,
): DefinitionSource {
  const fileName = libraryFile(entries[0] as MetadataFunction);
  const name = request.name ?? definitionName(fileName);
  const types = usedTypes(functions, importer.types);
  const list = Object.entries(functions).map(([key, definition]) => ({ name: key, dll: fileName, definition }));
  const { cmdlets, objects } = importCmdlets(list, name);
  return {
    name,
    version: '0.1.0',
    module: {
      guid: request.guid,
      author: 'EDIT: your name',
      companyName: 'EDIT: your company',
      copyright: 'EDIT: your copyright',
      description: `EDIT: what the module does. It wraps functions of ${fileName}.`,
      tags: ['Windows'],
      projectUri: 'https://example.com/edit-the-project-address',
      licenseUri: 'https://example.com/edit-the-licence-address',
      releaseNotes: 'EDIT: what is new.',
    },
    library: { fileName, location: 'system' },
    ...(Object.keys(types).length === 0 ? {} : { types }),
    functions,
    errors: [],
    ...(Object.keys(objects).length === 0 ? {} : { objects }),
    cmdlets,
  };
}

/** Converts `IPHLPAPI.dll` to `IphlpapiFunctions`. */
function definitionName(fileName: string): string {
  const letters = fileName.replace(/\.[a-z]+$/, '').replaceAll(/[^A-Za-z0-9]/g, '');
  const base = letters
    .replace(/^[0-9]+/, '')
    .slice(0, 60)
    .toLowerCase();
  return `${base.slice(0, 1).toUpperCase()}${base.slice(1)}Functions`;
}

/** Returns the named types that functions use, directly or through others. */
function usedTypes(
  functions: Readonly<Record<string, FunctionDefinition>>,
  types: Readonly<Record<string, ValueSpec>>,
): Record<string, ValueSpec> {
  const used: Record<string, ValueSpec> = {};
  const visit = (type: TypeExpression): void => {
    if (typeof type === 'string') {
      const spec = own(types, type);
      if (!spec || Object.hasOwn(used, type)) return;
      used[type] = spec;
      visit(spec.type);
    }
    for (const { spec } of partsOf(type)) visit(spec.type);
  };
  for (const { parameters, returns } of Object.values(functions)) {
    for (const { type } of [...parameters, returns]) visit(type);
  }
  return used;
}
