/**
 * `dllet pack <definition> --out <dir>`: creates the module as a directory for a PowerShell module path and as a
 * .nupkg.
 */
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { definitionFile, loadDefinition } from '../definition/load.js';
import { DEFINITION, FILE, FOLDER, TEXT } from './option-values.js';
import { print, printError } from './output.js';
import { withProgress } from './progress.js';
import { UsageError } from './usage.js';

interface PackArguments {
  definition: string;
  out: string;
  'with-node': string | undefined;
  platform: string[] | undefined;
  license: string | undefined;
  seal: boolean;
}

export const packCommand: CommandModule<object, PackArguments> = {
  command: 'pack <definition>',
  describe: 'Pack a self-contained module and a .nupkg, with a bill of materials and a file catalog',
  builder: (yargs) =>
    yargs
      .positional('definition', { ...DEFINITION, demandOption: true })
      .option('out', {
        ...FOLDER,
        demandOption: true,
        describe: 'Directory for <Name>/<version> and <Name>.<version>.nupkg',
      })
      .option('with-node', {
        ...FILE,
        describe: 'The node.exe of an official release, to copy into the module',
      })
      .option('platform', {
        ...TEXT,
        array: true,
        describe: 'Platform to run on, such as win32-x64 (default: win32-x64, win32-arm64 and win32-ia32)',
      })
      .option('license', {
        ...FILE,
        describe: "File with the module's licence; without it, the licence of dllet",
      })
      .option('seal', {
        type: 'boolean',
        default: false,
        describe: 'After signing: make the bill of materials, catalog and .nupkg again from the current files',
      })
      .example('dllet pack PersistentPortReservation --out dist-module --with-node node.exe', ''),
  handler: async ({ definition: nameOrPath, out, withNode, platform, license, seal }: PackArguments & Camel) => {
    const definition = await loadDefinition(nameOrPath);
    const { packModule, sealModule } = await import('../package/pack.js');
    if (seal && (withNode ?? platform ?? license) !== undefined) {
      throw new UsageError('--seal uses the existing directory, so it can only be combined with --out');
    }
    const packed = seal
      ? await sealModule(definition, out)
      : await withProgress((progress) =>
          packModule({
            definition,
            directory: path.dirname(definitionFile(nameOrPath)),
            out,
            platforms: platform,
            nodeFile: withNode,
            licenceFile: license,
            progress,
          }),
        );
    for (const note of packed.notes) printError(`note: ${note}`);
    print(`${path.relative('', packed.directory) || '.'}: ${packed.files.length} files`);
    print(path.relative('', packed.nupkg));
  },
};

/** yargs provides options with a hyphen under both names. */
interface Camel {
  withNode?: string | undefined;
}
