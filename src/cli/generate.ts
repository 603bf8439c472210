/** `dllet generate <definition> --out <dir> [--docs <dir>] [--check]`. */
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { definitionFile, loadDefinition } from '../definition/load.js';
import type { Definition } from '../definition/types.js';
import { generateModule, generateReference } from '../generator/generate.js';
import { installOwnLibraries, ownLibraryNames, readOwnLibraries } from '../generator/own-libraries.js';
import { checkProgramFolder, installProgram, notBuilt } from '../generator/program.js';
import { compareModule, isInStep, writeModule } from '../generator/write.js';
import { DEFINITION, FOLDER } from './option-values.js';
import { print, printError, setExit } from './output.js';
import { EXIT, UsageError } from './usage.js';

interface GenerateArguments {
  readonly definition: string;
  readonly out: string;
  readonly docs?: string | undefined;
  readonly check: boolean;
}

/** An output directory: its path as given, its expected content, and files of it that are not generated. */
interface Target {
  readonly folder: string;
  readonly rendered: ReadonlyMap<string, string>;
  readonly others?: readonly string[];
}

export const generateCommand: CommandModule<object, GenerateArguments> = {
  command: 'generate <definition>',
  describe: 'Generate the PowerShell module of a definition, or check that it is up to date',
  builder: (yargs) =>
    yargs
      .positional('definition', { ...DEFINITION, demandOption: true })
      .option('out', { ...FOLDER, demandOption: true, describe: 'Directory of the module' })
      .option('docs', {
        ...FOLDER,
        describe: 'Directory of the reference pages (default: none are written)',
      })
      .option('check', {
        type: 'boolean',
        default: false,
        describe: 'Write nothing; list missing, changed and extra files, and exit with 1 if there are any',
      })
      .example('dllet generate zlib.definition.json --out modules/Zlib', 'Write the module')
      .example('dllet generate zlib.definition.json --out modules/Zlib --check', 'Compare it'),
  handler: async ({ definition: nameOrPath, out, docs, check }) => {
    const definition = await loadDefinition(nameOrPath);
    checkFolderName(definition, out);
    const module = moduleTarget(definition, out);
    const reference = docs === undefined ? [] : [{ folder: docs, rendered: generateReference(definition) }];
    if (check) {
      const more = docs === undefined ? '' : ` --docs ${docs}`;
      await reportDifferences(`dllet generate ${nameOrPath} --out ${out}${more}`, [module, ...reference]);
      return;
    }
    await writeTargets(nameOrPath, definition, module, reference);
  },
};

/** Writes the module of a definition into a folder, with its program. */
export async function writeModuleOf(nameOrPath: string, out: string): Promise<void> {
  const definition = await loadDefinition(nameOrPath);
  checkFolderName(definition, out);
  await writeTargets(nameOrPath, definition, moduleTarget(definition, out), []);
}

const moduleTarget = (definition: Definition, out: string): Target => ({
  folder: out,
  rendered: generateModule(definition),
  others: ownLibraryNames(definition),
});

async function writeTargets(
  nameOrPath: string,
  definition: Definition,
  module: Target,
  reference: readonly Target[],
): Promise<void> {
  const out = module.folder;
  const directory = path.resolve(out);
  await checkProgramFolder(directory);
  for (const target of [module, ...reference]) await bringIntoStep(target);
  const missing = await installProgram(directory, definition);
  const libraries = await readOwnLibraries(definition, path.dirname(definitionFile(nameOrPath)));
  for (const file of await installOwnLibraries(directory, libraries)) print(`written  ${path.join(out, file)}`);
  for (const { folder, rendered } of reference) print(`${folder}: ${rendered.size} pages match the definition`);
  print(`${out}: ${module.rendered.size} files match the definition; the program is in ${path.join(out, 'bin')}`);
  if (missing.length > 0)
    printError(
      `note: ${path.join(out, 'bin')} does not have the client, so PowerShell cannot import the module: ${notBuilt(missing)}`,
    );
}

/** PowerShell finds a module by its directory name; a version directory may be in between. */
function checkFolderName({ name, version }: Definition, out: string): void {
  const steps = path.resolve(out).split(path.sep);
  const last = steps.at(-1) === version ? steps.at(-2) : steps.at(-1);
  if (last === name) return;
  throw new UsageError(
    `PowerShell can only import the module ${name} from a directory of the same name, but '${out}' ends with '${last}'; ` +
      `write --out ${path.join(path.dirname(out), name)}, or --out ${path.join(out, name)} for a new directory in it`,
  );
}

async function bringIntoStep({ folder, rendered }: Target): Promise<void> {
  const { written, removed } = await writeModule(path.resolve(folder), rendered);
  for (const file of written) print(`written  ${path.join(folder, file)}`);
  for (const file of removed) print(`removed  ${path.join(folder, file)}`);
}

async function reportDifferences(command: string, targets: readonly Target[]): Promise<void> {
  let isAllInStep = true;
  for (const { folder, rendered, others } of targets) {
    const differences = await compareModule(path.resolve(folder), rendered, others);
    if (isInStep(differences)) {
      print(`${folder}: matches the definition`);
      continue;
    }
    isAllInStep = false;
    for (const kind of ['missing', 'changed', 'extra'] as const) {
      for (const file of differences[kind]) print(`${kind.padEnd(8)} ${path.join(folder, file)}`);
    }
  }
  if (isAllInStep) return;
  printError(`the module does not match its definition; run: ${command}`);
  setExit(EXIT.failed);
}
