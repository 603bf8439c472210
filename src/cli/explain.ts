/** `dllet explain <definition> <function>`: one function in all its forms. */
import type { CommandModule } from 'yargs';
import { loadDefinition, readDefinition } from '../definition/load.js';
import { suggestion } from '../definition/near-names.js';
import { writtenPrototype } from '../definition/written/prototype-of.js';
import { modelOf } from '../model/model.js';
import { DEFINITION, FUNCTION } from './option-values.js';
import { print } from './output.js';
import { UsageError } from './usage.js';

interface ExplainOptions {
  readonly definition: string;
  readonly function: string;
  readonly json: boolean;
  readonly color: boolean | undefined;
}

export const explainCommand: CommandModule<object, ExplainOptions> = {
  command: 'explain <definition> <function>',
  describe: 'Show a function in all forms (C, koffi, JSON, PowerShell), and how it fails',
  builder: (yargs) =>
    yargs
      .positional('definition', { ...DEFINITION, demandOption: true })
      .positional('function', { ...FUNCTION, demandOption: true })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .option('color', { type: 'boolean', describe: 'Use colors (default: on a terminal, unless NO_COLOR is set)' })
      .example('dllet explain PersistentPortReservation LookupPersistentUdpPortReservation', ''),
  handler: async ({ definition: nameOrPath, function: name, json, color = hasColors() }) => {
    const definition = await loadDefinition(nameOrPath);
    const { text } = await readDefinition(nameOrPath);
    const fn = modelOf(definition).functionNamed(name);
    if (!fn)
      throw new UsageError(
        `the definition ${definition.name} has no function '${name}'; ${suggestion(name, Object.keys(definition.functions))}`,
      );
    const { explain } = await import('../explanation/explain.js');
    const explanation = explain(definition, fn, writtenPrototype(text, name));
    if (json) {
      print(JSON.stringify(explanation, null, 2));
      return;
    }
    const { explanationLines } = await import('./explain-text.js');
    for (const line of explanationLines(explanation, nameOrPath, color)) print(line);
  },
};

/** Source: no-color.org. */
const hasColors = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR;
