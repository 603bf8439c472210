/**
 * The commands that must start fast (`call`, `serve`, `dsc`) and the programs of a module parse their options with node's own
 * parser, from tables. How a usage line and `--help` show the options comes from the same tables.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Takes } from './option-values.js';
import { unknownOption } from './unknown-option.js';
import { UsageError } from './usage.js';

/** Options by name, as parseArgs takes them, with what only people read. */
export type OptionTable = Readonly<
  Record<
    string,
    {
      readonly type: 'string' | 'boolean';
      /** How a usage line shows the value: `<absolute path>`. */
      readonly value?: string;
      readonly choices?: readonly string[];
      /** What a shell offers for the value. */
      readonly takes?: Takes;
      /** True for an option that can be given more than once. */
      readonly multiple?: true;
      readonly describe: string;
    }
  >
>;

/** A command that parses its own options, and what `dllet --help` shows of it. */
export interface FastCommand {
  /** With its positional arguments: `serve <definition>`. */
  readonly command: string;
  readonly describe: string;
  readonly positionals: Readonly<
    Record<string, { readonly describe: string; readonly choices?: readonly string[]; readonly takes?: Takes }>
  >;
  readonly options: OptionTable;
  readonly usage: string;
  /** Command lines, each with what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
}

/** The options that were given, and the other arguments. Throws UsageError, with the usage line where there is one. */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  usage?: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = messageOfParser(error, Object.keys(options));
    throw new UsageError(usage === undefined ? message : `${message}\nusage: ${usage}`);
  }
}

/** Of an option that there is not, the parser of Node.js says how else it could be meant, and never the nearest one. */
function messageOfParser(error: unknown, names: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, unknown] = /^Unknown option '--([^' =]+)/.exec(message) ?? [];
  return unknown === undefined ? message : unknownOption(unknown, names);
}

/** The options as a usage line shows them: `[--library <absolute path>] [--unelevated]`. */
export function usageOf(options: OptionTable): string {
  return Object.entries(options)
    .map(([name, { value }]) => `[--${name}${value === undefined ? '' : ` ${value}`}]`)
    .join(' ');
}
