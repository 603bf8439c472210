/** What is printed for wrong usage: what is wrong, and how the command is used. */
import type { Argv } from 'yargs';

/** The words of the parser that have to say more than its own. */
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

/**
 * With nothing behind the command, its whole help; else the command's usage and where to find its help. `parser` is the
 * parser of the command that the arguments name.
 */
export function usageMessage(message: string, args: readonly string[], parser: Argv): string {
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
  if (args.length < command.length) return `${message}.\n\n${help}`;
  return `${message}\nusage: ${usage}\n${path} --help describes the arguments and shows examples.`;
}

function helpOf(parser: Argv): string {
  let help = '';
  parser.showHelp((text) => {
    help = text;
  });
  return help;
}
