/** `dllet types [names..]`: shows the built-in types of definitions, or how dllet reads C types. */
import type { CommandModule } from 'yargs';
import { resolveType } from '../definition/checks/resolve-type.js';
import { PrototypeError, parsePrototypes } from '../definition/prototype/index.js';
import type { TypeExpression, ValueSpec } from '../definition/types.js';
import { builtInNames, exampleOf, powershellType, type Shape, sizeOf, valueInWords } from '../kinds/index.js';
import { print } from './output.js';
import { tableLines } from './table.js';
import { UsageError } from './usage.js';

export const typesCommand: CommandModule<object, { names: string[]; json: boolean }> = {
  command: 'types [names..]',
  describe: 'List the built-in types, or show what C types are in a definition, in PowerShell and in JSON',
  builder: (yargs) =>
    yargs
      .positional('names', {
        type: 'string',
        array: true,
        default: [],
        describe: 'C types; without one, all built-in types',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('dllet types', 'All built-in types')
      .example('dllet types HKEY "unsigned long" uid_t', 'What these are in a definition'),
  handler: ({ names, json }) => {
    const rows = names.length > 0 ? names.map(typeOfC) : builtInNames().map((name) => rowOf(name, name, {}));
    if (json) print(JSON.stringify(rows, null, 2));
    else for (const line of tableLines(rows.map(inTable))) print(line);
  },
};

/** What is known about a type. */
interface TypeRow {
  readonly c: string;
  readonly definition: TypeExpression;
  /** Without brackets. */
  readonly powershell: string;
  /** On 64-bit Windows. */
  readonly bytes: number;
  /** A JSON value. */
  readonly example: unknown;
  readonly meaning: string;
}

/** Returns the type of a parameter with this C type. Throws UsageError if C does not allow it. */
function typeOfC(name: string): TypeRow {
  try {
    const { functions, types } = parsePrototypes(`void f([in] ${name} value);`);
    const [parameter, ...others] = functions[0]?.definition.parameters ?? [];
    if (!parameter || others.length > 0) throw new UsageError(`'${name}' is not one type`);
    return rowOf(name, parameter.type as TypeExpression, types as Readonly<Record<string, ValueSpec>>);
  } catch (error) {
    throw error instanceof PrototypeError
      ? new UsageError(`'${name}' is not a type of a parameter: ${error.reason}`)
      : error;
  }
}

function rowOf(c: string, type: TypeExpression, types: Readonly<Record<string, ValueSpec>>): TypeRow {
  const shape = resolveType({ types }, { type }) as Shape;
  return {
    c,
    definition: type,
    powershell: powershellType(shape),
    bytes: sizeOf(shape),
    example: exampleOf(shape),
    meaning: valueInWords(shape, 'returned'),
  };
}

const inTable = ({ c, definition, powershell, bytes, example, meaning }: TypeRow) => ({
  C: c,
  definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
  PowerShell: powershell,
  bytes,
  JSON: example === null ? '' : JSON.stringify(example),
  meaning,
});
