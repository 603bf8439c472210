/** `dllet serve <definition>`. Does not load the full command line, which would delay the start. */
import path from 'node:path';
import { definitionFile, loadDefinition } from '../definition/load.js';
import { AUDIT_OPTIONS } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import { DEFINITION } from './option-values.js';
import { type FastCommand, parseOptions, usageOf } from './options.js';
import { printError } from './output.js';
import { SERVE_OPTIONS, serve } from './resident.js';
import { UsageError } from './usage.js';

const OPTIONS = { ...BACKEND_OPTIONS, ...AUDIT_OPTIONS, ...SERVE_OPTIONS };
const USAGE = `dllet serve <definition> ${usageOf(OPTIONS)}`;

export const serveCommand: FastCommand = {
  command: 'serve <definition>',
  describe: 'Answer JSON-RPC 2.0 requests on stdin and stdout, one per line, until stdin ends',
  positionals: { definition: DEFINITION },
  options: OPTIONS,
  usage: USAGE,
  examples: [['dllet serve PersistentPortReservation --backend simulated', '']],
};

export async function runServe(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  const [definition, ...rest] = positionals;
  if (definition === undefined) throw new UsageError(`the definition is missing\nusage: ${USAGE}`);
  if (rest.length > 0) throw new UsageError(`'${rest[0]}' is an unexpected argument\nusage: ${USAGE}`);
  const options = { ...values, directory: path.dirname(definitionFile(definition)) };
  return serve(await loadDefinition(definition), options, printError);
}
