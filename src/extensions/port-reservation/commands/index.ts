/** The extension's commands of `dllet`. */
import type { CommandModule } from 'yargs';
import { portsCommand } from './ports.js';
import { simulationCommand } from './simulation.js';

export const commands: readonly CommandModule[] = [portsCommand, simulationCommand as CommandModule];
