/**
 * The extensions in this program. The command line has all of them; when the build makes the program of a module, it puts another
 * list here: the one extension that the module's definition names, or none.
 */
import type { ProgramExtension } from './extension.js';
import { program as portReservation } from './port-reservation/program.js';

export const PROGRAM_EXTENSIONS: readonly ProgramExtension[] = [portReservation];
