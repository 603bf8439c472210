/** The extensions' commands of `dllet`. Apart from the registry, because commands load definitions, whose checks read the registry. */
import type { CommandModule } from 'yargs';
import { commands as portReservation } from './port-reservation/commands/index.js';

export const EXTENSION_COMMANDS: readonly CommandModule[] = [...portReservation];
