/** The simulated backend of the port reservation functions. */
import type { Backend } from '../../../definition/execution.js';
import { type SimulatedBackendOptions, simulatedBackend } from '../../../simulation/backend.js';
import { portReservationModels } from './models.js';
import type { TokenSource } from './port-reservation.js';
import { randomToken } from './random-token.js';
import { STATE_FORMAT } from './state-format.js';

export interface SimulatedPortsOptions extends SimulatedBackendOptions {
  /** The source of tokens; default: the system's cryptographic random source. */
  readonly drawToken?: TokenSource;
}

export function createSimulatedBackend(options: SimulatedPortsOptions): Backend {
  const models = portReservationModels(options.drawToken ?? randomToken);
  return simulatedBackend({ format: STATE_FORMAT, models }, options);
}
