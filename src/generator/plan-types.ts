/** The view models of the templates: every decision made, every piece of code already safe. */
import type { Definition } from '../definition/types.js';
import type { TestPlan } from './plan-tests.js';
import type { RolePlan } from './roles.js';

export interface ParameterPlan {
  readonly name: string;
  /** PowerShell type without brackets. */
  readonly type: string;
  /** Attributes with their brackets, as code. */
  readonly attributes: readonly string[];
  /** The parameter set it belongs to; undefined for one of every set. */
  readonly set: string | undefined;
  readonly help: ParameterHelp;
}

/** What help says of a parameter beside its name and type. */
export interface ParameterHelp {
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly mandatory: boolean;
  readonly position: number | undefined;
  readonly pipeline: 'value' | 'propertyName' | undefined;
  readonly defaultValue: string;
  /** The permitted words; none where any value of the type is permitted. */
  readonly values: readonly string[];
}

/** A parameter whose values are queued for a batch. */
export interface QueuedParameter extends ParameterPlan {
  /** The queued values as a JSON array, as code that makes a string. */
  readonly column: string;
  /** The value of the parameter as JSON, as code that makes a string. */
  readonly json: string;
}

export interface ComputedPlan {
  readonly name: string;
  /** The sum, as code. */
  readonly expression: string;
  readonly maximum: string;
  readonly violation: {
    readonly id: string;
    readonly category: string;
    readonly message: string;
    readonly action: string;
  };
}

/**
 * A property of an output object and its value as code: from the row of a batch, from the reply to a single call (`single`),
 * and as constrained language permits it.
 */
export interface PropertyPlan {
  readonly name: string;
  readonly value: string;
  readonly single: string;
  readonly constrained: string;
}

export type OutputPlan =
  | { readonly kind: 'object'; readonly typeName: string; readonly properties: readonly PropertyPlan[] }
  | { readonly kind: 'boolean'; readonly falseOn: readonly string[] }
  | { readonly kind: 'socket'; readonly transport: 'Udp' | 'Tcp'; readonly token: string }
  | { readonly kind: 'none' };

export type OperationOutputPlan =
  | {
      readonly kind: 'list';
      readonly typeName: string;
      readonly properties: readonly PropertyPlan[];
      /** Fields of the row between which one object is made for each number. */
      readonly expand: { readonly from: string; readonly to: string } | undefined;
    }
  | { readonly kind: 'file' };

export interface ShouldProcessPlan {
  readonly impact: string;
  /** Texts as code: what -WhatIf says, what -Confirm asks, and the caption. */
  readonly description: string;
  readonly query: string;
  readonly caption: string;
  /** High impact asks by default, so it has -Force. */
  readonly force: boolean;
}

/** The help of a command, as text: every format of help is written from it. */
export interface HelpPlan {
  readonly name: string;
  readonly synopsis: string;
  /** Paragraphs, here as in everything below. */
  readonly description: readonly string[];
  /** One entry for each parameter set, the default first. */
  readonly syntax: readonly SyntaxPlan[];
  /** By name, as `Get-Help -Parameter *` lists them. */
  readonly parameters: readonly ParameterPlan[];
  readonly inputs: readonly TypeHelp[];
  readonly outputs: readonly TypeHelp[];
  readonly notes: readonly string[];
  readonly examples: readonly { readonly code: string; readonly description: readonly string[] }[];
  /** Where `Get-Help -Online` leads; undefined without such a page. */
  readonly online: string | undefined;
  readonly links: readonly string[];
  /** Other topics of help. */
  readonly related: readonly string[];
}

export interface SyntaxPlan {
  /** Empty where there is only one. */
  readonly set: string;
  readonly parameters: readonly ParameterPlan[];
}

export interface TypeHelp {
  readonly name: string;
  readonly description: readonly string[];
}

/** A topic of help without a command: sections of paragraphs and of code. */
export interface AboutPlan {
  readonly topic: string;
  readonly synopsis: string;
  readonly sections: readonly { readonly title: string; readonly text: string }[];
}

/** What Tab asks for a cmdlet; `arguments` is a JSON object. */
export interface CompletionPlan {
  readonly cmdlet: string;
  readonly operation: string;
  readonly arguments: string;
  readonly parameters: readonly string[];
}

