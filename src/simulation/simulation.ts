/** A simulated computer: the state that it keeps, and how functions behave on it. An extension provides one. */
import type { CallOutcome, NativeArguments } from '../definition/execution.js';
import type { StateFile } from './state-file.js';
import type { StateFormat } from './state-format.js';

export interface Simulation<State> {
  readonly format: StateFormat<State>;
  /** Every model by its name in a definition's `simulation`. */
  readonly models: Readonly<Record<string, SimulationModel<State>>>;
}

/** Operations by pool, then by name. */
export type SimulationModel<State> = Readonly<Record<string, Readonly<Record<string, SimulatedOperation<State>>>>>;

/**
 * Runs one call with host-order arguments. Throws (or rejects with) DlletError if the state cannot be used; any answer
 * of the real function, including a failure, is an outcome.
 */
export type SimulatedOperation<State> = (
  args: NativeArguments,
  world: SimulatedWorld<State>,
) => CallOutcome | Promise<CallOutcome>;

/** The context of a simulated call: the state, and the caller. */
export interface SimulatedWorld<State> {
  readonly stateFile: StateFile<State>;
  readonly rights: CallerRights;
  readonly moments: Moments<State>;
}

/** True if the caller counts as an administrator in an elevated process. */
export type CallerRights = 'elevated' | 'unelevated';

/** The state of the simulated computer after an outcome. */
export type Moments<State> = WeakMap<CallOutcome, State>;
