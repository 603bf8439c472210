/**
 * The compiled Node.js program in a module: the bundles with or without the definition's extension, the definition, and
 * koffi's native addons.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definition } from '../definition/types.js';
import { refuseLinks } from './links.js';
import { ForeignFileError, PROGRAM_DIRECTORY } from './write.js';

/** The bundles of the build, by their names in the program's directory. */
const BUNDLES = {
  'dllet.cjs': () => 'module-entry.cjs',
  'program.cjs': (extension: string) => `module-program${extension}.cjs`,
  'on-demand.cjs': (extension: string) => `module-on-demand${extension}.cjs`,
  'verify.cjs': (extension: string) => `verify-program${extension}.cjs`,
};

/** The client assembly in the program's directory. Its name contains the release. */
export const CLIENT = `Dllet.Client.${(createRequire(import.meta.url)('../../package.json') as { version: string }).version}.dll`;

const BUILT = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The contents of the program's directory. */
const PROGRAM_ENTRIES: ReadonlySet<string> = new Set([...Object.keys(BUNDLES), 'definition.json', 'node_modules']);

/** Matches the client of this release, and of an earlier one that is to be replaced. */
const isOwn = (entry: string) => PROGRAM_ENTRIES.has(entry) || /^Dllet\.Client\.[^/]+\.dll$/.test(entry);

/**
 * Throws ForeignFileError if the program's directory contains files that are not part of a program and would be lost;
 * LinkedFileError if it is a link.
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
 * Writes the program to `<module>/bin` and replaces an existing one. Uses the addons that are installed here. Returns
 * false if the client was not built; the module then cannot be imported.
 */
export async function installProgram(moduleDirectory: string, definition: Definition): Promise<boolean> {
  await checkProgramFolder(moduleDirectory);
  const target = path.join(moduleDirectory, PROGRAM_DIRECTORY);
  await rm(target, { recursive: true, force: true });
  const client = await readClient();
  const files = await programOf(definition);
  for (const [file, content] of client ? files.set(CLIENT, client) : files) {
    await mkdir(path.dirname(path.join(target, file)), { recursive: true });
    await writeFile(path.join(target, file), content);
  }
  const addons = path.resolve(koffiDirectory(), '..', '@koromix');
  for (const addon of await readdir(addons)) {
    if (addon.startsWith('koffi-'))
      await cp(path.join(addons, addon), path.join(target, 'node_modules', '@koromix', addon), { recursive: true });
  }
  return client !== undefined;
}

/** Returns the program's files by their path in its directory, without koffi's addons. Throws MissingClientError. */
export async function programFiles(definition: Definition): Promise<Map<string, Buffer>> {
  const client = await readClient();
  if (client === undefined) throw new MissingClientError();
  return (await programOf(definition)).set(CLIENT, client);
}

async function programOf(definition: Definition): Promise<Map<string, Buffer>> {
  const files = new Map([['definition.json', Buffer.from(`${JSON.stringify(definition)}\n`)]]);
  const extension = definition.extension === undefined ? '' : `.${definition.extension}`;
  for (const [name, bundle] of Object.entries(BUNDLES))
    files.set(name, await readFile(path.join(BUILT, bundle(extension))));
  return files;
}

/** The built client; undefined if the build had no .NET SDK. */
async function readClient(): Promise<Buffer | undefined> {
  return readFile(path.join(BUILT, CLIENT)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** How to fix a missing client. */
export const WITHOUT_CLIENT = `${CLIENT} was not built: install the .NET SDK 10 and run "npm run build", or use the npm package, which has it`;

/** Thrown if the client was not built. A module needs it; everything that only needs Node.js works without it. */
export class MissingClientError extends Error {
  constructor() {
    super(`the module cannot be packed, because ${WITHOUT_CLIENT}`);
    this.name = 'MissingClientError';
  }
}

/** The directory of the installed koffi; the packages of its addons are in `../@koromix`. */
export function koffiDirectory(): string {
  return path.dirname(createRequire(import.meta.url).resolve('koffi'));
}