interface CmdletBase {
  readonly name: string;
  /** Arguments of CmdletBinding, as code. */
  readonly binding: string;
  /** The argument of OutputType as code; undefined where nothing is returned. */
  readonly outputType: string | undefined;
  /** All parameters, in the order in which they are declared. */
  readonly declared: readonly ParameterPlan[];
  readonly shouldProcess: ShouldProcessPlan | undefined;
  readonly help: HelpPlan;
}

export interface FunctionCmdletPlan extends CmdletBase {
  readonly kind: 'function';
  readonly function: string;
  readonly parameters: readonly QueuedParameter[];
  readonly computed: readonly ComputedPlan[];
  /** Names of the values that the function reports. */
  readonly outputs: readonly string[];
  /** `true` where all of them are whole numbers, as code: the reply can then be read without a JSON parser. */
  readonly digits: 'true' | 'false';
  /** Records of a pipeline go out in batches; a call that changes something goes out by itself, when it was agreed to. */
  readonly isBatched: boolean;
  /** Whether the function changes something of the system, so that nothing may be asked of a bridge that is not known yet. */
  readonly changesState: boolean;
  readonly output: OutputPlan;
  /** True when an array of objects can be given instead of the parameters. */
  readonly hasInputObject: boolean;
  readonly existing: { readonly switch: string; readonly errorId: string } | undefined;
  /** For a function that changes something: the caller's reason as JSON, as code that makes a string. */
  readonly reason: string | undefined;
  /** The operation that says what speaks against the change, and its parameters as code that makes a JSON object. */
  readonly warnings: { readonly operation: string; readonly json: string } | undefined;
}

export interface OperationCmdletPlan extends CmdletBase {
  readonly kind: 'operation';
  readonly operation: string;
  readonly parameters: readonly ParameterPlan[];
  /** Parameters that the cmdlet sets itself: names and values as code. */
  readonly fixed: readonly { readonly name: string; readonly value: string }[];
  /** The parameter that the pipeline fills, record by record. */
  readonly gathered: string | undefined;
  readonly output: OperationOutputPlan;
  /** The session answers as well, and where the program does not: what is wrong with the program is what is asked. */
  readonly asksSession: boolean;
}

export type CmdletPlan = FunctionCmdletPlan | OperationCmdletPlan;

export interface ViewPlan {
  readonly typeName: string;
  /** The columns of the table. */
  readonly columns: readonly { name: string; alignment: 'Left' | 'Right' }[];
  /** All properties, for the list. */
  readonly items: readonly string[];
}

export interface ClassPropertyPlan {
  readonly name: string;
  /** Its name in JSON. */
  readonly json: string;
  /** PowerShell type without brackets. */
  readonly type: string;
  /** A validation attribute with its brackets, as code. */
  readonly validation: string | undefined;
  /** What stands before its value on the way to JSON, as code. */
  readonly cast: string;
  readonly comment: string;
}

/** The PSDSC class of a resource and the module that it is in. */
export interface ClassPlan {
  readonly name: string;
  readonly module: string;
  readonly guid: string;
  readonly description: string;
  readonly comment: string;
  /** Names of the enumeration and of the class of a reason, which begin with the module's, because such names clash. */
  readonly ensure: string;
  readonly reason: string;
  readonly keys: readonly ClassPropertyPlan[];
  readonly outputs: readonly ClassPropertyPlan[];
  readonly canExport: boolean;
}

export interface ModulePlan {
  readonly name: string;
  readonly version: string;
  readonly generator: string;
  readonly definition: Definition;
  readonly cmdlets: readonly CmdletPlan[];
  readonly views: readonly ViewPlan[];
  readonly classes: readonly ClassPlan[];
  /** node's executable as DSC manifests name it. */
  readonly nodeExecutable: string;
  /** True when a cmdlet returns a socket, so that the module needs the code for it. */
  readonly hasSockets: boolean;
  /** True when a cmdlet changes something, so that the module needs the code for reasons and audit notices. */
  readonly hasChanges: boolean;
  /** Every function that the module exports: the cmdlets, and those that every module has. */
  readonly exports: readonly string[];
  /** The help of all of them. */
  readonly help: readonly HelpPlan[];
  readonly about: AboutPlan;
  readonly completions: readonly CompletionPlan[];
  /** What the module's Pester tests check. */
  readonly tests: TestPlan;
  readonly roles: readonly RolePlan[];
}
