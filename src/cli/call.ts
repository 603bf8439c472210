/**
 * `dllet call <definition> <function> [json]`, or `--prototype` instead of a definition. Does not load the full command
 * line.
 */
import path from 'node:path';
import { definitionFile, loadDefinition } from '../definition/load.js';
import { AUDIT_OPTIONS, type AuditOptions } from './audit.js';
import { BACKEND_OPTIONS, type BackendOptions } from './backend.js';
import { callOnce } from './one-shot.js';
import { DEFINITION, FUNCTION } from './option-values.js';
import { type FastCommand, parseOptions, usageOf } from './options.js';
import { printError } from './output.js';
import { UsageError } from './usage.js';

const OPTIONS = {
  ...BACKEND_OPTIONS,
  library: {
    type: 'string',
    takes: 'file',
    value: '<absolute path>',
    describe: 'Absolute path of another library (native); with --prototype, also the file name of a system library',
  },
  ...AUDIT_OPTIONS,
} as const;
const PROTOTYPE_OPTIONS = {
  prototype: {
    type: 'string',
    value: '<C>',
    multiple: true,
    describe:
      'C prototype, or @file, instead of a definition; repeat it for the types and functions that the prototype needs',
  },
  function: {
    type: 'string',
    value: '<name>',
    describe: 'With --prototype: the function to call (default: the last one)',
  },
} as const;
const ALL_OPTIONS = { ...OPTIONS, ...PROTOTYPE_OPTIONS };
const USAGE =
  `dllet call <definition> <function> [json] ${usageOf(OPTIONS)}\n` +
  `       dllet call --library <absolute path or file name> --prototype <C>... [--function <name>] [json] ${usageOf(AUDIT_OPTIONS)}`;

export const callCommand: FastCommand = {
  command: 'call <definition> <function> [json]',
  describe: 'Call one function once: JSON parameters as an argument or on stdin, one JSON reply on stdout',
  positionals: {
    definition: DEFINITION,
    function: FUNCTION,
    json: { describe: 'The in parameters of the function as a JSON object, in host byte order' },
  },
  options: ALL_OPTIONS,
  usage: USAGE,
  examples: [
    [
      'dllet call PersistentPortReservation LookupPersistentUdpPortReservation \'{"StartPort":5000,"NumberOfPorts":20}\'',
      '',
    ],
    ["dllet call --library libc.so.6 --prototype 'int abs(int j)' '{\"j\":-7}'", ''],
  ],
};

export async function runCall(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, ALL_OPTIONS, USAGE);
  const { prototype, function: named, ...options } = values;
  if (prototype !== undefined) return callPrototype(prototype, named, positionals, options);
  if (named !== undefined)
    throw new UsageError(
      '--function is only for calls with --prototype; with a definition, write the name of the function after the definition',
    );
  const [definition, functionName, json, ...rest] = positionals;
  if (definition === undefined || functionName === undefined)
    throw new UsageError(`the ${definition === undefined ? 'definition' : 'function'} is missing\nusage: ${USAGE}`);
  if (rest.length > 0) throw new UsageError(`'${rest[0]}' is an unexpected argument\nusage: ${USAGE}`);
  const directory = path.dirname(definitionFile(definition));
  return callOnce(await loadDefinition(definition), functionName, json, { ...options, directory }, printError);
}

/** Loads the parser of C only when it is needed. */
async function callPrototype(
  prototypes: readonly string[],
  named: string | undefined,
  [json, ...rest]: readonly string[],
  options: BackendOptions & AuditOptions,
): Promise<number> {
  if (rest.length > 0)
    throw new UsageError(
      `with --prototype, give only the JSON parameters, without a definition or the name of a function\nusage: ${USAGE}`,
    );
  if (options.library === undefined) throw new UsageError('--prototype needs --library <absolute path or file name>');
  if (options.backend === 'simulated')
    throw new UsageError('--prototype cannot be used with --backend simulated, because it calls the library');
  const { readPrototypeCall } = await import('./call-prototype.js');
  const { definition, functionName, library } = await readPrototypeCall(prototypes, options.library, named);
  return callOnce(definition, functionName, json, { ...options, library }, printError);
}
