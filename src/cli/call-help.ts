/** The help of `call` and `serve` in `dllet --help`. The entry point runs both commands without yargs. */
import type { Argv, CommandModule } from 'yargs';
import { CALL_USAGE } from './call.js';
import { DSC_USAGE } from './dsc-command.js';
import { SERVE_USAGE } from './serve-command.js';
import { UsageError } from './usage.js';

export const callCommand: CommandModule = {
  command: 'call <definition> <function> [json]',
  describe: 'Call one function once: JSON parameters as an argument or on stdin, one JSON reply on stdout',
  builder: (yargs) =>
    withBackend(yargs)
      .positional('definition', { type: 'string', describe: 'Path, or the name of a built-in' })
      .positional('function', { type: 'string', describe: 'Name of the native function' })
      .positional('json', { type: 'string', describe: 'Its in parameters as a JSON object, in host byte order' })
      .example(
        'dllet call PersistentPortReservation LookupPersistentUdpPortReservation \'{"StartPort":5000,"NumberOfPorts":20}\'',
        '',
      ),
  handler: () => {
    throw new UsageError(`usage: ${CALL_USAGE}`);
  },
};

export const serveCommand: CommandModule = {
  command: 'serve <definition>',
  describe: 'Stay and answer JSON-RPC 2.0 on stdin and stdout, one message a line, until stdin ends',
  builder: (yargs) =>
    withBackend(yargs)
      .positional('definition', { type: 'string', describe: 'Path, or the name of a built-in' })
      .option('parent', { type: 'number', describe: 'Process id: end when that process is gone' })
      .option('trace', { type: 'boolean', describe: 'Every message to stderr' }),
  handler: () => {
    throw new UsageError(`usage: ${SERVE_USAGE}`);
  },
};

export const dscCommand: CommandModule = {
  command: 'dsc <operation> <definition> [type]',
  describe:
    'An operation of a DSC resource as DSC v3 starts it (get, test, set, delete, export), or its manifests (manifest)',
  builder: (yargs) =>
    withBackend(yargs)
      .positional('operation', {
        choices: ['get', 'test', 'set', 'delete', 'export', 'manifest'],
        describe: 'What to do',
      })
      .positional('definition', { type: 'string', describe: 'Path, or the name of a built-in' })
      .positional('type', { type: 'string', describe: 'Type of the resource; without it, the first of the definition' })
      .option('input', { type: 'string', describe: 'The instance as JSON, instead of stdin' })
      .option('what-if', { type: 'boolean', describe: 'set, delete: change nothing, say what would change' })
      .option('out', { type: 'string', describe: 'manifest: folder to write into' })
      .option('check', { type: 'boolean', describe: 'manifest: write nothing, exit 1 where a file differs' })
      .option('module', { type: 'string', describe: 'manifest: folder of the module whose program DSC shall start' })
      .option('node', { type: 'string', describe: 'manifest: absolute path of node; without it, node of PATH' }),
  handler: () => {
    throw new UsageError(`usage: ${DSC_USAGE}`);
  },
};

function withBackend(yargs: Argv): Argv {
  return yargs
    .option('backend', { choices: ['native', 'simulated'], default: 'native', describe: 'What executes the function' })
    .option('library', { type: 'string', describe: 'Absolute path of another library (native)' })
    .option('state', { type: 'string', describe: 'Absolute path of the state file (simulated)' })
    .option('unelevated', {
      type: 'boolean',
      describe: 'Answer as to a caller without administrator rights (simulated)',
    })
    .option('audit', { type: 'string', describe: 'Absolute path of a file: a JSON line for each change' })
    .option('audit-event-log', {
      type: 'boolean',
      describe: 'An event in the Application log for each change (Windows)',
    })
    .option('audit-reason', { type: 'string', describe: 'Why, in the record of changes that bring no reason' });
}
