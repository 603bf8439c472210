/** All forms of one function. docs/explain.md describes the members for tools. */
import type { Json } from '../kinds/index.js';
import type { NativeDescription } from '../native/describe.js';

export interface Explanation {
  readonly function: string;
  readonly library: string;
  readonly description: string;
  /** The prototype as written in the definition; null if there is none. */
  readonly written: string | null;
  /** Its C declaration, derived from the model. */
  readonly c: string;
  /** The C declarations of the types that it uses. */
  readonly types: readonly string[];
  /**
   * The return value, if it is a result, then the parameters: each in C, in native memory, in JSON and in PowerShell.
   */
  readonly values: readonly ValueForms[];
  readonly native: NativeDescription;
  /** An example request and its reply, which show the form of the values. */
  readonly request: Json;
  readonly reply: Json;
  readonly cmdlets: readonly ExplainedCmdlet[];
  readonly failure: ExplainedFailure;
  /** The values that dllet sets by itself. */
  readonly sets: readonly ExplainedValue[];
  /** Which function releases or frees a value. */
  readonly owners: readonly ExplainedValue[];
}

export interface ValueForms {
  readonly name: string;
  /** `set`: dllet sets it. */
  readonly role: 'input' | 'output' | 'both' | 'set';
  readonly c: string;
  /** The koffi type of the value, or of the content of its memory. */
  readonly koffi: string;
  /** An example; null for a value that dllet sets. */
  readonly json: Json;
  /** The PowerShell type; null for a value that dllet sets. */
  readonly powershell: string | null;
}

export interface ExplainedCmdlet {
  readonly name: string;
  /** The syntax of each parameter set. */
  readonly syntax: readonly string[];
  /** The returned types; empty if the cmdlet returns nothing. */
  readonly returns: readonly string[];
}

/** A sentence about a value; the value is identified by its name or path. */
export interface ExplainedValue {
  readonly name: string;
  readonly text: string;
}

export interface ExplainedFailure {
  /** Sentences about when a call has failed, where its code is, and which codes are not failures. */
  readonly rule: readonly string[];
  /** What the page of a function of Windows says, if it was reviewed; null for any other function. */
  readonly documented: { readonly marks: string; readonly page: string; readonly isSame: boolean } | null;
  readonly errors: readonly {
    readonly id: string;
    readonly code: number;
    readonly symbol: string;
    readonly message: string;
  }[];
}
