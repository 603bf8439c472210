/**
 * The model: a definition resolved once. What a function takes and gives, what its types are, which values follow from others,
 * which parameters a cmdlet has: every other room reads it here.
 */
import type {
  ArgumentValue,
  ComputedDefinition,
  ErrorDefinition,
  ExpandedCmdlet,
  ExpandedFunction,
  ObjectDefinition,
  OperationDefinition,
  OperationParameter,
  ParameterDefinition,
  PropertyDefinition,
  ReturnDefinition,
  Terms,
} from '../definition/types.js';
import type { Shape } from '../kinds/index.js';

/** A value with a name and a resolved type. */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
  /** What the value is: its own words, else those of its named type. */
  readonly description?: string | undefined;
}

/** A parameter of the C prototype. */
export interface Parameter extends Omit<ParameterDefinition, 'description'>, Value {
  readonly description?: string;
}

/** A sum of inputs that a function can be called with: what the definition says of it, and its type. */
export interface Computed extends ComputedDefinition {
  readonly name: string;
  readonly shape: Shape;
}

/** How a call tells of failure, and what its codes can mean. */
export interface FailureRule {
  readonly strategy: ReturnDefinition['failure'];
  readonly errors: readonly ErrorDefinition[];
}

/** One native function. It is an expanded function too, so that what only needs the written form takes either. */
export interface FunctionModel extends ExpandedFunction {
  /** In the order of the C prototype, constants among them. */
  readonly parameters: readonly Parameter[];
  /** What a caller gives. */
  readonly inputs: readonly Parameter[];
  /** What a successful call reports: the return value first where it has a name, then what was written through pointers. */
  readonly outputs: readonly Value[];
  /** The type of the return value. */
  readonly result: Shape;
  readonly failure: FailureRule;
  /** The values that follow from its inputs. */
  readonly computed: readonly Computed[];
}

export interface OperationModel extends OperationDefinition {
  readonly name: string;
  readonly parameters: readonly (Omit<OperationParameter, 'description'> & Value & { readonly description?: string })[];
}

/** A parameter that a cmdlet has from its function or operation. */
export interface CmdletParameter extends Value {
  readonly mandatory: boolean;
  /** True for an array of such values. */
  readonly many: boolean;
  /** True for a Boolean that is said by naming the parameter. */
  readonly isSwitch: boolean;
  /** Undefined for one that is only given by name. */
  readonly position: number | undefined;
  /** How it is taken from the pipeline; undefined where it is not. */
  readonly pipeline: 'value' | 'propertyName' | undefined;
  /** What is taken where it is not given. */
  readonly default: ArgumentValue | undefined;
}

interface CmdletBase extends ExpandedCmdlet {
  readonly terms: Terms;
  readonly parameters: readonly CmdletParameter[];
  /** What it returns objects of; undefined where it returns none of the definition's. */
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

/** A property of an object; `shape` only where it comes from a row and says its type. */
export interface PropertyModel extends PropertyDefinition {
  readonly shape: Shape | undefined;
}

export interface ObjectModel extends ObjectDefinition {
  readonly name: string;
  readonly properties: readonly PropertyModel[];
}
