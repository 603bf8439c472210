/**
 * `dllet verify <module dir>`: imports the module in a real PowerShell and compares its exports with its definition.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { loadDefinition } from '../definition/load.js';
import type { Definition } from '../definition/types.js';
import { PROGRAM_DIRECTORY } from '../generator/write.js';
import { DEFINITION, FOLDER } from './option-values.js';
import { print, setExit } from './output.js';
import { EXIT, UsageError } from './usage.js';

interface VerifyArguments {
  module: string;
  definition: string | undefined;
  json: boolean;
}

export const verifyCommand: CommandModule<object, VerifyArguments> = {
  command: 'verify <module>',
  describe: 'Import a module in PowerShell, and compare what it exports with its definition',
  builder: (yargs) =>
    yargs
      .positional('module', { ...FOLDER, demandOption: true, describe: 'Directory of the module' })
      .option('definition', {
        ...DEFINITION,
        requiresArg: true,
        describe: 'A definition to use instead of the one in the module',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('dllet verify module/PersistentPortReservation', ''),
  handler: async ({ module, definition, json }) => {
    const { openPowerShell } = await import('../powershell/session.js');
    const { verifyExports } = await import('../verification/verify-exports.js');
    const expected = definition === undefined ? await ownDefinition(module) : await loadDefinition(definition);
    const session = await openPowerShell();
    try {
      const report = await verifyExports({ moduleDirectory: path.resolve(module), definition: expected, session });
      if (json) print(JSON.stringify({ powershell: session.executable, ...report }, null, 2));
      else printReport(session.executable, report.checks);
      if (!report.ok) setExit(EXIT.failed);
    } finally {
      await session.close();
    }
  },
};

/** The definition beside the module's program. */
async function ownDefinition(module: string): Promise<Definition> {
  const file = path.resolve(module, PROGRAM_DIRECTORY, 'definition.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Definition;
  } catch {
    throw new UsageError(
      `the definition ${file} does not exist; generate the module first, or give a definition with --definition`,
    );
  }
}

function printReport(powershell: string, checks: readonly { name: string; ok: boolean; detail?: string }[]): void {
  const failed = checks.filter((check) => !check.ok);
  for (const check of failed) print(`bad   ${check.name}: ${check.detail ?? ''}`);
  print(`${powershell}: ${checks.length - failed.length} checks good, ${failed.length} bad`);
}
