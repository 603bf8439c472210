/** The view models of the templates: every decision made, every piece of code already safe. */
import type { Definition } from '../definition/types.js';
import type { RolePlan } from './roles.js';

export interface ParameterPlan {
  readonly name: string;
  /** PowerShell type without brackets. */
  readonly type: string;
  /** Attributes with their brackets, as code. */
  readonly attributes: readonly string[];
  readonly help: readonly string[];
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

/** A property of an output object and its value as code; `constrained` keeps to what constrained language permits. */
export interface PropertyPlan {
  readonly name: string;
  readonly value: string;
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

export interface HelpPlan {
  readonly synopsis: readonly string[];
  readonly description: readonly string[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly notes: readonly string[];
  readonly examples: readonly { code: readonly string[]; description: readonly string[] }[];
  readonly links: readonly string[];
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
  readonly output: OutputPlan;
  /** True when an array of objects can be given instead of the parameters. */
  readonly hasInputObject: boolean;
  readonly existing: { readonly switch: string; readonly errorId: string } | undefined;
}

export interface OperationCmdletPlan extends CmdletBase {
  readonly kind: 'operation';
  readonly operation: string;
  readonly parameters: readonly (ParameterPlan & { readonly many: boolean })[];
  /** The parameter that the pipeline fills, record by record. */
  readonly gathered: string | undefined;
  readonly output: OperationOutputPlan;
}

export type CmdletPlan = FunctionCmdletPlan | OperationCmdletPlan;

export interface ViewPlan {
  readonly typeName: string;
  readonly columns: readonly { name: string; alignment: 'Left' | 'Right' }[];
}

export interface ModulePlan {
  readonly name: string;
  readonly version: string;
  readonly generator: string;
  readonly definition: Definition;
  readonly cmdlets: readonly CmdletPlan[];
  readonly views: readonly ViewPlan[];
  /** True when a cmdlet returns a socket, so that the module needs the code for it. */
  readonly hasSockets: boolean;
  /** Every function that the module exports: the cmdlets, and those that every module has. */
  readonly exports: readonly string[];
  readonly roles: readonly RolePlan[];
}
