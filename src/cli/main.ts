/** The full command line. */
import yargs, { type CommandModule } from 'yargs';
import { EXTENSION_COMMANDS, EXTENSION_EXAMPLES } from '../extensions/in-command-line.js';
import { programVersion } from '../generator/generate.js';
import { callCommand } from './call.js';
import { completionCommand } from './completion.js';
import { coverageCommand } from './coverage.js';
import { doctorCommand } from './doctor.js';
import { dscCommand } from './dsc.js';
import { explainCommand } from './explain.js';
import { reportFailure } from './failure.js';
import { generateCommand } from './generate.js';
import { shown } from './help.js';
import { importCommand } from './import.js';
import { newCommand } from './new.js';
import { packCommand } from './pack.js';
import { serveCommand } from './serve.js';
import { typesCommand } from './types.js';
import { UsageError } from './usage.js';
import { STRINGS, usageMessage } from './usage-message.js';
import { validateCommand } from './validate.js';
import { verifyCommand } from './verify.js';

/** The commands, in the order of the help. */
// biome-ignore lint/suspicious/noExplicitAny: the options of each command are its own.
export const COMMANDS: readonly CommandModule<object, any>[] = [
  shown(callCommand),
  shown(serveCommand),
  newCommand,
  validateCommand,
  explainCommand,
  typesCommand,
  importCommand,
  coverageCommand,
  generateCommand,
  packCommand,
  verifyCommand,
  shown(dscCommand),
  doctorCommand,
  ...EXTENSION_COMMANDS,
  completionCommand,
];

/** Runs one command, and reports what it throws: as JSON where the command was asked for JSON. */
export async function runMain(args: readonly string[]): Promise<void> {
  let json = false;
  try {
    await parseCommandLine(args, (asked) => {
      json = asked;
    });
  } catch (error) {
    reportFailure(error, { json });
  }
}

/** Reads a command line and runs its command. `begins` is told before that whether JSON is asked for; what it throws ends all. */
export async function parseCommandLine(args: readonly string[], begins: (json: boolean) => void): Promise<void> {
  await yargs([...args])
    .scriptName('dllet')
    .usage('$0 <command>\n\nTurns functions of a native DLL into PowerShell cmdlets.')
    .command([...COMMANDS])
    .middleware(({ json }) => begins(json === true))
    .demandCommand(1, 'A command is missing')
    .recommendCommands()
    .strict()
    .example('dllet doctor', 'Check whether anything is missing on this computer')
    .example(EXTENSION_EXAMPLES)
    .example('dllet new', 'Make your own module by answering questions')
    .version(programVersion())
    .help()
    .alias('help', 'h')
    .wrap(100)
    .locale('en')
    // The types of yargs know no plurals.
    .updateStrings(STRINGS as never)
    .exitProcess(false)
    .fail((message, error, parser) => {
      // A YError is what the parser itself throws: an option without its value.
      if (error instanceof Error && error.name !== 'YError') throw error;
      throw new UsageError(usageMessage(message, args, parser));
    })
    .parseAsync();
}
