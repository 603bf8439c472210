/** What an extension adds to the verification of a module. */
import type { ParseArgsConfig } from 'node:util';
import type { Definition } from '../definition/types.js';
import type { NativeBackend } from '../native/backend.js';
import type { Machine } from './machine.js';
import type { ExtensionReport } from './types.js';

export interface VerificationPart {
  /** The name of the extension. */
  readonly name: string;
  /** Lines of the usage text, one or more for each option. */
  readonly usage: readonly string[];
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Throws UsageError for values of the options that cannot be meant. */
  checkOptions(values: OptionValues): void;
  /** Programs that the verification starts: `verify.cjs <name> ...`, in processes of their own. They return the exit status. */
  readonly helpers: Readonly<Record<string, (call: HelperCall) => Promise<number>>>;
  /** Begins a run. Nothing of the machine is changed yet. */
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
  /** Absolute path of the library. */
  readonly library: string;
  readonly machine: Machine;
  readonly options: OptionValues;
  /** The arguments with which node starts a helper. */
  helper(name: string, ...args: readonly string[]): readonly string[];
  /** Called before each step. What it throws ends the verification, which then cleans up and reports. */
  onStep(title: string): void;
}

export interface VerificationRun {
  /** Facts of the machine beside those that every report has. */
  readonly facts?: readonly { readonly name: string; readonly value: string }[];
  /** Everything that is checked before the cmdlets are tried. */
  check(): Promise<void>;
  /** Runs `work` with the steps that a PowerShell is to take, and undoes what they may have left. */
  withSteps(work: (steps: readonly string[]) => Promise<void>): Promise<void>;
  /** Undoes whatever is left of the run. Resolves with what went wrong in that; never rejects. */
  end(): Promise<string | undefined>;
  /** What was found; `failure` is what ended the verification early. Asked after the end. */
  report(failure: string | undefined): ExtensionReport;
}
