/** Describes commands that parse their own options, for `dllet --help`. */
import type { CommandModule } from 'yargs';
import type { FastCommand } from './options.js';
import { UsageError } from './usage.js';

/** Only used for help: the entry point runs such a command without yargs. */
export function shown({ command, describe, positionals, options, usage, examples }: FastCommand): CommandModule {
  return {
    command,
    describe,
    builder: (yargs) => {
      for (const [name, facts] of Object.entries(positionals)) yargs.positional(name, { type: 'string', ...facts });
      for (const [name, { type, choices, takes, multiple, describe: text }] of Object.entries(options))
        yargs.option(name, {
          type,
          takes,
          describe: text,
          ...(choices && { choices }),
          ...(multiple && { array: true }),
        });
      return yargs.example(examples.map(([command, does]) => [command, does]));
    },
    handler: () => {
      throw new UsageError(`usage: ${usage}`);
    },
  };
}
