/** Checks whether dllet would accept command lines shown in texts. Runs no command. */
import { callCommand } from '../../src/cli/call.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { dscCommand } from '../../src/cli/dsc.js';
import { parseCommandLine } from '../../src/cli/main.js';
import { type FastCommand, parseOptions } from '../../src/cli/options.js';
import { serveCommand } from '../../src/cli/serve.js';

/** The commands that parse their options themselves. */
const FAST: Readonly<Record<string, FastCommand>> = { call: callCommand, serve: serveCommand, dsc: dscCommand };

/** Returns why dllet would reject these words, the first of which is the command; undefined if it would accept them. */
export async function refusalOf(words: readonly string[]): Promise<string | undefined> {
  const [name = '', ...rest] = words;
  const fast = Object.hasOwn(FAST, name) ? FAST[name] : undefined;
  try {
    if (fast) checkFast(fast, rest);
    else await parseCommandLine(words, stop);
    return undefined;
  } catch (error) {
    return error === TAKEN ? undefined : (error as Error).message;
  }
}

/** Thrown to stop parsing after a command line was accepted, before its command runs. */
const TAKEN = new Error('taken');

function stop(): never {
  throw TAKEN;
}

function checkFast({ command, options, usage }: FastCommand, args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, options, usage);
  const needed = 'prototype' in values ? 0 : command.split(' <').length - 1;
  const permitted = 'prototype' in values ? 1 : command.split(' ').length - 1;
  if (positionals.length < needed || positionals.length > permitted)
    throw new Error(`${positionals.length} arguments, and it takes ${needed} to ${permitted}: ${command}`);
  for (const [option, value] of Object.entries(values)) {
    const { choices } = options[option] ?? {};
    if (choices && !choices.includes(String(value))) throw new Error(`--${option} is one of ${choices.join(', ')}`);
  }
}

/** Returns the examples in the help of every command and subcommand. */
export function examplesOfHelp(commands: typeof COMMANDS = COMMANDS): string[] {
  return commands.flatMap(({ builder }) => (typeof builder === 'function' ? recorded(builder) : []));
}

/** Runs a builder with a fake parser that records the examples. */
function recorded(builder: (parser: never) => unknown): string[] {
  const found: string[] = [];
  const parser: object = new Proxy(
    {},
    {
      get: (_, member) => (first: unknown) => {
        if (member === 'example')
          found.push(...(Array.isArray(first) ? first.map(([one]) => String(one)) : [String(first)]));
        if (member === 'command') found.push(...examplesOfHelp([first].flat() as typeof COMMANDS));
        return parser;
      },
    },
  );
  builder(parser as never);
  return found;
}
