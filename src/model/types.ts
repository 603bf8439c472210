/**
 * The model: a definition resolved once. It has the inputs, outputs, types and computed values of every function and
 * the parameters of every cmdlet. All other code reads them here.
 */
import type {
  ArgumentValue,
  ComputedDefinition,
  ErrorDefinition,
  ExpandedCmdlet,
  ExpandedFunction,
  FailureRule,
  ObjectDefinition,
  OperationDefinition,
  OperationParameter,
  ParameterDefinition,
  PropertyDefinition,
  RepeatDefinition,
  Terms,
} from '../definition/types.js';
import type { ReturnForm, Shape } from '../kinds/index.js';

/** A value with a name and a resolved type. */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
  /** Its own description, or that of its named type. */
  readonly description?: string | undefined;
}

/** A parameter of the C prototype. */
export interface Parameter extends Omit<ParameterDefinition, 'description'>, Value {
  readonly description?: string;
}

/** A computed sum of inputs: its definition and its type. */
export interface Computed extends ComputedDefinition {
  readonly name: string;
  readonly shape: Shape;
}

/** How a call reports failure, and the meaning of its codes. */
export interface FailureModel {
  /** The rule; undefined if the function cannot fail. */
  readonly rule: FailureRule | undefined;
  /** The form of the return value, for the rule. */
  readonly form: ReturnForm;
  readonly errors: readonly ErrorDefinition[];
}

/** The parameter that changes from call to call. */
export interface Repetition extends RepeatDefinition {
  readonly name: string;
  readonly start: number;
}

/** One native function. It is also an ExpandedFunction, for code that only needs the written form. */
export interface FunctionModel extends ExpandedFunction {
  /** In the order of the C prototype, including constants. */
  readonly parameters: readonly Parameter[];
  /** The values that a caller provides. */
  readonly inputs: readonly Parameter[];
  /**
   * The values that a successful call reports: the return value first if it has a name, then those written through
   * pointers.
   */
  readonly outputs: readonly Value[];
  /** The values that one call reports. They differ from the outputs if each call is a row of the output. */
  readonly written: readonly Value[];
  /** How the function is called several times for one result; undefined if it is called once. */
  readonly repetition: Repetition | undefined;
  /** The type of the return value. */
  readonly result: Shape;
  readonly failure: FailureModel;
  /** The values computed from its inputs. */
  readonly computed: readonly Computed[];
}

export interface OperationModel extends OperationDefinition {
  readonly name: string;
  /** The values computed from the parameters that every call has, for an operation that changes something. */
  readonly computed: readonly Computed[];
  readonly parameters: readonly (Omit<OperationParameter, 'description'> & Value & { readonly description?: string })[];
}

/** A cmdlet parameter that comes from its function or operation. */
export interface CmdletParameter extends Value {
  /** The name of the parameter in the function or operation. It differs from `name` if the cmdlet renames it. */
  readonly from: string;
  readonly aliases: readonly string[];
  /** The parameter sets that it belongs to; empty means all of them. */
  readonly sets: readonly string[];
  /**
   * The PowerShell type without brackets. It is `object` for a text that can be null, because `string` converts null to
   * an empty string.
   */
  readonly type: string;
  readonly mandatory: boolean;
  /** True for an array of such values. */
  readonly many: boolean;
  /** True for a switch parameter. */
  readonly isSwitch: boolean;
  /** The position; undefined for a named parameter. */
  readonly position: number | undefined;
  /** How it binds pipeline input; undefined if it does not. */
  readonly pipeline: 'value' | 'propertyName' | undefined;
  /** The properties of a range, if it accepts ranges of numbers. The parameter is text in this case. */
  readonly ranges?: OperationParameter['ranges'];
  /** The default value. */
  readonly default: ArgumentValue | undefined;
}

interface CmdletBase extends ExpandedCmdlet {
  readonly terms: Terms;
  readonly parameters: readonly CmdletParameter[];
  /** The object type of the output; undefined if the output is not an object of the definition. */
  readonly object: ObjectModel | undefined;
}

export interface FunctionCmdlet extends CmdletBase {
  readonly calls: 'function';
  readonly fn: FunctionModel;
}

export interface OperationCmdlet extends CmdletBase {
  readonly calls: 'operation';
  readonly of: OperationModel;
}

export type CmdletModel = FunctionCmdlet | OperationCmdlet;

/** A property of an object. It has a `shape` only if it comes from a row and states its type. */
export interface PropertyModel extends PropertyDefinition {
  readonly shape: Shape | undefined;
}

export interface ObjectModel extends ObjectDefinition {
  readonly name: string;
  readonly properties: readonly PropertyModel[];
}
