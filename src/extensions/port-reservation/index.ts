/** The public interface of the port reservation extension for the generator and the command line. */
import type { Extension } from '../extension.js';
import { program } from './program.js';
import { socketOutput } from './socket-output.js';
import { verificationScript } from './verification/script.js';

export const portReservation: Extension = {
  program,
  assembly: 'Dllet.PortReservation',
  outputs: [socketOutput],
  simulatedDeed: 'reserved',
  verificationScript,
};
