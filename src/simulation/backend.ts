/** The simulated backend: functions carried out in TypeScript on a state file, on any platform. */
import { DlletError } from '../definition/errors.js';
import type { Backend } from '../definition/execution.js';
import type { ExpandedFunction } from '../definition/types.js';
import type { TokenSource } from '../extensions/port-reservation/simulation/port-reservation.js';
import { randomToken } from '../extensions/port-reservation/simulation/random-token.js';
import { type Moments, SIMULATION_MODELS, type SimulatedOperation, type SimulatedWorld } from './models.js';
import { openStateFile, stillOf } from './state-file.js';

export interface SimulatedBackendOptions {
  /** Path of the state file; it and its directory are created by the first change. */
  readonly stateFile: string;
  /** True to answer as to a caller without administrator rights: access denied (5) for what changes the system. */
  readonly unelevated?: boolean;
  /** Where tokens come from; the default is the system's cryptographic random source. */
  readonly drawToken?: TokenSource;
}

/**
 * A backend that carries out the functions which have a `simulation` in their definition.
 *
 * `call` gives a lookup's outcome at once, unless changes asked for before it are still under way. It throws or rejects
 * with DlletError: `FunctionNotFound` for a function without a known behaviour, `SimulationStateInvalid` for a damaged
 * state file, `SimulationStateUnavailable` for one that cannot be read, written or locked.
 */
export function createSimulatedBackend(options: SimulatedBackendOptions): Backend {
  const moments: Moments = new WeakMap();
  const stateFile = openStateFile(options.stateFile);
  const rights = options.unelevated === true ? 'unelevated' : 'elevated';
  return backendOf({ stateFile, rights, drawToken: options.drawToken ?? randomToken, moments });
}

function backendOf(world: SimulatedWorld): Backend {
  return {
    name: 'simulated',
    call: (fn, args) => operationOf(fn)(args, world),
    at: (outcome) => {
      const state = world.moments.get(outcome);
      return state && backendOf({ ...world, stateFile: stillOf(world.stateFile.path, state) });
    },
    describeWin32: () => undefined,
  };
}

function operationOf(fn: ExpandedFunction): SimulatedOperation {
  const simulation = fn.simulation;
  if (simulation === undefined) throw notSimulated(fn, 'its definition names none');
  const { model, pool, operation } = simulation;
  const pools = entryOf(SIMULATION_MODELS, model);
  if (pools === undefined) {
    throw notSimulated(fn, `there is no model '${model}', only ${namesOf(SIMULATION_MODELS)}`);
  }
  const operations = entryOf(pools, pool);
  if (operations === undefined) {
    throw notSimulated(fn, `the model '${model}' has no pool '${pool}', only ${namesOf(pools)}`);
  }
  const found = entryOf(operations, operation);
  if (found === undefined) {
    throw notSimulated(fn, `the model '${model}' has no operation '${operation}', only ${namesOf(operations)}`);
  }
  return found;
}

function notSimulated(fn: ExpandedFunction, reason: string): DlletError {
  const known = Object.entries(SIMULATION_MODELS).map(([name, pools]) => {
    const operations = Object.values(pools)[0] ?? {};
    return `${name} (operations ${namesOf(operations)}; pools ${namesOf(pools)})`;
  });
  return new DlletError({
    id: 'FunctionNotFound',
    category: 'ObjectNotFound',
    message: `The simulated backend has no behaviour for the function ${fn.name}: ${reason}.`,
    recommendedAction: `Use the native backend, or give the function a 'simulation' in its definition. Known models: ${known.join(', ')}.`,
    data: { function: fn.name },
  });
}

/** Own properties only: a definition may hold any name, 'constructor' too. */
function entryOf<Value>(entries: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function namesOf(entries: Readonly<Record<string, unknown>>): string {
  return Object.keys(entries)
    .map((name) => `'${name}'`)
    .join(', ');
}
