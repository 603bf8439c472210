/**
 * The .NET assemblies of a module: the client, and the assembly of the extension that the definition names. Their names
 * contain the release, because one process cannot load two assemblies with the same name.
 */
import { createRequire } from 'node:module';
import { EXTENSIONS, extensionOf } from '../extensions/registry.js';

/** The version of dllet, from its package. */
export const RELEASE = (createRequire(import.meta.url)('../../package.json') as { version: string }).version;

/** The name of an assembly in a release: `Dllet.Client.1.2.3`. */
export function assemblyName(assembly: string, release: string): string {
  return `${assembly}.${release}`;
}

/** The name of the client assembly without its release. */
export const CLIENT_NAME = 'Dllet.Client';

/** The client's file in this release. */
export const CLIENT = fileOf(CLIENT_NAME);

/** The files of all assemblies of this release. */
export const ASSEMBLIES: readonly string[] = [
  CLIENT,
  ...EXTENSIONS.flatMap(({ assembly }) => (assembly === undefined ? [] : fileOf(assembly))),
];

/** The files of the assemblies that a module needs. */
export function assembliesOf(definition: { readonly extension?: string | undefined }): string[] {
  const assembly = extensionOf(definition)?.assembly;
  return [CLIENT, ...(assembly === undefined ? [] : [fileOf(assembly)])];
}

/** True for an assembly of dllet, of this release or another. */
export function isAssembly(file: string): boolean {
  return /^Dllet\.[^/]+\.dll$/.test(file);
}

function fileOf(assembly: string): string {
  return `${assemblyName(assembly, RELEASE)}.dll`;
}
