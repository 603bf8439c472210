/** The full command line. */
import yargs from 'yargs';
import { EXTENSION_COMMANDS } from '../extensions/in-command-line.js';
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
import { UsageError } from './usage.js';
import { STRINGS, usageMessage } from './usage-message.js';
import { validateCommand } from './validate.js';
import { verifyCommand } from './verify.js';

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
    .usage('$0 <command>\n\nTurns functions of a native DLL into PowerShell cmdlets.')
    .command(shown(callCommand))
    .command(shown(serveCommand))
    .command(newCommand)
    .command(validateCommand)
    .command(explainCommand)
    .command(importCommand)
    .command(coverageCommand)
    .command(generateCommand)
    .command(packCommand)
    .command(verifyCommand)
    .command(shown(dscCommand))
    .command(doctorCommand)
    .command([...EXTENSION_COMMANDS])
    .command(completionCommand)
    .middleware(({ json }) => asksForJson(json === true))
    .demandCommand(1, 'A command is missing')
    .recommendCommands()
    .strict()
    .example('dllet doctor', 'Check whether anything is missing on this computer')
    .example('dllet ports test 50000', 'Show why port 50000 cannot be bound')
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
