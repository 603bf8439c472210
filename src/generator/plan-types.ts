/** The view models of the templates: every decision is made and every piece of code is escaped. */
import type { Definition } from '../definition/types.js';
import type { VerificationScript } from '../extensions/extension.js';
import type { Suppression } from '../outputs/output-kind.js';
import type { ModuleFacts } from './facts-types.js';
import type { TestPlan } from './plan-test-types.js';
import type { RolePlan } from './roles.js';

export interface ParameterPlan {
  readonly name: string;
  /** The PowerShell type without brackets. */
  readonly type: string;
  /** True for a value type that takes `$null` too, which PowerShell would make a 0 otherwise. */
  readonly isNullable: boolean;
  /** Attributes with their brackets, as code. */
  readonly attributes: readonly string[];
  /** The parameter sets; empty for a parameter of every set. */
  readonly sets: readonly string[];
  readonly aliases: readonly string[];
  readonly help: ParameterHelp;
}

/** The help of a parameter, except its name and type. */
export interface ParameterHelp {
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly mandatory: boolean;
  readonly position: number | undefined;
  readonly pipeline: 'value' | 'propertyName' | undefined;
  readonly defaultValue: string;
  /** The permitted words; empty if any value of the type is permitted. */
  readonly values: readonly string[];
}

export interface ShouldProcessPlan {
  readonly impact: string;
  /** High impact prompts by default, so it needs -Force. */
  readonly force: boolean;
}

/** The help of a command as text, from which every help format is rendered. */
export interface HelpPlan {
  readonly name: string;
  readonly synopsis: string;
  /** Paragraphs, as in all members below. */
  readonly description: readonly string[];
  /** One entry for each parameter set, the default first. */
  readonly syntax: readonly SyntaxPlan[];
  /** By name, as `Get-Help -Parameter *` lists them. */
  readonly parameters: readonly ParameterPlan[];
  readonly inputs: readonly TypeHelp[];
  readonly outputs: readonly TypeHelp[];
  readonly notes: readonly string[];
  readonly examples: readonly { readonly code: string; readonly description: readonly string[] }[];
  /** The address that `Get-Help -Online` opens; undefined if there is no such page. */
  readonly online: string | undefined;
  readonly links: readonly string[];
  /** Other help topics. */
  readonly related: readonly string[];
}

export interface SyntaxPlan {
  /** Empty if there is only one. */
  readonly set: string;
  readonly parameters: readonly ParameterPlan[];
}

export interface TypeHelp {
  readonly name: string;
  readonly description: readonly string[];
}

/** A help topic without a command: sections of paragraphs and code. */
export interface AboutPlan {
  readonly topic: string;
  readonly synopsis: string;
  readonly sections: readonly { readonly title: string; readonly text: string }[];
}

/** Parameters that the client completes. */
export interface CompletionPlan {
  readonly parameters: readonly string[];
  /** Only of these cmdlets; absent where every cmdlet with such a parameter is meant. */
  readonly cmdlets?: readonly string[];
}

/** A cmdlet as text: its parameter block. Its behavior is in the facts. */
export interface CmdletPlan {
  readonly name: string;
  /** The arguments of CmdletBinding, as code. */
  readonly binding: string;
  /** The arguments of OutputType, as code; empty if nothing is returned. */
  readonly outputTypes: readonly string[];
  /** All parameters, in declaration order. */
  readonly declared: readonly ParameterPlan[];
  readonly shouldProcess: ShouldProcessPlan | undefined;
  /** The PSScriptAnalyzer rules that it breaks on purpose. */
  readonly suppressions: readonly Suppression[];
  /** The variable in its body: `call`, or a longer name if a parameter has that one. */
  readonly variable: string;
  /** True if one text serves both language modes: it calls commands, which takes longer than methods. */
  readonly isForBothModes?: boolean;
  readonly help: HelpPlan;
}

/** How objects of a type are shown as a table. As a list, PowerShell shows all properties by itself. */
export interface ViewPlan {
  readonly typeName: string;
  readonly columns: readonly { name: string; alignment: 'Left' | 'Right'; width: number | undefined }[];
}

export interface ClassPropertyPlan {
  readonly name: string;
  /** Its name in JSON. */
  readonly json: string;
  /** The PowerShell type without brackets. */
  readonly type: string;
  /** A validation attribute with its brackets, as code. */
  readonly validation: string | undefined;
  /** Code that precedes its value in the conversion to JSON. */
  readonly cast: string;
  readonly comment: string;
}

/** The PSDSC class of a resource and its module. */
export interface ClassPlan {
  readonly name: string;
  readonly module: string;
  readonly guid: string;
  readonly description: string;
  readonly comment: string;
  /**
   * Names of the enumeration and of the class of a reason. They start with the module's name, because such names clash.
   */
  readonly ensure: string;
  readonly reason: string;
  readonly keys: readonly ClassPropertyPlan[];
  readonly outputs: readonly ClassPropertyPlan[];
  readonly canExport: boolean;
}

/** The name of the file with the help. */
export interface InHelpFile {
  readonly helpFile: string;
}

export interface ModulePlan {
  readonly name: string;
  readonly version: string;
  readonly generator: string;
  readonly definition: Definition;
  /** The definition's cmdlets, then the one of every module. */
  readonly cmdlets: readonly (CmdletPlan & InHelpFile)[];
  readonly views: readonly ViewPlan[];
  readonly classes: readonly ClassPlan[];
  /** The Node.js executable as DSC manifests name it. */
  readonly nodeExecutable: string;
  /** Every exported function: the cmdlets and those of every module. */
  readonly exports: readonly string[];
  /** Their help. */
  readonly help: readonly (HelpPlan & InHelpFile)[];
  readonly about: AboutPlan;
  readonly completions: readonly CompletionPlan[];
  /** The data of the module's Pester tests. */
  readonly tests: TestPlan;
  readonly roles: readonly RolePlan[];
  readonly facts: ModuleFacts;
  /** Additions of the definition's extension to the verification script. */
  readonly verification: VerificationScript;
  /** The name of the client assembly, which contains the release. */
  readonly client: string;
}
