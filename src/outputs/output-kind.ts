/**
 * An output kind: everything that dllet knows about one kind of output. Each kind is one file; other code must not test
 * which kind an output has.
 */

import type { CmdletDefinition, CmdletOutput, Definition, DefinitionSource, ErrorText } from '../definition/types.js';
import type { JsonSchema, WireType } from '../kinds/index.js';
import type { Value } from '../model/types.js';

/** A rule of PSScriptAnalyzer that a cmdlet breaks, with the justification. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
}

export interface OutputKind<O extends CmdletOutput = CmdletOutput> {
  readonly kind: O['kind'];
  /** What a cmdlet with this output can call. */
  readonly over: 'function' | 'operation' | 'both';
  /** Parameters of the cmdlet besides those of its function or operation. */
  readonly parameters?: readonly OutputParameter[];
  /** False if a restricted session (JEA) must not have such a cmdlet. Default: true. */
  readonly isForRoles?: boolean;
  /** False if pipeline records are not sent in batches. Default: true. */
  readonly isBatched?: boolean;
  /**
   * How it relates to the instance that the cmdlet's function creates, finds or deletes: it returns the instance,
   * whether the instance exists, or nothing. Absent: none of these.
   */
  readonly tells?: 'instance' | 'existence' | 'nothing';
  /** Ids of the errors that it returns as "does not exist". Absent: errors remain errors. */
  absentOn?(output: O): readonly string[];
  /** The name of the definition's object that it returns. Absent: it returns none. */
  object?(output: O): string;
  /** How the module's tests check such a cmdlet: by its output, by the file that it writes, or not at all. */
  readonly trial: 'answer' | 'file' | 'none';
  /** The PSScriptAnalyzer rules that such a cmdlet breaks deliberately. */
  readonly suppressions?: readonly Suppression[];
  /** The fields in a definition. Absent: any fields, which `check` examines. */
  readonly schema?: OutputSchema;
  /** Reports mistakes that the schema cannot find. Called after the schema. */
  check?(output: O, place: OutputPlace): void;
  /** The returned types, with their help text; empty if nothing is returned. `outputs`: those of the cmdlet's function. */
  returns(output: O, definition: Definition, outputs: readonly Value[]): readonly ReturnedType[];
  /** Errors that only this output can have. */
  errors?(output: O): readonly ErrorText[];
  /** The class in the extension's assembly that writes the output. Absent: the client has a writer for the kind. */
  readonly writer?: string;
  /** The properties of the output objects, which Tab completes. Absent: none, or those of a .NET type. */
  members?(output: O, context: OutputFactsContext): readonly Member[];
  /** The facts for the client: `output` in the facts of the cmdlet. */
  facts(output: O, context: OutputFactsContext): OutputFacts;
}

/** The fields of an output, besides `kind`. JSON schemas of draft 2020-12; they can refer to the `$defs` of `definition.schema.json`. */
export interface OutputSchema {
  /** Describes what a cmdlet with this output returns, for the reference: a phrase without a full stop. */
  readonly description: string;
  readonly required?: readonly string[];
  /** `true` for a field that the schema of all outputs describes. */
  readonly properties?: Readonly<Record<string, JsonSchema | true>>;
}

/** A parameter as data; positional or mandatory only if stated. */
export interface OutputParameter {
  readonly name: string;
  /** The PowerShell type without brackets. */
  readonly type: string;
  readonly description: string;
  readonly mandatory?: boolean;
  readonly position?: number;
  /** The default value in help. */
  readonly defaultValue?: string;
  /** Attributes with their brackets, as PowerShell code. */
  readonly attributes?: readonly string[];
}

/** A .NET type, or a type name of the module's objects. */
export interface ReturnedType {
  readonly name: string;
  /** Paragraphs. */
  readonly description: readonly string[];
}

/** The place of an output in a definition that is being checked. */
export interface OutputPlace {
  readonly source: DefinitionSource;
  readonly cmdlet: CmdletDefinition;
  /** Names of the values that can become properties: inputs, outputs and computed values of the function. */
  readonly values: ReadonlySet<string>;
  /** Names of the function's outputs. */
  readonly outputs: ReadonlySet<string>;
  /** Reports a mistake at a JSON pointer relative to the output; empty for the output itself. */
  report(pointer: string, message: string): void;
}

/** `kind` is the client's name for the output kind. */
export interface OutputFacts {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/** A property of an output object. */
export interface Member {
  readonly name: string;
  readonly type: WireType;
}

export interface OutputFactsContext {
  readonly definition: Definition;
  /** Names of the function's inputs, in order; empty for an operation. */
  readonly inputs: readonly string[];
  /** The types of the function's inputs and computed values, and of its outputs. */
  readonly types: Readonly<Record<'input' | 'output', Readonly<Record<string, WireType>>>>;
  /** The variant of the function. */
  readonly terms: Readonly<Record<string, string>>;
  /** The properties of the returned object, each with its row field and its wire type. */
  readonly properties: readonly (Member & { readonly from: string })[];
}
