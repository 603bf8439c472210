/** The output for wrong usage: the mistake, and how to use the command. */
import type { Argv, CommandModule } from 'yargs';
import { optionsAfter } from './complete.js';
import { didYouMean, unknownOption } from './unknown-option.js';

/** The texts that replace those of the parser. */
export const STRINGS: Record<string, { readonly one: string; readonly other: string }> = {
  'Not enough non-option arguments: got %s, need at least %s': {
    one: 'Too few arguments: %s given, at least %s needed',
    other: 'Too few arguments: %s given, at least %s needed',
  },
  'Missing required argument: %s': {
    one: 'A required option is missing: --%s',
    other: 'Required options are missing: --%s',
  },
};

/** The result of parsing, for the message. */
export interface Parsed {
  readonly args: readonly string[];
  /** The parser of the command that the arguments name. */
  readonly parser: Argv;
  /** All commands. */
  readonly commands: readonly CommandModule[];
}

/** Without arguments after the command, returns its complete help; otherwise its usage line and how to get help. */
export function usageMessage(message: string, parsed: Parsed): string {
  const { args, parser } = parsed;
  const help = helpOf(parser);
  const [usage = ''] = help.split('\n');
  const command = usage.split(' ').filter((word) => /^[a-z]/.test(word));
  const path = command.join(' ');
  const words = args.filter((word) => !word.startsWith('-'));
  const unknown = words[command.length - 1];
  const isGroup = /^Commands:$/m.test(help);
  if (isGroup && unknown !== undefined) {
    const [meant] = /Did you mean .*/.exec(message) ?? [];
    const said = `Unknown command: ${path} ${unknown}.${meant === undefined ? '' : ` ${meant}`}`;
    return `${said}\n${path} --help lists the commands.`;
  }
  if (args.length < command.length) return `${isGroup ? 'A command is missing' : message}.\n\n${help}`;
  return `${inOwnWords(message, parsed)}\nusage: ${usage}\n${path} --help describes the arguments and shows examples.`;
}

/** The parser lists names without hyphens, and quotes values in its own way. */
function inOwnWords(message: string, { args, commands }: Parsed): string {
  const isOption = (name: string) => args.some((one) => one.replace(/=.*/s, '') === `--${name}`);
  const [, unknown] = /^Unknown arguments?: (.*)$/s.exec(message) ?? [];
  if (unknown !== undefined) {
    const options = unknown.split(', ').filter(isOption);
    return options.length === 0
      ? `Unexpected argument: ${unknown}`
      : options.map((name) => unknownOption(name, optionsAfter(args, commands))).join('\n');
  }
  const values = [...message.matchAll(/Argument: (\S+), Given: (.*), Choices: (.*)/g)];
  if (values.length === 0) return message;
  return values
    .map(([, name = '', given, choices = '']) => {
      const words = wordsIn(choices);
      const wrong = wordsIn(given).find((word) => !words.includes(word)) ?? '';
      return `Unknown ${isOption(name) ? `value of --${name}` : name}: ${wrong}.${didYouMean(wrong, words)} Give ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}.`;
    })
    .join('\n');
}

/** Splits the parser's list of quoted words. */
const wordsIn = (list = ''): string[] => [...list.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);

function helpOf(parser: Argv): string {
  let help = '';
  parser.showHelp((text) => {
    help = text;
  });
  return help;
}
