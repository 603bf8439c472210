/**
 * The facts of a module, as `facts.json` has them: what the client needs to know of its cmdlets. `facts.schema.json` describes the file
 * field by field; these are the same words as TypeScript. What is false or empty is left out.
 */
import type { ErrorText, FixedArguments } from '../definition/types.js';
import type { WireType } from '../kinds/index.js';
import type { OutputFacts } from '../outputs/output-kind.js';

export interface TypedName {
  readonly name: string;
  readonly type: WireType;
}

/** A sum of inputs and a number; a call whose sum passes the maximum is an error before anything is sent. */
export interface ComputedFacts extends TypedName {
  readonly sum: readonly string[];
  readonly add: number;
  readonly maximum: number;
  readonly violation: ErrorText;
}

/** What ShouldProcess says and asks; `force`: it asks by itself, and -Force says yes. */
export interface ShouldFacts {
  readonly action: string;
  readonly target: string;
  readonly query: string;
  readonly force: boolean;
}

/** An operation that Tab asks: fields of its rows are offered for the parameters of their names. */
export interface CompletionFacts {
  readonly method: string;
  readonly arguments: FixedArguments;
  readonly parameters: readonly string[];
}

/** An operation that is asked before the cmdlet acts, with these parameters of the cmdlet; each row's Message becomes a warning. */
export interface WarningFacts {
  readonly method: string;
  readonly inputs: readonly string[];
  readonly arguments: FixedArguments;
}

interface AskedFacts {
  readonly should?: ShouldFacts | undefined;
  readonly completion?: CompletionFacts | undefined;
}

export interface FunctionFacts extends AskedFacts {
  readonly kind: 'function';
  readonly method: string;
  readonly changes?: boolean;
  readonly batched?: boolean;
  readonly inputObject?: boolean;
  readonly reason?: boolean;
  readonly inputs?: readonly TypedName[];
  readonly outputs?: readonly TypedName[];
  readonly computed?: readonly ComputedFacts[];
  readonly output: OutputFacts;
  readonly existing?: { readonly switch: string; readonly errorId: string } | undefined;
  readonly warnings?: WarningFacts | undefined;
}

export interface OperationFacts extends AskedFacts {
  readonly kind: 'operation';
  readonly method: string;
  /** True where the session answers too, and alone where the program does not. */
  readonly session?: boolean;
  readonly inputs?: readonly TypedName[];
  /** What the cmdlet sets by itself. */
  readonly arguments?: FixedArguments;
  /** The parameter whose values are gathered from the whole pipeline for one request. */
  readonly gathered?: string | undefined;
  readonly output: OutputFacts;
}

/** The cmdlet that compares the module's files with its catalog. */
export interface IntegrityFacts {
  readonly kind: 'integrity';
  readonly output: { readonly kind: 'object'; readonly typeName: string };
}

export type CmdletFacts = FunctionFacts | OperationFacts | IntegrityFacts;

export interface ModuleFacts {
  readonly generated: string;
  readonly name: string;
  readonly version: string;
  /** The oldest Node.js that runs the program: `20.19`. */
  readonly minimumNode: string;
  readonly simulationNotice: string;
  readonly cmdlets: Readonly<Record<string, CmdletFacts>>;
}
