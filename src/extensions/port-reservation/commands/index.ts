/** The extension's commands of `dllet`. */
import type { CommandModule } from 'yargs';
import { portsCommand } from './ports.js';
import { simulationCommand } from './simulation.js';

export const commands: readonly CommandModule[] = [portsCommand, simulationCommand as CommandModule];

/** Examples for the help of dllet itself, each with a description. */
export const examples: readonly [command: string, description: string][] = [
  ['dllet ports test 50000', 'Show why port 50000 cannot be bound'],
];
