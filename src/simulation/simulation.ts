/** What a simulated computer is made of: the state that it keeps, and how functions behave on it. An extension has one. */
import type { CallOutcome, NativeArguments } from '../definition/execution.js';
import type { StateFile } from './state-file.js';
import type { StateFormat } from './state-format.js';

export interface Simulation<State> {
  readonly format: StateFormat<State>;
  /** Every model by its name, as a definition's `simulation` says it. */
  readonly models: Readonly<Record<string, SimulationModel<State>>>;
}

/** Operations by pool, then by name. */
export type SimulationModel<State> = Readonly<Record<string, Readonly<Record<string, SimulatedOperation<State>>>>>;

/**
 * Carries out one call with host-order arguments. Throws (or rejects with) DlletError when the state cannot be used;
 * whatever the real function would answer, a failure too, is the outcome.
 */
export type SimulatedOperation<State> = (
  args: NativeArguments,
  world: SimulatedWorld<State>,
) => CallOutcome | Promise<CallOutcome>;

/** What a simulated call has to do with: the state, and who calls. */
export interface SimulatedWorld<State> {
  readonly stateFile: StateFile<State>;
  readonly rights: CallerRights;
  readonly moments: Moments<State>;
}

/** Whether the caller counts as an administrator in an elevated process. */
export type CallerRights = 'elevated' | 'unelevated';

/** The state in which an outcome left the simulated computer. */
export type Moments<State> = WeakMap<CallOutcome, State>;
