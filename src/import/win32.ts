/**
 * Creates a definition from Win32 metadata: all the named functions as C prototypes, or the reasons for refusing them.
 * Pure: it reads no file.
 */

import { nearNames } from '../definition/near-names.js';
import { endsBridge } from '../definition/process-functions.js';
import { validateDefinitionText } from '../definition/validate.js';
import { importCmdlets } from './cmdlets.js';
import { corrected } from './corrections.js';
import { Declarations } from './declarations.js';
import { reviewedFunction } from './failures/reviewed-functions.js';
import { entryNamed, isFor64Bit, type MetadataDocuments, type MetadataFunction } from './metadata.js';
import { writePrototype } from './prototypes.js';
import { freeingFunctions, releasesOf } from './releases.js';

/** A function and its namespace, such as `NetworkManagement.IpHelper`. */
export interface FunctionPlace {
  readonly api: string;
  readonly name: string;
}

export interface ImportRequest {
  readonly documents: MetadataDocuments;
  /** The functions, without duplicates. */
  readonly functions: readonly FunctionPlace[];
  /** True to omit functions that cannot be imported; otherwise one such function prevents the import. */
  readonly isPartial?: boolean;
  /** The prefix of the nouns of all cmdlets. */
  readonly prefix?: string;
  /** The name of the definition; default: derived from the name of the library. */
  readonly name?: string;
}

/** The reason why a function cannot be imported. */
export interface Refusal {
  readonly function: string;
  readonly parameter?: string;
  readonly reason: string;
}

/** A prototype with additional members. */
interface ImportedPrototype {
  readonly prototype: string;
  /** Absent for functions of the definition's own library. */
  readonly library?: string;
  /** The page with which its failure rule was compared; absent if there was none. */
  readonly documentation?: string;
}

/** A definition as an author writes it. */
export interface ImportedDefinition {
  readonly name: string;
  readonly library: string;
  readonly libraries?: Readonly<Record<string, string>>;
  readonly types?: readonly string[];
  readonly functions: readonly (string | ImportedPrototype)[];
  readonly module?: { readonly prefix: string };
  readonly cmdlets: Readonly<Record<string, unknown>>;
}

