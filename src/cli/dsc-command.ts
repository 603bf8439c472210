/** `dllet dsc ...`, without loading the full command line. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { definitionFile, loadDefinition } from '../definition/load.js';
import { type DscHost, runDsc } from './dsc.js';
import { UsageError } from './usage.js';

export const DSC_USAGE = `dllet dsc get|test|set|delete|export <definition> [type] [--input <json>] [--what-if] [--backend native|simulated] [--library <absolute path>] [--state <absolute path>] [--unelevated]
       dllet dsc manifest <definition> --out <dir> [--check] [--module <dir>] [--node <absolute path>] [options of a backend]`;

const HOST: DscHost = {
  usage: DSC_USAGE,
  async definition([name, ...rest]) {
    if (name === undefined) throw new UsageError(`the definition is missing; usage: ${DSC_USAGE}`);
    return { definition: await loadDefinition(name), rest };
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
    if (!existsSync(script)) throw new UsageError(`${root} is no module: it has no bin/dllet.cjs`);
    return { script, command: (operation) => ['dsc', operation], root };
  },
};

export function runDscCommand(args: readonly string[]): Promise<number> {
  return runDsc(args, HOST);
}
