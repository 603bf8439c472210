/** One function in all its forms. docs/explain.md describes the members for tools. */
import type { Json } from '../kinds/index.js';
import type { NativeDescription } from '../native/describe.js';

export interface Explanation {
  readonly function: string;
  readonly library: string;
  readonly description: string;
  /** The prototype as the definition has it; null if it has none. */
  readonly written: string | null;
  /** Its declaration in C, as it follows from the model. */
  readonly c: string;
  /** The declarations of the types that it names. */
  readonly types: readonly string[];
  /** The returned value, if it is one, then the parameters: each in C, in native memory, in JSON and in PowerShell. */
  readonly values: readonly ValueForms[];
  readonly native: NativeDescription;
  /** A request and its reply with values that show their form. */
  readonly request: Json;
  readonly reply: Json;
  readonly cmdlets: readonly ExplainedCmdlet[];
  readonly failure: ExplainedFailure;
  /** What dllet sets by itself. */
  readonly sets: readonly ExplainedValue[];
  /** Who releases or frees what. */
  readonly owners: readonly ExplainedValue[];
}

export interface ValueForms {
  readonly name: string;
  /** `set`: dllet sets it. */
  readonly role: 'input' | 'output' | 'both' | 'set';
  readonly c: string;
  /** The koffi type of the value, or of what is in its memory. */
  readonly koffi: string;
  /** An example; null for what dllet sets. */
  readonly json: Json;
  /** The PowerShell type; null for what dllet sets. */
  readonly powershell: string | null;
}

export interface ExplainedCmdlet {
  readonly name: string;
  /** A line for each parameter set. */
  readonly syntax: readonly string[];
  /** The types that it returns; none if it returns nothing. */
  readonly returns: readonly string[];
}

/** A sentence about a value, which is given by its name or path. */
export interface ExplainedValue {
  readonly name: string;
  readonly text: string;
}

export interface ExplainedFailure {
  /** When a call has failed, where its code is, and what counts as something else: a sentence each. */
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
