/**
 * The extensions' commands of `dllet`. They are not in the registry: commands load definitions, and the checks of
 * definitions import the registry.
 */
import type { CommandModule } from 'yargs';
import { commands as portReservation, examples as portReservationExamples } from './port-reservation/commands/index.js';

export const EXTENSION_COMMANDS: readonly CommandModule[] = [...portReservation];

/** Examples of the extensions' commands for the help of dllet itself. */
export const EXTENSION_EXAMPLES: readonly [command: string, description: string][] = [...portReservationExamples];
