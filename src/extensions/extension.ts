/** An extension: code that a definition requests by name, for what data cannot express. */
import type { OperationSource } from '../bridge/operations.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { OutputKind } from '../outputs/output-kind.js';
import type { SimulatedBackendOptions } from '../simulation/backend.js';

/** The part of an extension that runs in a module's program. */
export interface ProgramExtension {
  /** The name that definitions use; also that of its directory. */
  readonly name: string;
  /** Its providers of operations, by the names that definitions give them. */
  readonly providers: Readonly<Record<string, ProviderEntry>>;
  /** The simulated backend, for the functions whose behaviour it knows. Loads when that backend is chosen. */
  simulate?(options: SimulatedBackendOptions): Promise<Backend>;
}

/** A provider of operations. */
export interface ProviderEntry {
  /** The names of its operations. */
  readonly operations: readonly string[];
  open(host: ProgramHost): OperationSource;
}

/** The context of the providers of operations. */
export interface ProgramHost {
  readonly definition: Definition;
  readonly backend: Backend;
  /** Returns the absolute path of the simulation's state file; called only for the simulated backend. */
  stateFile(): Promise<string>;
}

/**
 * The part of an extension that the generator and the checks of definitions use. Its commands are in
 * `in-command-line.ts`.
 */
export interface Extension {
  readonly program: ProgramExtension;
  /** The assembly with the classes that write its outputs, without the release; its project is in the directory `client`. */
  readonly assembly?: string;
  /** Output kinds for its definitions. */
  readonly outputs: readonly OutputKind[];
  /**
   * The verb of what a simulated session does not do to the computer, such as `reserved` in "nothing is reserved on
   * this computer".
   */
  readonly simulatedDeed?: string;
  /** Its texts and parameters in the script `<Module>.Verification.ps1`. */
  readonly verificationScript?: VerificationScript;
}

export interface VerificationScript {
  /** Its purpose: paragraphs of the help, in lines. */
  readonly description: readonly string[];
  readonly parameters: readonly VerificationParameter[];
}

/** A parameter of the script that becomes an option of `verify.cjs`. */
export interface VerificationParameter {
  readonly name: string;
  /** A switch, or a whole number of at least 0. The number 0 means "not given". */
  readonly type: 'switch' | 'int';
  /** The maximum of a number. */
  readonly maximum?: number;
  /** Lines of help. */
  readonly help: readonly string[];
  /** The option: `--region`. */
  readonly option: string;
}
