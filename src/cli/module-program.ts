/**
 * The program in a module (`bin/dllet.cjs`): the bridge for the definition beside it. No request and no option can
 * select another definition.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Definition } from '../definition/types.js';
import { AUDIT_OPTIONS } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import { callOnce } from './one-shot.js';
import { parseOptions, usageOf } from './options.js';
import { printError } from './output.js';
import { requireNode } from './require-node.js';
import { SERVE_OPTIONS, serve } from './resident.js';
import { EXIT, UsageError } from './usage.js';

const CALL_OPTIONS = { ...BACKEND_OPTIONS, ...AUDIT_OPTIONS };

const CALL_USAGE = 'dllet.cjs call <function> [json] [options]';

const USAGE = `usage: ${CALL_USAGE}
       dllet.cjs serve [--parent <process id>] [--trace] [options]
       dllet.cjs dsc get|test|set|delete|export [type] [--input <json>] [--what-if] [options]
       dllet.cjs dsc manifest --out <dir> [--check] [--node <absolute path>] [options]
options: ${usageOf(BACKEND_OPTIONS)}
         ${usageOf(AUDIT_OPTIONS)}`;

/** The directory of the module. */
const MODULE = path.dirname(__dirname);

async function main(args: string[]): Promise<number> {
  requireNode();
  if (args[0] === 'dsc') return runOwnDsc(args.slice(1));
  const { values, positionals } = parseOptions(args, { ...CALL_OPTIONS, ...SERVE_OPTIONS });
  const [command, functionName, json, ...rest] = positionals;
  if (command === 'serve' && functionName === undefined)
    return serve(readOwnDefinition(), { ...values, directory: MODULE });
  if (command !== 'call' || functionName === undefined || rest.length > 0) throw new UsageError(USAGE);
  const own = parseOptions(args, CALL_OPTIONS, CALL_USAGE);
  return callOnce(readOwnDefinition(), functionName, json, { ...own.values, directory: MODULE });
}

/** The definition's DSC resources. */
async function runOwnDsc(args: string[]): Promise<number> {
  const { runDsc } = await import('./dsc-run.js');
  return runDsc(args, {
    usage: USAGE,
    definition: async (rest) => ({ definition: readOwnDefinition(), directory: MODULE, rest }),
    version: () => DLLET_VERSION,
    program: () => ({
      script: path.join(__dirname, 'dllet.cjs'),
      command: (operation) => ['dsc', operation],
      root: MODULE,
    }),
  });
}

/** The version of dllet, inserted by the build. */
declare const DLLET_VERSION: string;

/** The definition beside this program, validated by the generator. */
function readOwnDefinition(): Definition {
  return JSON.parse(readFileSync(path.join(__dirname, 'definition.json'), 'utf8')) as Definition;
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    printError(error instanceof Error ? error.message : String(error));
    process.exit(EXIT.usage);
  },
);
