/**
 * The options of the commands that must start fast (`call`, `serve`, `dsc`) and of the programs of a module. They are
 * tables, which Node's own parser uses, and from which usage lines and `--help` are made.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Takes } from './option-values.js';
import { unknownOption } from './unknown-option.js';
import { UsageError } from './usage.js';

/** Options by name, in the form of parseArgs, with additional members for help. */
export type OptionTable = Readonly<
  Record<
    string,
    {
      readonly type: 'string' | 'boolean';
      /** The value in a usage line: `<absolute path>`. */
      readonly value?: string;
      readonly choices?: readonly string[];
      /** The kind of value that a shell completes. */
      readonly takes?: Takes;
      /** True for an option that can be repeated. */
      readonly multiple?: true;
      readonly describe: string;
    }
  >
>;

/** A command that parses its own options, with its description for `dllet --help`. */
export interface FastCommand {
  /** The command with its positional arguments: `serve <definition>`. */
  readonly command: string;
  readonly describe: string;
  readonly positionals: Readonly<
    Record<string, { readonly describe: string; readonly choices?: readonly string[]; readonly takes?: Takes }>
  >;
  readonly options: OptionTable;
  readonly usage: string;
  /** Example command lines, each with a description. */
  readonly examples: readonly (readonly [command: string, does: string])[];
}

/** Returns the given options and the other arguments. Throws UsageError, with the usage line if there is one. */
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

/** Node's message about an unknown option never suggests the nearest name, so it is replaced. */
function messageOfParser(error: unknown, names: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, unknown] = /^Unknown option '--([^' =]+)/.exec(message) ?? [];
  return unknown === undefined ? message : unknownOption(unknown, names);
}

/** Returns the options for a usage line: `[--library <absolute path>] [--unelevated]`. */
export function usageOf(options: OptionTable): string {
  return Object.entries(options)
    .map(([name, { value }]) => `[--${name}${value === undefined ? '' : ` ${value}`}]`)
    .join(' ');
}
