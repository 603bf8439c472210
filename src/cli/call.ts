/** `dllet call <definition> <function> [json]`, without the weight of the full command line. */
import path from 'node:path';
import { definitionFile, loadDefinition } from '../definition/load.js';
import { AUDIT_OPTIONS } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import { callOnce } from './one-shot.js';
import { type FastCommand, parseOptions, usageOf } from './options.js';
import { printError } from './output.js';
import { UsageError } from './usage.js';

const OPTIONS = { ...BACKEND_OPTIONS, ...AUDIT_OPTIONS };
const USAGE = `dllet call <definition> <function> [json] ${usageOf(OPTIONS)}`;

export const callCommand: FastCommand = {
  command: 'call <definition> <function> [json]',
  describe: 'Call one function once: JSON parameters as an argument or on stdin, one JSON reply on stdout',
  positionals: {
    definition: { describe: 'Path, or the name of a built-in' },
    function: { describe: 'Name of the native function' },
    json: { describe: 'Its in parameters as a JSON object, in host byte order' },
  },
  options: OPTIONS,
  usage: USAGE,
  example:
    'dllet call PersistentPortReservation LookupPersistentUdpPortReservation \'{"StartPort":5000,"NumberOfPorts":20}\'',
};

export async function runCall(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  const [definition, functionName, json, ...rest] = positionals;
  if (definition === undefined || functionName === undefined || rest.length > 0)
    throw new UsageError(`usage: ${USAGE}`);
  const options = { ...values, directory: path.dirname(definitionFile(definition)) };
  return callOnce(await loadDefinition(definition), functionName, json, options, printError);
}
