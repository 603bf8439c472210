/**
 * `dllet validate <definition>`: reports all mistakes, each with its JSON pointer and line; with `--strict` also
 * guesses that a person should review.
 */
import type { CommandModule } from 'yargs';
import { expandDefinition } from '../definition/expand.js';
import { libraryTitle } from '../definition/library.js';
import { formatMistake, readDefinition } from '../definition/load.js';
import { counted } from '../definition/shown.js';
import type { Mistake } from '../definition/source-text.js';
import { validateDefinitionText } from '../definition/validate.js';
import { DEFINITION } from './option-values.js';
import { print, printError, setExit } from './output.js';
import { EXIT } from './usage.js';

export const validateCommand: CommandModule<object, { definition: string; json: boolean; strict: boolean }> = {
  command: 'validate <definition>',
  describe: 'List all mistakes in a definition, each with its JSON pointer and line',
  builder: (yargs) =>
    yargs
      .positional('definition', { ...DEFINITION, demandOption: true })
      .option('strict', {
        type: 'boolean',
        default: false,
        describe: 'Also list guesses that a person should review',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('dllet validate zlib.definition.json --strict', 'List mistakes, and guesses to review'),
  handler: async ({ definition, json, strict }) => {
    const { file, text } = await readDefinition(definition);
    const result = validateDefinitionText(text);
    const { mistakes, notes, value } = result;
    const review = strict ? result.review() : [];
    const report = { file, valid: mistakes.length === 0, mistakes, notes, ...(strict && { review }) };
    if (json) print(JSON.stringify(report, null, 2));
    else for (const found of [...mistakes, ...review]) print(formatMistake(definition, found));
    const isListed = (note: Mistake) =>
      review.some(({ pointer, message }) => `${pointer} ${message}` === `${note.pointer} ${note.message}`);
    if (!json)
      for (const note of notes.filter((one) => !isListed(one))) printError(`note: ${formatMistake(definition, note)}`);
    if (mistakes.length > 0 || review.length > 0) {
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
