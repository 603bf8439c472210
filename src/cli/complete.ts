/** `dllet --complete <word>...`: prints the completions of the last word. The scripts of `dllet completion` call it. */
import type { CommandModule } from 'yargs';
import { builtInNames, loadDefinition } from '../definition/load.js';
import type { Takes } from './option-values.js';
import { print } from './output.js';

/** The completions: words, each with a description, and whether file or folder names fit. */
export interface Offers {
  readonly words: ReadonlyMap<string, string>;
  readonly paths?: 'file' | 'folder';
}

/** An option or a positional argument, as a command describes it to the parser. */
interface Value {
  readonly type?: string;
  readonly array?: boolean;
  readonly choices?: readonly string[];
  readonly takes?: Takes;
  readonly describe?: string;
}

interface Command {
  readonly commands: readonly CommandModule[];
  readonly options: ReadonlyMap<string, Value>;
  readonly positionals: readonly Value[];
}

/** The meaning of the last word, from the words before it. */
interface Place {
  readonly command: Command;
  /** The positional arguments before it. */
  readonly given: readonly string[];
  /** The options before it. */
  readonly used: ReadonlySet<string>;
  /** The option whose value the last word is; undefined for any other word. */
  readonly option: Value | undefined;
}

/**
 * Prints one word on each line, with a tab and its description, and `:file` or `:folder` where the shell should offer
 * names.
 */
export async function runComplete(words: readonly string[], commands: readonly CommandModule[]): Promise<void> {
  const { words: offered, paths } = await complete(words, commands);
  for (const [word, means] of offered) print(means === '' ? word : `${word}\t${means}`);
  if (paths !== undefined) print(`:${paths}`);
}

/** Returns the completions of the last word. After `--option=`, only the value is completed. */
export async function complete(words: readonly string[], commands: readonly CommandModule[]): Promise<Offers> {
  const [, option, last = ''] = /^(?:--([^=]+)=)?(.*)$/s.exec(words.at(-1) ?? '') ?? [];
  const place = placeOf(words.slice(0, -1), commands);
  const { words: all, paths } = await offersAt(place, last, option);
  const begun = [...all].filter(([word]) => word.toLowerCase().startsWith(last.toLowerCase()));
  return { words: new Map(begun), ...(paths && { paths }) };
}

/** The names of the options of the command that the arguments name. */
export const optionsAfter = (args: readonly string[], commands: readonly CommandModule[]): string[] => [
  ...placeOf(args, commands).command.options.keys(),
];

/** Handles `--option value`, and `--option = value`, which is how bash splits it. */
function placeOf(words: readonly string[], commands: readonly CommandModule[]): Place {
  let command: Command = { commands, options: new Map([['help', HELP]]), positionals: [] };
  let given: string[] = [];
  const used = new Set<string>();
  let option: Value | undefined;
  for (const word of words) {
    if (word === '=') continue;
    const next = command.commands.find((one) => nameOf(one) === word);
    if (option !== undefined) option = undefined;
    else if (/^-./.test(word)) {
      const [name = '', value] = word.replace(/^-+/, '').split('=');
      used.add(name);
      option = value === undefined ? takenBy(command, name) : undefined;
    } else if (next && given.length === 0) command = read(next, command.options);
    else given = [...given, word];
  }
  return { command, given, used, option };
}

const HELP: Value = { type: 'boolean', describe: 'Show help' };
const NONE: Offers = { words: new Map() };

const nameOf = ({ command }: CommandModule): string => String(command).split(' ')[0] ?? '';

/** The option, if it takes a value. */
function takenBy({ options }: Command, name: string): Value | undefined {
  const found = options.get(name);
  return found?.type === 'boolean' ? undefined : found;
}

async function offersAt(place: Place, last: string, withValue: string | undefined): Promise<Offers> {
  const { command, given, used, option } = place;
  if (withValue !== undefined) return offersOf(takenBy(command, withValue), given);
  if (option !== undefined) return offersOf(option, given);
  if (!last.startsWith('-')) {
    const names = command.commands.map((one) => [nameOf(one), one.describe || ''] as const);
    if (names.length > 0) return given.length === 0 ? { words: new Map(names) } : NONE;
    const positional = command.positionals[given.length];
    if (positional !== undefined || last !== '') return offersOf(positional, given);
  }
  const left = [...command.options].filter(([name, { array }]) => array || !used.has(name));
  return { words: new Map(left.map(([name, { describe = '' }]) => [`--${name}`, describe])) };
}

async function offersOf(value: Value | undefined, given: readonly string[]): Promise<Offers> {
  const { choices = [], takes } = value ?? {};
  if (takes === 'definition') return { words: wordsOf(builtInNames()), paths: 'file' };
  if (takes === 'function') return { words: wordsOf(await functionsOf(given[0] ?? '')) };
  return { words: wordsOf(choices), ...(takes && { paths: takes }) };
}

const wordsOf = (words: readonly string[]) => new Map(words.map((word) => [word, '']));

async function functionsOf(definition: string): Promise<readonly string[]> {
  try {
    return Object.keys((await loadDefinition(definition)).functions);
  } catch {
    return []; // A mistake is reported when the command runs.
  }
}

/** Runs the builder of a command with a fake parser that records the options. */
function read({ builder }: CommandModule, inherited: ReadonlyMap<string, Value>): Command {
  const options = new Map(inherited);
  const positionals: Value[] = [];
  const commands: CommandModule[] = [];
  const notes: Record<string, (...given: never[]) => unknown> = {
    option: (name: string, facts: Value) => options.set(name, facts),
    positional: (_name: string, facts: Value) => positionals.push(facts),
    command: (one: CommandModule) => commands.push(one),
  };
  const parser: never = new Proxy({} as never, {
    get: (_, method) => (first: never, second: never) => {
      notes[String(method)]?.(first, second);
      return parser;
    },
  });
  if (typeof builder === 'function') builder(parser);
  return { commands, options, positionals };
}
