/** The behaviours that the simulated backend knows, by the names that a definition's `simulation` uses. */
import { DlletError } from '../definition/errors.js';
import type { CallOutcome, NativeArguments } from '../definition/execution.js';
import {
  applyOperation,
  type CallerRights,
  PORT_POOLS,
  type PortBlock,
  type PortPool,
  type ReservationOperation,
  type ReservationOutcome,
  type TokenSource,
} from '../extensions/port-reservation/simulation/port-reservation.js';
import type { SimulationState } from '../extensions/port-reservation/simulation/state-format.js';
import type { StateFile } from './state-file.js';

/** What a simulated call has to do with: the state, who calls, and where tokens come from. */
export interface SimulatedWorld {
  readonly stateFile: StateFile;
  readonly rights: CallerRights;
  readonly drawToken: TokenSource;
  readonly moments: Moments;
}

/** The state in which an outcome left the simulated computer. */
export type Moments = WeakMap<CallOutcome, SimulationState>;

/**
 * Carries out one call with host-order arguments. Throws (or rejects with) DlletError when the state cannot be used;
 * whatever the real function would answer, a failure too, is the outcome.
 */
export type SimulatedOperation = (args: NativeArguments, world: SimulatedWorld) => CallOutcome | Promise<CallOutcome>;

/** Operations by pool, then by name. */
export type SimulationModel = Readonly<Record<string, Readonly<Record<string, SimulatedOperation>>>>;

/** Every model by its name. Another definition's behaviour becomes available by an entry here. */
export const SIMULATION_MODELS: Readonly<Record<string, SimulationModel>> = {
  portReservation: Object.fromEntries(PORT_POOLS.map((pool) => [pool, portReservationOperations(pool)])),
};

function portReservationOperations(pool: PortPool): Readonly<Record<string, SimulatedOperation>> {
  return {
    create: (args, world) => changeReservations('create', blockOf(pool, args), world),
    delete: (args, world) => changeReservations('delete', blockOf(pool, args), world),
    lookup: (args, world) => lookUpReservation(blockOf(pool, args), world),
  };
}

function changeReservations(
  operation: Exclude<ReservationOperation, 'lookup'>,
  block: PortBlock,
  world: SimulatedWorld,
): Promise<CallOutcome> {
  return world.stateFile.update((state) => {
    const outcome = applyOperation(state.reservations, operation, block, world);
    const unchanged = outcome.reservations === state.reservations;
    const after = unchanged ? state : { ...state, reservations: outcome.reservations };
    const result = callOutcomeOf(outcome);
    world.moments.set(result, after);
    return { state: after, result };
  });
}

function lookUpReservation(block: PortBlock, world: SimulatedWorld): CallOutcome | Promise<CallOutcome> {
  return world.stateFile.read((state) => callOutcomeOf(applyOperation(state.reservations, 'lookup', block, world)));
}

function callOutcomeOf(outcome: ReservationOutcome): CallOutcome {
  const token = outcome.returnValue === 0 ? outcome.token : undefined;
  return { returnValue: outcome.returnValue, outputs: token === undefined ? {} : { Token: token } };
}

function blockOf(pool: PortPool, args: NativeArguments): PortBlock {
  return { pool, startPort: unsigned16(args, 'StartPort'), numberOfPorts: unsigned16(args, 'NumberOfPorts') };
}

function unsigned16(args: NativeArguments, name: string): number {
  const value = args[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff) return value;
  throw new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `The simulated port reservation needs a parameter ${name}, a whole number from 0 to 65535.`,
    recommendedAction: `Give the definition's function a 16-bit unsigned 'in' parameter with the name ${name}.`,
    data: { parameter: name },
  });
}
