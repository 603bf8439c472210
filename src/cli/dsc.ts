/** `dllet dsc ...`. Does not load the full command line. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { definitionFile, loadDefinition } from '../definition/load.js';
import { OPERATIONS } from '../dsc/operations.js';
import { type DscHost, MANIFEST_OPTIONS, OPERATION_OPTIONS, runDsc } from './dsc-run.js';
import { DEFINITION } from './option-values.js';
import { type FastCommand, usageOf } from './options.js';
import { UsageError } from './usage.js';

const USAGE = `dllet dsc ${OPERATIONS.join('|')} <definition> [type] ${usageOf(OPERATION_OPTIONS)}
       dllet dsc manifest <definition> --out <dir> [--check] [--module <dir>] [--node <absolute path>] [options of a backend]`;

export const dscCommand: FastCommand = {
  command: 'dsc <operation> <definition> [type]',
  describe:
    'Run an operation of a DSC resource as DSC v3 does (get, test, set, delete, export), or write its manifests (manifest)',
  positionals: {
    operation: { choices: [...OPERATIONS, 'manifest'], describe: 'What to do' },
    definition: DEFINITION,
    type: { describe: 'Type of the resource (default: the first of the definition)' },
  },
  options: { ...OPERATION_OPTIONS, ...MANIFEST_OPTIONS },
  usage: USAGE,
  examples: [
    ['dllet dsc export PersistentPortReservation --backend simulated', ''],
    ['dllet dsc manifest PersistentPortReservation --out manifests', ''],
  ],
};

const HOST: DscHost = {
  usage: USAGE,
  async definition([name, ...rest]) {
    if (name === undefined) throw new UsageError(`the definition is missing; usage: ${USAGE}`);
    return { definition: await loadDefinition(name), directory: path.dirname(definitionFile(name)), rest };
  },
  version: () => (createRequire(import.meta.url)('../../package.json') as { version: string }).version,
  program([name = ''], module) {
    if (module === undefined) {
      const script = fileURLToPath(new URL('../cli.js', import.meta.url));
      const definition = name === path.basename(name) && !existsSync(name) ? name : definitionFile(name);
      return { script, command: (operation) => ['dsc', operation, definition], root: path.dirname(script) };
    }
    const root = path.resolve(module);
    const script = path.join(root, 'bin', 'dllet.cjs');
    if (!existsSync(script)) throw new UsageError(`${root} is not a module, because it has no bin/dllet.cjs`);
    return { script, command: (operation) => ['dsc', operation], root };
  },
};

export function runDscCommand(args: readonly string[]): Promise<number> {
  return runDsc(args, HOST);
}
