/** What an extension is: code that a definition asks for by name, because no data could say it. */
import type { CommandModule } from 'yargs';
import type { OperationSource } from '../bridge/operations.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { OutputKind } from '../outputs/output-kind.js';
import type { SimulatedBackendOptions } from '../simulation/backend.js';

/** The part of an extension that is in the program of a module: what its definition calls. */
export interface ProgramExtension {
  /** The name by which a definition asks for it; also that of its folder. */
  readonly name: string;
  /** What makes each provider of operations, by the name that definitions give it. */
  readonly providers: Readonly<Record<string, (host: ProgramHost) => OperationSource>>;
  /** The simulated backend, for the functions whose behaviour it knows. Loads when that backend is chosen. */
  simulate?(options: SimulatedBackendOptions): Promise<Backend>;
}

/** What the providers of operations work for. */
export interface ProgramHost {
  readonly definition: Definition;
  readonly backend: Backend;
  /** Absolute path of the simulation's state file; asked for on the simulated backend only. */
  stateFile(): Promise<string>;
}

/** All of an extension: what the generator and the command line need of it as well. */
export interface Extension {
  readonly program: ProgramExtension;
  /** Kinds of output that its definitions can use. */
  readonly outputs: readonly OutputKind[];
  /** What a simulated session does not do to the computer: `reserved`, in "nothing is reserved on this computer". */
  readonly simulatedDeed?: string;
  /** What the script `<Module>.Verification.ps1` says and asks for because of it. */
  readonly verificationScript?: VerificationScript;
  /** Commands of `dllet`. */
  commands?(): Promise<readonly CommandModule[]>;
}

export interface VerificationScript {
  /** What it does: paragraphs of its help, in lines. */
  readonly description: readonly string[];
  readonly parameters: readonly VerificationParameter[];
}

/** A parameter of the script that becomes an option of `verify.cjs`. */
export interface VerificationParameter {
  readonly name: string;
  /** Given or not, or a whole number of at least 0, which stands for "not given". */
  readonly type: 'switch' | 'int';
  /** The greatest value of a number. */
  readonly maximum?: number;
  /** Lines of help. */
  readonly help: readonly string[];
  /** The option: `--region`. */
  readonly option: string;
}
