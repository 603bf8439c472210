/** The compiled node program inside a module: the bundle, the definition it answers for, and koffi. */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definition } from '../definition/types.js';
import { ForeignFileError, PROGRAM_DIRECTORY } from './write.js';

/** The bundle as the build makes it. */
const BUNDLE = fileURLToPath(new URL('../../dist/module-program.cjs', import.meta.url));

/** Files of koffi's package that its loader needs at run time; sources and documents stay behind. */
const KOFFI_FILES = ['package.json', 'LICENSE.txt', 'index.cjs', 'src/koffi/index.cjs', 'src/koffi/src/static.cjs'];

/** What `installProgram` puts into its folder. */
const PROGRAM_ENTRIES: ReadonlySet<string> = new Set(['dllet.cjs', 'definition.json', 'node_modules']);

/** Throws ForeignFileError when the program's folder holds anything else than a program: it would be lost. */
export async function checkProgramFolder(moduleDirectory: string): Promise<void> {
  const entries = await readdir(path.join(moduleDirectory, PROGRAM_DIRECTORY)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const foreign = entries
    .filter((entry) => !PROGRAM_ENTRIES.has(entry))
    .map((entry) => `${PROGRAM_DIRECTORY}/${entry}`);
  if (foreign.length > 0) throw new ForeignFileError(moduleDirectory, foreign);
}

/** Puts the program into `<module>/bin`, replacing what was there. */
export async function installProgram(moduleDirectory: string, definition: Definition): Promise<void> {
  await checkProgramFolder(moduleDirectory);
  const target = path.join(moduleDirectory, PROGRAM_DIRECTORY);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await cp(BUNDLE, path.join(target, 'dllet.cjs'));
  await writeFile(path.join(target, 'definition.json'), `${JSON.stringify(definition)}\n`);
  await installKoffi(path.join(target, 'node_modules'));
}

async function installKoffi(nodeModules: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const koffi = path.dirname(require.resolve('koffi'));
  for (const file of KOFFI_FILES) await cp(path.join(koffi, file), path.join(nodeModules, 'koffi', file));
  const addons = path.resolve(koffi, '..', '@koromix');
  for (const addon of await readdir(addons)) {
    if (addon.startsWith('koffi-'))
      await cp(path.join(addons, addon), path.join(nodeModules, '@koromix', addon), { recursive: true });
  }
}
