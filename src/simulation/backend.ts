/** The simulated backend: runs functions in TypeScript on a state file, on any platform. */
import { DlletError } from '../definition/errors.js';
import type { Backend } from '../definition/execution.js';
import { own } from '../definition/own.js';
import type { ExpandedFunction } from '../definition/types.js';
import type { Moments, SimulatedOperation, SimulatedWorld, Simulation } from './simulation.js';
import { openStateFile, stillOf } from './state-file.js';

export interface SimulatedBackendOptions {
  /** The path of the state file; the first change creates it and its directory. */
  readonly stateFile: string;
  /**
   * True to answer like a caller without administrator rights: access denied (5) for functions that change the system.
   */
  readonly unelevated?: boolean;
}

/**
 * Creates a backend for the functions with a `simulation` in their definition.
 *
 * `call` returns a lookup's outcome synchronously, unless earlier changes are still pending. It throws or rejects with
 * DlletError: `FunctionNotFound` for a function without a known behavior, `SimulationStateInvalid` for a damaged state
 * file, `SimulationStateUnavailable` for one that cannot be read, written or locked.
 */
export function simulatedBackend<State extends object>(
  simulation: Simulation<State>,
  options: SimulatedBackendOptions,
): Backend {
  const moments: Moments<State> = new WeakMap();
  const stateFile = openStateFile(options.stateFile, simulation.format);
  const rights = options.unelevated === true ? 'unelevated' : 'elevated';
  return backendOf(simulation, { stateFile, rights, moments });
}

/** For a definition without an extension that simulates functions: a backend that reports this for every function. */
export function emptyBackend(options: SimulatedBackendOptions): Backend {
  return simulatedBackend(NOTHING, options);
}

const NOTHING: Simulation<object> = {
  format: { empty: {}, serialize: () => '', parse: () => ({ kind: 'valid', state: {} }) },
  models: {},
};

function backendOf<State>(simulation: Simulation<State>, world: SimulatedWorld<State>): Backend {
  return {
    name: 'simulated',
    rights: world.rights,
    call: (fn, args) => operationOf(simulation, fn)(args, world),
    at: (outcome) => {
      const state = world.moments.get(outcome);
      return state && backendOf(simulation, { ...world, stateFile: stillOf(world.stateFile.path, state) });
    },
    describeWin32: () => undefined,
  };
}

function operationOf<State>({ models }: Simulation<State>, fn: ExpandedFunction): SimulatedOperation<State> {
  if (fn.simulation === undefined) throw notSimulated(models, fn, 'its definition names none');
  const { model, pool, operation } = fn.simulation;
  const pools = own(models, model);
  if (pools === undefined) {
    throw notSimulated(models, fn, `there is no model '${model}', only ${namesOf(models)}`);
  }
  const operations = own(pools, pool);
  if (operations === undefined) {
    throw notSimulated(models, fn, `the model '${model}' has no pool '${pool}', only ${namesOf(pools)}`);
  }
  const found = own(operations, operation);
  if (found === undefined) {
    throw notSimulated(models, fn, `the model '${model}' has no operation '${operation}', only ${namesOf(operations)}`);
  }
  return found;
}

function notSimulated(models: Simulation<never>['models'], fn: ExpandedFunction, reason: string): DlletError {
  const known = Object.entries(models).map(([name, pools]) => {
    const operations = Object.values(pools)[0] ?? {};
    return `${name} (operations ${namesOf(operations)}; pools ${namesOf(pools)})`;
  });
  return new DlletError({
    id: 'FunctionNotFound',
    category: 'ObjectNotFound',
    message: `The simulated backend cannot simulate the function ${fn.name}: ${reason}.`,
    recommendedAction:
      known.length === 0
        ? `Use the native backend, or add replies for ${fn.name} to simulation in the definition.`
        : `Use the native backend, or give the function a 'simulation' in its definition. Known models: ${known.join(', ')}.`,
    data: { function: fn.name },
  });
}

function namesOf(entries: Readonly<Record<string, unknown>>): string {
  return Object.keys(entries)
    .map((name) => `'${name}'`)
    .join(', ');
}
