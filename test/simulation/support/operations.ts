import type { ExpandedFunction, SimulationDefinition } from '../../../src/definition/types.js';
import type {
  PortPool,
  ReservationOperation,
} from '../../../src/extensions/port-reservation/simulation/port-reservation.js';

/** A function as an expanded definition has it, with the behaviour of one operation of the port reservations. */
export function simulatedOperation(operation: ReservationOperation, pool: PortPool): ExpandedFunction {
  return functionWith({ model: 'portReservation', operation, pool }, `${operation}${pool}`);
}

export function functionWith(simulation: SimulationDefinition | undefined, name = 'Some'): ExpandedFunction {
  return {
    name,
    terms: {},
    description: 'A function.',
    callingConvention: 'stdcall',
    parameters: [
      { name: 'StartPort', type: 'USHORT', direction: 'in', byteOrder: 'network' },
      { name: 'NumberOfPorts', type: 'USHORT', direction: 'in' },
    ],
    returns: { type: 'ULONG', failure: 'win32' },
    changesState: simulation?.operation !== 'lookup',
    ...(simulation === undefined ? {} : { simulation }),
  };
}
