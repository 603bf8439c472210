/** The interface of an extension's part of the verification of a module. */
import type { ParseArgsConfig } from 'node:util';
import type { Definition } from '../definition/types.js';
import type { NativeBackend } from '../native/backend.js';
import type { Machine } from './machine.js';
import type { ExtensionReport } from './types.js';

export interface VerificationPart {
  /** The name of the extension. */
  readonly name: string;
  /** The lines of the usage text, at least one for each option. */
  readonly usage: readonly string[];
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Throws UsageError for invalid values of the options. */
  checkOptions(values: OptionValues): void;
  /**
   * Helper programs that the verification starts as processes: `verify.cjs <name> ...`. They return the exit status.
   */
  readonly helpers: Readonly<Record<string, (call: HelperCall) => Promise<number>>>;
  /** Begins a run. Must not change anything on the machine yet. */
  open(context: VerificationContext): Promise<VerificationRun>;
}

export type OptionValues = Readonly<Record<string, unknown>>;

export interface HelperCall {
  readonly definition: Definition;
  readonly library: string | undefined;
  readonly args: readonly string[];
}

export interface VerificationContext {
  readonly definition: Definition;
  readonly libraryPath: string | undefined;
  readonly backend: NativeBackend;
  /** The absolute path of the library. */
  readonly library: string;
  readonly machine: Machine;
  readonly options: OptionValues;
  /** The arguments that make node start a helper. */
  helper(name: string, ...args: readonly string[]): readonly string[];
  /** Called before each step. If it throws, the verification ends, cleans up and reports. */
  onStep(title: string): void;
}

export interface VerificationRun {
  /** More facts of the machine, besides those of every report. */
  readonly facts?: readonly { readonly name: string; readonly value: string }[];
  /** Checks everything that comes before the cmdlets. */
  check(): Promise<void>;
  /** Runs `work` with the steps for a PowerShell, then undoes what they may have left. */
  withSteps(work: (steps: readonly string[]) => Promise<void>): Promise<void>;
  /** Undoes everything that the run left. Resolves with the errors that occurred; never rejects. */
  end(): Promise<string | undefined>;
  /** Returns the results, after the end. `failure` is the reason why the verification ended early. */
  report(failure: string | undefined): ExtensionReport;
}
