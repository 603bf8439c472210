/** The view models of the templates: every decision made, every piece of code already safe. */
import type { Definition } from '../definition/types.js';
import type { VerificationScript } from '../extensions/extension.js';
import type { ModuleFacts } from './facts-types.js';
import type { TestPlan } from './plan-test-types.js';
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

export interface ShouldProcessPlan {
  readonly impact: string;
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

/** Parameters of one name whose values Tab completes, and the cmdlets that have them. */
export interface CompletionPlan {
  readonly parameter: string;
  readonly cmdlets: readonly string[];
}

/** A cmdlet as text: its parameter block. What it does is in the facts. */
export interface CmdletPlan {
  readonly name: string;
  /** Arguments of CmdletBinding, as code. */
  readonly binding: string;
  /** Arguments of OutputType as code; none where nothing is returned. */
  readonly outputTypes: readonly string[];
  /** All parameters, in the order in which they are declared. */
  readonly declared: readonly ParameterPlan[];
  readonly shouldProcess: ShouldProcessPlan | undefined;
  /** What PSScriptAnalyzer would say without reason, with the reason why not. */
  readonly suppressions: readonly { readonly rule: string; readonly reason: string }[];
  /** The variable of its body: `call`, or a longer name where a parameter has that one. */
  readonly variable: string;
  readonly help: HelpPlan;
}

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
  /** Those of the definition, then the one that every module has. */
  readonly cmdlets: readonly CmdletPlan[];
  readonly views: readonly ViewPlan[];
  readonly classes: readonly ClassPlan[];
  /** node's executable as DSC manifests name it. */
  readonly nodeExecutable: string;
  /** Every function that the module exports: the cmdlets, and those that every module has. */
  readonly exports: readonly string[];
  /** The help of all of them. */
  readonly help: readonly HelpPlan[];
  readonly about: AboutPlan;
  readonly completions: readonly CompletionPlan[];
  /** What the module's Pester tests check. */
  readonly tests: TestPlan;
  readonly roles: readonly RolePlan[];
  readonly facts: ModuleFacts;
  /** What the verification script has because of the definition's extension. */
  readonly verification: VerificationScript;
  /** The name of the client's assembly, which carries the release. */
  readonly client: string;
}
