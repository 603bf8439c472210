/** The compiled node program inside a module: the bundles with the definition's extension or without one, the definition it answers for, and koffi's native addons. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definition } from '../definition/types.js';
import { refuseLinks } from './links.js';
import { ForeignFileError, PROGRAM_DIRECTORY } from './write.js';

/** The bundles as the build makes them, by their names in the program's folder. */
const BUNDLES = {
  'dllet.cjs': () => 'module-entry.cjs',
  'program.cjs': (extension: string) => `module-program${extension}.cjs`,
  'on-demand.cjs': (extension: string) => `module-on-demand${extension}.cjs`,
  'verify.cjs': (extension: string) => `verify-program${extension}.cjs`,
};

/** The client's assembly in the program's folder; its name carries the release. */
export const CLIENT = `Dllet.Client.${(createRequire(import.meta.url)('../../package.json') as { version: string }).version}.dll`;

const BUILT = fileURLToPath(new URL('../../dist/', import.meta.url));

/** What `installProgram` puts into its folder. */
const PROGRAM_ENTRIES: ReadonlySet<string> = new Set([...Object.keys(BUNDLES), 'definition.json', 'node_modules']);

/** A client of this release, or of an earlier one that is to be replaced. */
const isOwn = (entry: string) => PROGRAM_ENTRIES.has(entry) || /^Dllet\.Client\.[^/]+\.dll$/.test(entry);

/** Throws ForeignFileError when the program's folder holds anything else than a program, which would be lost; LinkedFileError when it is a link. */
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
 * Puts the program into `<module>/bin`, replacing what was there. The addons are those that are installed here. Where the client
 * was not built, it is left out: returns false, and the module cannot be imported.
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

/** The files of the program by their path in its folder, without koffi's addons. Throws MissingClientError. */
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

/** What the build made of it; undefined where it had no .NET SDK. */
async function readClient(): Promise<Buffer | undefined> {
  return readFile(path.join(BUILT, CLIENT)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** What to do about a client that was not built. */
export const WITHOUT_CLIENT = `${CLIENT} was not built: install the .NET SDK 10 and run "npm run build", or use the npm package, which has it`;

/** The client was not built: what only needs Node.js works, a module does not. */
export class MissingClientError extends Error {
  constructor() {
    super(`the module cannot be packed, because ${WITHOUT_CLIENT}`);
    this.name = 'MissingClientError';
  }
}

/** The folder of the installed koffi; the packages of its addons are in `../@koromix`. */
export function koffiDirectory(): string {
  return path.dirname(createRequire(import.meta.url).resolve('koffi'));
}
