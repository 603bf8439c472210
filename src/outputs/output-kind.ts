/** What is known about one kind of output. Each kind is one file; no other room decides by the kind of an output. */
import type { CmdletDefinition, CmdletOutput, Definition, DefinitionSource, ErrorText } from '../definition/types.js';

export interface OutputKind<O extends CmdletOutput = CmdletOutput> {
  readonly kind: O['kind'];
  /** What a cmdlet with this output calls. */
  readonly over: 'function' | 'operation';
  /** Parameters that the cmdlet has beside those of its function or operation. */
  readonly parameters?: readonly OutputParameter[];
  /** False where a restricted session (JEA) must not have such a cmdlet. True unless said. */
  readonly isForRoles?: boolean;
  /** False where records of the pipeline are not sent together. True unless said. */
  readonly isBatched?: boolean;
  /** How the module's own tests try such a cmdlet: by what it returns, by the file that it writes, or not at all. */
  readonly trial: 'answer' | 'file' | 'none';
  /** What PSScriptAnalyzer would say of such a cmdlet without reason, with the reason why not. */
  readonly suppressions?: readonly { readonly rule: string; readonly reason: string }[];
  /** Reports what cannot be meant. The form of an output of the core has been checked by the schema. */
  check?(output: O, place: OutputPlace): void;
  /** The types that are returned, with what help says of them; none where nothing is returned. */
  returns(output: O, definition: Definition): readonly ReturnedType[];
  /** Errors that only this output can have. */
  errors?(output: O): readonly ErrorText[];
  /** What the client has to know of it: the `output` of the cmdlet's facts. */
  facts(output: O, context: OutputFactsContext): OutputFacts;
}

/** A parameter, as data; with a position or mandatory only where it is said. */
export interface OutputParameter {
  readonly name: string;
  /** PowerShell type without brackets. */
  readonly type: string;
  readonly description: string;
  readonly mandatory?: boolean;
  readonly position?: number;
  /** What is taken where it is not given, as help shows it. */
  readonly defaultValue?: string;
  /** Attributes with their brackets, as code. */
  readonly attributes?: readonly string[];
}

/** A .NET type, or a type name of the module's objects. */
export interface ReturnedType {
  readonly name: string;
  /** Paragraphs. */
  readonly description: readonly string[];
}

/** Where an output stands in a definition that is checked. */
export interface OutputPlace {
  readonly source: DefinitionSource;
  readonly cmdlet: CmdletDefinition;
  /** Names of the values that an object can be made of: what goes into the function, comes out of it, or follows from it. */
  readonly values: ReadonlySet<string>;
  /** Names of what the function writes. */
  readonly outputs: ReadonlySet<string>;
  /** Reports a mistake at a JSON pointer below the output; empty for the output itself. */
  report(pointer: string, message: string): void;
}

/** `kind` is the client's word for how it makes the output. */
export interface OutputFacts {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

export interface OutputFactsContext {
  readonly definition: Definition;
  /** Names of what the caller gives to the function, in order; none for an operation. */
  readonly inputs: readonly string[];
  /** The words of the variant that the function was made for. */
  readonly terms: Readonly<Record<string, string>>;
  /** The properties of the object that it returns, each with its field of a row and how it travels. */
  readonly properties: readonly { readonly name: string; readonly from: string; readonly type: unknown }[];
}
