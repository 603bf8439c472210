/** The behaviour of the port reservation functions, in the form that the simulated backend needs. */
import { DlletError } from '../../../definition/errors.js';
import type { CallOutcome, NativeArguments } from '../../../definition/execution.js';
import type { SimulatedOperation, SimulatedWorld, SimulationModel } from '../../../simulation/simulation.js';
import { obstaclesOf } from './exclusion-table.js';
import {
  applyOperation,
  PORT_POOLS,
  type PortBlock,
  type PortPool,
  type ReservationOperation,
  type ReservationOutcome,
  type TokenSource,
} from './port-reservation.js';
import type { SimulationState } from './state-format.js';

type World = SimulatedWorld<SimulationState>;
type Operations = Readonly<Record<string, SimulatedOperation<SimulationState>>>;

/** Returns the model by its name in definitions. `drawToken` is the source of tokens. */
export function portReservationModels(
  drawToken: TokenSource,
): Readonly<Record<string, SimulationModel<SimulationState>>> {
  return { portReservation: Object.fromEntries(PORT_POOLS.map((pool) => [pool, operationsOf(pool, drawToken)])) };
}

function operationsOf(pool: PortPool, drawToken: TokenSource): Operations {
  return {
    create: (args, world) => changeReservations('create', blockOf(pool, args), world, drawToken),
    delete: (args, world) => changeReservations('delete', blockOf(pool, args), world, drawToken),
    lookup: (args, world) => lookUpReservation(blockOf(pool, args), world, drawToken),
  };
}

function changeReservations(
  operation: Exclude<ReservationOperation, 'lookup'>,
  block: PortBlock,
  world: World,
  drawToken: TokenSource,
): Promise<CallOutcome> {
  return world.stateFile.update((state) => {
    const { rights } = world;
    const surroundings = { rights, drawToken, obstacles: obstaclesOf(state) };
    const outcome = applyOperation(state.reservations, operation, block, surroundings);
    const unchanged = outcome.reservations === state.reservations;
    const after = unchanged ? state : { ...state, reservations: outcome.reservations };
    const result = callOutcomeOf(outcome);
    world.moments.set(result, after);
    return { state: after, result };
  });
}

function lookUpReservation(block: PortBlock, world: World, drawToken: TokenSource): CallOutcome | Promise<CallOutcome> {
  const surroundings = { rights: world.rights, drawToken };
  return world.stateFile.read((state) =>
    callOutcomeOf(applyOperation(state.reservations, 'lookup', block, surroundings)),
  );
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
    recommendedAction: `In the definition, give the function a 16-bit unsigned 'in' parameter named ${name}.`,
    data: { parameter: name },
  });
}
