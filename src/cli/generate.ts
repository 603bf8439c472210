/** `dllet generate <definition> --out <dir> [--check]`. */
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { loadDefinition } from '../definition/load.js';
import { generateModule } from '../generator/generate.js';
import { checkProgramFolder, installProgram } from '../generator/program.js';
import { compareModule, isInStep, writeModule } from '../generator/write.js';
import { print, printError, setExit } from './output.js';
import { EXIT } from './usage.js';

export const generateCommand: CommandModule<object, { definition: string; out: string; check: boolean }> = {
  command: 'generate <definition>',
  describe: 'Write the PowerShell module of a definition, or check that it is in step',
  builder: (yargs) =>
    yargs
      .positional('definition', { type: 'string', demandOption: true, describe: 'Path, or the name of a built-in' })
      .option('out', { type: 'string', demandOption: true, requiresArg: true, describe: 'Folder of the module' })
      .option('check', {
        type: 'boolean',
        default: false,
        describe: 'Write nothing: list missing, changed and extra files, exit 1 if there are any',
      }),
  handler: async ({ definition: nameOrPath, out, check }) => {
    const definition = await loadDefinition(nameOrPath);
    const rendered = generateModule(definition);
    const directory = path.resolve(out);
    if (check) {
      await reportDifferences(nameOrPath, out, directory, rendered);
      return;
    }
    await checkProgramFolder(directory);
    const { written, removed } = await writeModule(directory, rendered);
    await installProgram(directory, definition);
    for (const file of written) print(`written  ${path.join(out, file)}`);
    for (const file of removed) print(`removed  ${path.join(out, file)}`);
    print(`${out}: ${rendered.size} files in step with the definition; the program is in ${path.join(out, 'bin')}`);
  },
};

async function reportDifferences(
  nameOrPath: string,
  out: string,
  directory: string,
  rendered: ReadonlyMap<string, string>,
): Promise<void> {
  const differences = await compareModule(directory, rendered);
  if (isInStep(differences)) {
    print(`${out}: in step with the definition`);
    return;
  }
  for (const kind of ['missing', 'changed', 'extra'] as const) {
    for (const file of differences[kind]) print(`${kind.padEnd(8)} ${path.join(out, file)}`);
  }
  printError(`the module is not in step with its definition; run: dllet generate ${nameOrPath} --out ${out}`);
  setExit(EXIT.failed);
}
