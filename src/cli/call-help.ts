/** How `dllet --help` shows `call`; the work itself is in `call.ts`, which the entry point reaches without yargs. */
import type { CommandModule } from 'yargs';
import { CALL_USAGE } from './call.js';
import { UsageError } from './usage.js';

export const callCommand: CommandModule = {
  command: 'call <definition> <function> [json]',
  describe: 'Call one function once: JSON parameters as an argument or on stdin, one JSON reply on stdout',
  builder: (yargs) =>
    yargs
      .positional('definition', { type: 'string', describe: 'Path, or the name of a built-in' })
      .positional('function', { type: 'string', describe: 'Name of the native function' })
      .positional('json', { type: 'string', describe: 'Its in parameters as a JSON object, in host byte order' })
      .option('backend', {
        choices: ['native', 'simulated'],
        default: 'native',
        describe: 'What executes the function',
      })
      .option('library', { type: 'string', describe: 'Absolute path of another library (native)' })
      .option('state', { type: 'string', describe: 'Absolute path of the state file (simulated)' })
      .option('unelevated', {
        type: 'boolean',
        describe: 'Answer as to a caller without administrator rights (simulated)',
      })
      .example(
        'dllet call PersistentPortReservation LookupPersistentUdpPortReservation \'{"StartPort":5000,"NumberOfPorts":20}\'',
        '',
      ),
  handler: () => {
    throw new UsageError(`usage: ${CALL_USAGE}`);
  },
};
