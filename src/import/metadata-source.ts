/** Opens metadata: a file or folder of win32json, a .winmd file, or the NuGet package that contains one. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DlletError, messageOf } from '../definition/errors.js';
import { openWinmd } from '../winmd/open-winmd.js';
import { isMetadataDocument, type MetadataDocument, type MetadataDocuments } from './metadata.js';
import { WinmdDocuments } from './winmd-documents.js';

export interface MetadataSource {
  /** The documents. Each is read on first use. */
  readonly documents: MetadataDocuments;
  /** The namespaces. */
  readonly apis: readonly string[];
  /** Returns the namespaces that have a function of this name. */
  namespacesOf(name: string): readonly string[];
  /** The names of all functions. */
  readonly functionNames: readonly string[];
  close(): void;
}

/** Opens a source of any of these forms; the caller closes it. Throws a DlletError if it cannot be read or has another form. */
export function openMetadata(file: string): MetadataSource {
  if (statsOf(file).isDirectory()) return new JsonSource(file, jsonFiles(file));
  if (/\.json$/i.test(file)) return new JsonSource(path.dirname(file), [path.basename(file, path.extname(file))]);
  const winmd = openWinmd(file);
  const documents = new WinmdDocuments(winmd);
  return {
    documents,
    namespacesOf: (name) => documents.namespacesOf(name),
    get functionNames() {
      return documents.functionNames;
    },
    get apis() {
      return documents.apis;
    },
    close: () => winmd.close(),
  };
}

/** Files of win32json. Functions are searched in the given ones; types are taken from any file of the folder. */
class JsonSource implements MetadataSource {
  readonly #folder: string;
  readonly apis: readonly string[];
  readonly #documents = new Map<string, MetadataDocument | undefined>();
  readonly documents: MetadataDocuments = { get: (api) => this.#get(api) };

  constructor(folder: string, apis: readonly string[]) {
    this.#folder = folder;
    this.apis = apis;
    // Reads a single file at once, so that a wrong file is reported as such.
    const [api, ...others] = apis;
    if (api !== undefined && others.length === 0) this.#documents.set(api, readDocument(this.#fileOf(api)));
  }

  namespacesOf(name: string): readonly string[] {
    return this.apis.filter((api) => this.#get(api)?.Functions.some((one) => one.Name === name));
  }

  get functionNames(): readonly string[] {
    return this.apis.flatMap((api) => this.#get(api)?.Functions.map((one) => one.Name) ?? []);
  }

  close(): void {
    // No file stays open.
  }

  #fileOf(api: string): string {
    return path.join(this.#folder, `${api}.json`);
  }

  #get(api: string): MetadataDocument | undefined {
    if (!/^[A-Za-z0-9._]+$/.test(api)) return undefined;
    if (!this.#documents.has(api)) {
      const file = this.#fileOf(api);
      this.#documents.set(api, existsSync(file) ? readDocument(file) : undefined);
    }
    return this.#documents.get(api);
  }
}

function statsOf(file: string) {
  try {
    return statSync(file);
  } catch (error) {
    throw unusable(`cannot read the Win32 metadata '${file}': ${messageOf(error)}`, error);
  }
}

function jsonFiles(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => /\.json$/.test(name));
  if (files.length === 0) throw unusable(`the directory '${folder}' has no file of win32json (*.json)`);
  return files.map((name) => name.replace(/\.json$/, '')).sort();
}

function readDocument(file: string): MetadataDocument {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unusable(`cannot read the Win32 metadata '${file}': ${messageOf(error)}`, error);
  }
  if (!isMetadataDocument(value))
    throw unusable(`'${file}' is not a file of win32json, because it has no Types and Functions`);
  return value;
}

function unusable(message: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'InvalidParameter',
    message,
    category: 'InvalidArgument',
    recommendedAction: 'Give a .winmd file, a .nupkg that contains one, or a file or directory of win32json.',
    ...(cause === undefined ? {} : { cause }),
  });
}
