/** The extensions' commands of `dllet`. Apart from the registry, because commands load definitions, whose checks read the registry. */
import type { CommandModule } from 'yargs';
import { commands as portReservation, examples as portReservationExamples } from './port-reservation/commands/index.js';

export const EXTENSION_COMMANDS: readonly CommandModule[] = [...portReservation];

/** Their examples in the help of dllet itself. */
export const EXTENSION_EXAMPLES: readonly [command: string, description: string][] = [...portReservationExamples];
