/** Cmdlets, the objects that they return, and their behaviour at the prompt. */
import type { FixedArguments } from './operations.js';
import type { TypeExpression } from './values.js';

/** The source of an output object's property: a parameter, a computed value, or a term of the variant. */
export interface PropertyDefinition {
  readonly name: string;
  /** For a row of an operation: the row's field. */
  readonly from: string;
  /** Only for a row of an operation: the type of the field. */
  readonly type?: TypeExpression;
  /** Only for a row of an operation: the field can be null. */
  readonly optional?: boolean;
  /** False for a value that is too long for a table, such as a sentence. */
  readonly inTable?: boolean;
  /**
   * The width of its table column in characters. If one column has a width, columns without one share the rest and
   * wrap.
   */
  readonly width?: number;
  readonly description: string;
}

export interface ObjectDefinition {
  readonly typeName: string;
  readonly description: string;
  readonly properties: readonly PropertyDefinition[];
}

/** The output kinds of a cmdlet. An extension adds its own to this interface. */
export interface CmdletOutputs {
  readonly object: { readonly kind: 'object'; readonly object: string };
  readonly boolean: { readonly kind: 'boolean'; readonly falseOn: readonly string[] };
  /** One output of the function: a number, a text, a struct; for an array, each element. */
  readonly value: {
    readonly kind: 'value';
    /** The name of the output. */
    readonly from: string;
    /**
     * The field of the struct, an array, whose elements are returned one by one. Absent: the struct itself is returned.
     */
    readonly each?: string;
    /** New names for fields of the struct, or of the structs of an array. */
    readonly rename?: Readonly<Record<string, string>>;
  };
  readonly none: { readonly kind: 'none' };
  /** One object for each row of the operation; with `expand`, one for each number from one field to another. */
  readonly list: {
    readonly kind: 'list';
    readonly object: string;
    readonly expand?: { readonly from: string; readonly to: string };
  };
  /** The text returned by the operation, written to the file given by the cmdlet's Path parameter. */
  readonly file: { readonly kind: 'file' };
}

export type CmdletOutput = CmdletOutputs[keyof CmdletOutputs];

export interface ShouldProcessDefinition {
  readonly impact: 'Low' | 'Medium' | 'High';
  /** The action as `-WhatIf` shows it: "Create persistent UDP port reservation". */
  readonly action: string;
  /** The target: "UDP ports {StartPort}-{EndPort}". */
  readonly target: string;
  /** The question of `-Confirm`. */
  readonly query: string;
}

export interface ExampleDefinition {
  readonly code: string;
  readonly description: string;
}

/** A switch that makes the cmdlet return an existing instance instead of the error that it exists. */
export interface ExistingDefinition {
  readonly switch: string;
  readonly errorId: string;
  readonly description: string;
}

/**
 * Tab completion: for a parameter, the fields of its name in the rows of an operation that match the other parameters.
 */
export interface CompletionDefinition {
  readonly operation: string;
  readonly arguments?: FixedArguments;
  readonly parameters: readonly string[];
}

/**
 * An operation called before the cmdlet acts, or after it failed, with the cmdlet's parameters of the same names: the
 * field `Message` of each row becomes a warning. It never prevents the cmdlet from acting.
 */
export interface WarningsDefinition {
  readonly operation: string;
  readonly arguments?: FixedArguments;
  /** The error after which it is called; absent: it is called before the cmdlet acts. */
  readonly onError?: string;
}

/** The cmdlet's settings for a parameter of its function. */
export interface CmdletParameterDefinition {
  /** Its name in the cmdlet; the function's parameter keeps its own name. */
  readonly name?: string;
  readonly aliases?: readonly string[];
  /** The value if a caller gives none, in its JSON form. */
  readonly default?: string | number | boolean;
  readonly help?: string;
}

export interface CmdletDefinition {
  readonly name: string;
  /** True if the cmdlet deliberately replaces a command of PowerShell or Windows. */
  readonly shadows?: boolean;
  /** True if a noun that looks like a plural is intended. */
  readonly allowPluralNoun?: boolean;
  /** The function or the operation that it calls: exactly one of the two. */
  readonly function?: string;
  readonly operation?: string;
  /** Operation parameters that this cmdlet sets itself and therefore does not have. */
  readonly arguments?: FixedArguments;
  /** Settings for the function's parameters, by their names in the function. */
  readonly parameters?: Readonly<Record<string, CmdletParameterDefinition>>;
  /**
   * Parameter sets, the default first: the function's parameters that belong to each. They are mandatory in their set,
   * unless they have a default.
   */
  readonly parameterSets?: Readonly<Record<string, readonly string[]>>;
  readonly completion?: CompletionDefinition;
  readonly warnings?: WarningsDefinition;
  readonly existing?: ExistingDefinition;
  readonly synopsis: string;
  readonly description: string;
  readonly output: CmdletOutput;
  readonly shouldProcess?: ShouldProcessDefinition;
  readonly notes?: string;
  readonly examples: readonly ExampleDefinition[];
  readonly links?: readonly string[];
}

/** The systems that a library can have a file for. */
export type LibraryPlatform = 'win32' | 'linux' | 'darwin';
