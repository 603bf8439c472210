/** The full command line. */
import yargs from 'yargs';
import { EXTENSION_EXAMPLES } from '../extensions/in-command-line.js';
import { programVersion } from '../generator/generate.js';
import { COMMANDS } from './commands.js';
import { reportFailure } from './failure.js';
import { UsageError } from './usage.js';
import { STRINGS, usageMessage } from './usage-message.js';

/** Runs one command, and reports its exception: as JSON if the command was called with --json. */
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

/**
 * Parses a command line and runs its command. Calls `begins` before, with whether JSON was requested; an exception from
 * it is passed on.
 */
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
    // The types of yargs do not include plural forms.
    .updateStrings(STRINGS as never)
    .exitProcess(false)
    .fail((message, error, parser) => {
      // A YError comes from the parser itself, for example for an option without its value.
      if (error instanceof Error && error.name !== 'YError') throw error;
      throw new UsageError(usageMessage(message, { args, parser, commands: COMMANDS }));
    })
    .parseAsync();
}