export type ImportResult = {
  /** Referenced namespaces that are not among the documents. */
  readonly missing: readonly string[];
} & (
  | {
      readonly kind: 'definition';
      readonly definition: ImportedDefinition;
      readonly notes: readonly string[];
      /** Functions that were added because they release handles or memory of the others. */
      readonly added: readonly string[];
      /** The omitted functions, with the reasons. */
      readonly leftOut: readonly Refusal[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'unknown'; readonly names: readonly { readonly name: string; readonly near: readonly string[] }[] }
);

/** Imports either all of the functions or none. */
export function importWin32(request: ImportRequest): ImportResult {
  const documents = corrected(request.documents);
  const { functions: places } = request;
  const found: MetadataFunction[] = [];
  const unknown: { name: string; near: readonly string[] }[] = [];
  for (const { api, name } of places) {
    const all = documents.get(api)?.Functions ?? [];
    const entry = entryNamed(all, name);
    if (entry) found.push(entry);
    else {
      const known = all.map((one) => one.Name);
      unknown.push({ name, near: nearNames(name, known) });
    }
  }
  if (unknown.length > 0 || places.length === 0) return { kind: 'unknown', names: unknown, missing: [] };
  return importFound(found, { ...request, documents });
}

/** A function that can be imported. */
interface ImportedFunction {
  readonly entry: MetadataFunction;
  readonly text: string;
  /** The types that it needs. */
  readonly uses: ReadonlySet<string>;
  readonly notes: readonly string[];
}

function importFound(entries: readonly MetadataFunction[], request: ImportRequest): ImportResult {
  const { types, functions: releasing } = releasesOf(entries, request);
  const declarations = new Declarations(
    request.documents,
    [...new Set(request.functions.map(({ api }) => api))],
    types,
  );
  const all = [...entries, ...releasing];
  const refusals: Refusal[] = [];
  let prototypes: ImportedFunction[] = [];
  for (const entry of all) {
    const unreachable = whyUnreachable(entry);
    if (unreachable !== undefined) {
      refusals.push({ function: entry.Name, reason: unreachable });
      continue;
    }
    const gathered: string[] = [];
    const written = writePrototype(entry, declarations, (text) => gathered.push(`${entry.Name}: ${text}`));
    if ('refusals' in written) refusals.push(...written.refusals.map((one) => ({ function: entry.Name, ...one })));
    else
      prototypes.push({
        entry,
        ...written,
        notes: [...gathered, ...byteOrderNotes(entry)],
      });
  }
  const missing = [...declarations.missing];
  if (refusals.length > 0 && !request.isPartial) return { kind: 'refused', refusals, missing };
  for (;;) {
    const uses = new Set(prototypes.flatMap((one) => [...one.uses]));
    if (prototypes.length === 0) return { kind: 'refused', refusals, missing };
    const definition = assemble(prototypes, declarations.textsOf(uses), request);
    const mistakes = mistakesOf(definition, prototypes);
    const mistaken = new Set(mistakes.map((one) => one.function));
    const kept = prototypes.filter(({ entry }) => !mistaken.has(entry.Name));
    refusals.push(...mistakes);
    if (mistakes.length === 0) {
      const added = releasing.map(({ Name }) => Name);
      return {
        kind: 'definition',
        definition,
        notes: prototypes.flatMap((one) => one.notes),
        missing,
        added,
        leftOut: refusals,
      };
    }
    if (!request.isPartial || kept.length === prototypes.length) return { kind: 'refused', refusals, missing };
    prototypes = kept;
  }
}

/** Returns the mistakes of the complete definition by function. `prototypes`: in the order of the definition. */
function mistakesOf(definition: ImportedDefinition, prototypes: readonly ImportedFunction[]): Refusal[] {
  const { mistakes } = validateDefinitionText(JSON.stringify(definition));
  return mistakes.map(({ pointer, message }) => {
    const [, index] = /^\/functions\/(\d+)/.exec(pointer) ?? [];
    return { function: prototypes[Number(index)]?.entry.Name ?? definition.name, reason: message };
  });
}

function whyUnreachable(entry: MetadataFunction): string | undefined {
  if (endsBridge(entry.Name)) return 'it ends or blocks the process that calls it';
  if (!/^[A-Za-z0-9_.-]+\.(dll|drv|cpl|ocx)$/.test(libraryFile(entry)))
    return `it is in ${entry.DllImport}, which is not a DLL`;
  if (entry.Name === 'select' || entry.Name === '__WSAFDIsSet')
    return 'fd_count of its fd_set could be more than the 64 sockets that the struct has; WSAPoll does the same';
  if (!isFor64Bit(entry)) return `it exists on ${entry.Architectures.join(' and ')} only`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(entry.Name) ? undefined : 'its name is not a plain name';
}

function libraryFile({ DllImport }: MetadataFunction): string {
  const file = DllImport.replace(/\.[A-Za-z]+$/, (extension) => extension.toLowerCase());
  return /\.(dll|drv|cpl|ocx|exe|sys)$/.test(file) ? file : `${file}.dll`;
}

function byteOrderNotes({ Name, Params }: MetadataFunction): string[] {
  return Params.filter(
    ({ Name: name, Type }) => /port/i.test(name) && Type.Kind === 'Native' && Type.Name === 'UInt16',
  ).map(
    ({ Name: name }) =>
      `${Name}: ${name}: the metadata does not give its byte order, so host order is assumed. ` +
      'If its page says network byte order, write the function in the long form with "byteOrder": "network"',
  );
}

function assemble(
  prototypes: readonly ImportedFunction[],
  types: readonly string[],
  request: ImportRequest,
): ImportedDefinition {
  // A function that frees memory can be in any library of the definition.
  const all = [...prototypes.map(({ entry }) => entry), ...freeingOf(prototypes, request)];
  const files = [...new Map(all.map((entry) => [libraryFile(entry).toLowerCase(), libraryFile(entry)]))];
  const [[, library] = ['', ''], ...others] = files;
  const name = request.name ?? definitionName(library);
  return {
    name,
    library,
    ...(others.length > 0 && { libraries: Object.fromEntries(others.map(([key, file]) => [keyOfLibrary(key), file])) }),
    ...(types.length > 0 && { types }),
    functions: prototypes.map(({ entry, text }) => {
      const file = libraryFile(entry).toLowerCase();
      const isOwn = file === library.toLowerCase();
      const documentation = reviewedFunction(entry.Name)?.page;
      if (isOwn && documentation === undefined) return text;
      return {
        prototype: text,
        ...(!isOwn && { library: keyOfLibrary(file) }),
        ...(documentation !== undefined && { documentation }),
      };
    }),
    ...(request.prefix !== undefined && { module: { prefix: request.prefix } }),
    cmdlets: importCmdlets(
      prototypes.map(({ entry }) => entry.Name),
      { definitionName: name, ...(request.prefix !== undefined && { prefix: request.prefix }) },
    ),
  };
}

const freeingOf = (prototypes: readonly ImportedFunction[], { documents, functions }: ImportRequest) =>
  freeingFunctions(
    prototypes.map(({ entry }) => entry),
    documents,
    functions.map(({ api }) => api),
  );

/** Returns a key for a library: `apiMsWinCorePathL110` for `api-ms-win-core-path-l1-1-0.dll`. */
function keyOfLibrary(file: string): string {
  const plain = file
    .replace(/\.[a-z]+$/, '')
    .replaceAll(/[^a-z0-9]+(.?)/g, (_whole, next: string) => next.toUpperCase());
  return /^[a-z]/.test(plain) ? plain : `library${plain}`;
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
