/** The full command line. */
import yargs from 'yargs';
import { programVersion } from '../generator/generate.js';
import { COMMANDS } from './commands.js';
import { reportFailure } from './failure.js';
import { UsageError } from './usage.js';
import { STRINGS, usageMessage } from './usage-message.js';

/** Runs one command, and reports what it throws: as JSON where the command was asked for JSON. */
export async function runMain(args: readonly string[]): Promise<void> {
  let json = false;
  try {
    await parse(args, (asked) => {
      json = asked;
    });
  } catch (error) {
    reportFailure(error, { json });
  }
}

/** Says whether JSON is asked for before a command begins. */
async function parse(args: readonly string[], asksForJson: (asked: boolean) => void): Promise<void> {
  await yargs([...args])
    .scriptName('dllet')
    .usage('$0 <command>\n\nFrom a native DLL to PowerShell cmdlets.')
    .command([...COMMANDS])
    .middleware(({ json }) => asksForJson(json === true))
    .demandCommand(1, 'A command is missing')
    .recommendCommands()
    .strict()
    .example('dllet doctor', 'Is anything missing on this machine?')
    .example('dllet ports test 50000', 'Why can nobody bind port 50000?')
    .example('dllet new', 'Make a module of your own, with questions')
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
      throw new UsageError(usageMessage(message, { args, parser, commands: COMMANDS }));
    })
    .parseAsync();
}
