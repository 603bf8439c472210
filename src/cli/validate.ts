/** `dllet validate <definition>`: reports all mistakes, each with its JSON pointer and line. */
import type { CommandModule } from 'yargs';
import { expandDefinition } from '../definition/expand.js';
import { libraryTitle } from '../definition/library.js';
import { formatMistake, readDefinition } from '../definition/load.js';
import { counted } from '../definition/shown.js';
import { validateDefinitionText } from '../definition/validate.js';
import { print, printError, setExit } from './output.js';
import { EXIT } from './usage.js';

export const validateCommand: CommandModule<object, { definition: string; json: boolean }> = {
  command: 'validate <definition>',
  describe: 'List every mistake of a definition, each with its JSON pointer and line',
  builder: (yargs) =>
    yargs
      .positional('definition', { type: 'string', demandOption: true, describe: 'Path, or the name of a built-in' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  handler: async ({ definition, json }) => {
    const { file, text } = await readDefinition(definition);
    const { mistakes, notes, value } = validateDefinitionText(text);
    if (json) print(JSON.stringify({ file, valid: mistakes.length === 0, mistakes, notes }, null, 2));
    else for (const mistake of mistakes) print(formatMistake(definition, mistake));
    if (!json) for (const note of notes) printError(`note: ${formatMistake(definition, note)}`);
    if (mistakes.length > 0) {
      setExit(EXIT.failed);
      return;
    }
    if (json || !value) return;
    const expanded = expandDefinition(value);
    const functions = Object.keys(expanded.functions).length;
    print(
      `${definition}: valid; ${counted(functions, 'function')} of ${libraryTitle(expanded)}, ${counted(expanded.cmdlets.length, 'cmdlet')}`,
    );
  },
};
