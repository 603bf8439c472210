/**
 * The extensions in this program. The command line has all of them. For the program of a module, the build replaces
 * this list with the one extension that the module's definition names, or none.
 */
import type { ProgramExtension } from './extension.js';
import { program as portReservation } from './port-reservation/program.js';

export const PROGRAM_EXTENSIONS: readonly ProgramExtension[] = [portReservation];
