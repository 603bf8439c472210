/** The full command line. */
import yargs, { type CommandModule } from 'yargs';
import { EXTENSIONS } from '../extensions/registry.js';
import { programVersion } from '../generator/generate.js';
import { callCommand, dscCommand, serveCommand } from './call-help.js';
import { doctorCommand } from './doctor.js';
import { generateCommand } from './generate.js';
import { importCommand } from './import.js';
import { packCommand } from './pack.js';
import { UsageError } from './usage.js';
import { validateCommand } from './validate.js';
import { verifyCommand } from './verify.js';

/** Runs one command. Throws UsageError for wrong usage; other errors of a command are passed on. */
export async function runMain(args: readonly string[]): Promise<void> {
  await yargs([...args])
    .scriptName('dllet')
    .usage('$0 <command>\n\nFrom a native DLL to PowerShell cmdlets.')
    .command(callCommand)
    .command(serveCommand)
    .command(validateCommand)
    .command(importCommand)
    .command(generateCommand)
    .command(packCommand)
    .command(verifyCommand)
    .command(dscCommand)
    .command(doctorCommand)
    .command(await extensionCommands())
    .demandCommand(1, 'a command is missing')
    .recommendCommands()
    .strict()
    .version(programVersion())
    .help()
    .alias('help', 'h')
    .wrap(100)
    .locale('en')
    .exitProcess(false)
    .fail((message, error) => {
      if (error) throw error;
      throw new UsageError(`${message}\n${HINT}`);
    })
    .parseAsync();
}

async function extensionCommands(): Promise<CommandModule[]> {
  return (await Promise.all(EXTENSIONS.map(({ commands }) => commands?.() ?? []))).flat();
}

const HINT = 'dllet --help lists the commands, dllet <command> --help the options of one';
