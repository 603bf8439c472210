/**
 * The facts of a module, as in `facts.json`: what the client needs to know about its cmdlets. These types match
 * `facts.schema.json`, which describes every field. False and empty values are omitted.
 */
import type { ErrorText, FixedArguments } from '../definition/types.js';
import type { WireType } from '../kinds/index.js';
import type { OutputFacts } from '../outputs/output-kind.js';

export interface TypedName {
  readonly name: string;
  readonly type: WireType;
  /** True for an input that can be null. */
  readonly optional?: true;
}

/**
 * A limit for the sum of some inputs and a number. A call whose sum exceeds the maximum is an error, and is not sent.
 */
export interface ComputedFacts extends TypedName {
  readonly sum: readonly string[];
  readonly add: number;
  readonly maximum: number;
  readonly violation: ErrorText;
}

/** The texts of ShouldProcess. With `force`, the cmdlet prompts by itself and -Force answers yes. */
export interface ShouldFacts {
  readonly action: string;
  readonly target: string;
  readonly query: string;
  readonly force: boolean;
}

/** The operation behind tab completion: the fields of its rows complete the parameters of the same names. */
export interface CompletionFacts {
  readonly method: string;
  readonly arguments: FixedArguments;
  readonly parameters: readonly string[];
}

/** An operation called with these parameters before the cmdlet acts; the Message of each row becomes a warning. */
export interface WarningFacts {
  readonly method: string;
  readonly inputs: readonly string[];
  readonly arguments: FixedArguments;
  readonly onError?: string | undefined;
}

/** The assembly of an extension in the module's `bin`, and its class that writes an output. */
export interface WriterFacts {
  readonly assembly: string;
  readonly type: string;
}

/** The output of a cmdlet, and the class with its properties. */
export interface WrittenFacts {
  readonly output: OutputFacts;
  readonly class: string | undefined;
}

interface AskedFacts {
  readonly should?: ShouldFacts | undefined;
  readonly completion?: CompletionFacts | undefined;
}

/** An input of a function, and the cmdlet parameter for it. */
export interface InputFacts extends TypedName {
  /** The name of the cmdlet's parameter, if different. */
  readonly parameter?: string;
  /** The JSON value if a caller gives none. */
  readonly default?: string | number | boolean;
}

export interface FunctionFacts extends AskedFacts, WrittenFacts {
  readonly kind: 'function';
  readonly method: string;
  readonly changes?: boolean;
  readonly batched?: boolean;
  readonly absent?: boolean;
  readonly inputObject?: boolean;
  readonly reason?: boolean;
  readonly inputs?: readonly InputFacts[];
  readonly outputs?: readonly TypedName[];
  readonly computed?: readonly ComputedFacts[];
  readonly existing?: { readonly switch: string; readonly errorId: string } | undefined;
  readonly warnings?: WarningFacts | undefined;
}

export interface OperationFacts extends AskedFacts, WrittenFacts {
  readonly kind: 'operation';
  readonly method: string;
  /** True if the session contributes rows, even if the program does not respond. */
  readonly session?: boolean;
  readonly changes?: boolean | undefined;
  readonly reason?: boolean;
  readonly computed?: readonly ComputedFacts[];
  readonly inputs?: readonly TypedName[];
  /** Parameters with a fixed value. */
  readonly arguments?: FixedArguments;
  /** The parameter whose values are collected from the whole pipeline for one request. */
  readonly gathered?: string | undefined;
  /** The properties of pipeline objects that give the gathered parameter a range: its first and its last number. */
  readonly ranges?: { readonly from: string; readonly to: string } | undefined;
}

/** The cmdlet that compares the module's files with its catalog. */
export interface IntegrityFacts extends WrittenFacts {
  readonly kind: 'integrity';
}

export type CmdletFacts = FunctionFacts | OperationFacts | IntegrityFacts;

export interface ModuleFacts {
  readonly generated: string;
  readonly name: string;
  readonly version: string;
  /** The minimum Node.js version of the program, such as `20.19`. */
  readonly minimumNode: string;
  /** The longest line that the program writes, in bytes. */
  readonly longestLine: number;
  readonly simulationNotice: string;
  /** The text of the classes that cmdlets name, for tab completion. */
  readonly classes: string;
  readonly cmdlets: Readonly<Record<string, CmdletFacts>>;
}
