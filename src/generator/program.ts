/**
 * The compiled program in a module: the bundles with or without the definition's extension, the definition, the assemblies for
 * PowerShell, and koffi's native addons.
 */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDirectory } from '../definition/directories.js';
import type { Definition } from '../definition/types.js';
import { assembliesOf, isAssembly } from './assemblies.js';
import { refuseLinks } from './links.js';
import { ForeignFileError, PROGRAM_DIRECTORY } from './write.js';

/** The bundles of the build, by their names in the program's directory. */
const BUNDLES = {
  'dllet.cjs': () => 'module-entry.cjs',
  'program.cjs': (extension: string) => `module-program${extension}.cjs`,
  'on-demand.cjs': (extension: string) => `module-on-demand${extension}.cjs`,
  'verify.cjs': (extension: string) => `verify-program${extension}.cjs`,
};

const BUILT = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The contents of the program's directory. */
const PROGRAM_ENTRIES: ReadonlySet<string> = new Set([...Object.keys(BUNDLES), 'definition.json', 'node_modules']);

/** True for a file of the program, including assemblies of an earlier release, which are replaced. */
const isOwn = (entry: string) => PROGRAM_ENTRIES.has(entry) || isAssembly(entry);

/**
 * Throws ForeignFileError if the program's directory contains files that do not belong to a program and would be lost;
 * LinkedFileError if the directory is a link.
 */
export async function checkProgramFolder(moduleDirectory: string): Promise<void> {
  await refuseLinks(moduleDirectory, [PROGRAM_DIRECTORY]);
  const entries = await readdir(path.join(moduleDirectory, PROGRAM_DIRECTORY)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const foreign = entries.filter((entry) => !isOwn(entry)).map((entry) => `${PROGRAM_DIRECTORY}/${entry}`);
  if (foreign.length > 0) throw new ForeignFileError(moduleDirectory, foreign);
}

/**
 * Writes the program to `<module>/bin`, and replaces an existing one. Uses the koffi addons that are installed here.
 * Returns the assemblies that were not built; without the client, the module cannot be imported.
 */
export async function installProgram(moduleDirectory: string, definition: Definition): Promise<string[]> {
  await checkProgramFolder(moduleDirectory);
  const target = path.join(moduleDirectory, PROGRAM_DIRECTORY);
  await rm(target, { recursive: true, force: true });
  const { files, missing } = await readProgram(definition);
  for (const [file, content] of files) {
    makeDirectory(path.dirname(path.join(target, file)));
    await writeFile(path.join(target, file), content);
  }
  const addons = path.resolve(koffiDirectory(), '..', '@koromix');
  for (const addon of await readdir(addons)) {
    if (addon.startsWith('koffi-'))
      await cp(path.join(addons, addon), path.join(target, 'node_modules', '@koromix', addon), { recursive: true });
  }
  return missing;
}

/** Returns the program's files by their path in its directory, without koffi's addons. Throws MissingAssemblyError. */
export async function programFiles(definition: Definition): Promise<Map<string, Buffer>> {
  const { files, missing } = await readProgram(definition);
  if (missing.length > 0) throw new MissingAssemblyError(missing);
  return files;
}

/** Returns the existing files, and the assemblies that the build did not make because there was no .NET SDK. */
async function readProgram(definition: Definition): Promise<{ files: Map<string, Buffer>; missing: string[] }> {
  const files = new Map([['definition.json', Buffer.from(`${JSON.stringify(definition)}\n`)]]);
  const extension = definition.extension === undefined ? '' : `.${definition.extension}`;
  for (const [name, bundle] of Object.entries(BUNDLES))
    files.set(name, await readFile(path.join(BUILT, bundle(extension))));
  const assemblies = assembliesOf(definition).map((name) => ({ name, file: path.join(BUILT, name) }));
  for (const { name, file } of assemblies) if (existsSync(file)) files.set(name, await readFile(file));
  return { files, missing: assemblies.map(({ name }) => name).filter((name) => !files.has(name)) };
}

/** Names the missing assemblies, and says how to get them. */
export function notBuilt(assemblies: readonly string[]): string {
  const [verb, pronoun] = assemblies.length === 1 ? ['was', 'it'] : ['were', 'them'];
  return `${assemblies.join(' and ')} ${verb} not built: install the .NET SDK 10 and run "npm run build", or use the npm package, which has ${pronoun}`;
}

/** Thrown if an assembly was not built. A module needs it; everything that only needs Node.js works without it. */
export class MissingAssemblyError extends Error {
  constructor(assemblies: readonly string[]) {
    super(`the module cannot be packed, because ${notBuilt(assemblies)}`);
    this.name = 'MissingAssemblyError';
  }
}

/** The directory of the installed koffi; the packages of its addons are in `../@koromix`. */
export function koffiDirectory(): string {
  return path.dirname(createRequire(import.meta.url).resolve('koffi'));
}
