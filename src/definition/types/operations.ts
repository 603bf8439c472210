/** Operations: services of the program itself, and the arguments that a definition fixes for them. */
import type { ValueSpec } from './values.js';

/** A parameter of an operation. */
export interface OperationParameter extends ValueSpec {
  readonly name: string;
  /** True for an array of such values. */
  readonly many?: boolean;
  readonly optional?: boolean;
  /** How the cmdlet binds it from the pipeline; absent: it does not. */
  readonly pipeline?: 'value' | 'propertyName';
  /**
   * For a parameter of several whole numbers: it also accepts ranges, as text (`8080-8082`, `8080..8082`), and from the
   * pipeline as objects with these two properties, the first and the last number.
   */
  readonly ranges?: { readonly from: string; readonly to: string };
  /** The default value of an optional parameter. */
  readonly default?: ArgumentValue;
}

/** The value of an operation's parameter as written in a definition: enumerations by name, an array for `many`. */
export type ArgumentValue = string | number | boolean | readonly (string | number | boolean)[];

/** Fixed values for parameters of an operation, by name. */
export type FixedArguments = Readonly<Record<string, ArgumentValue>>;

/**
 * A service of the program itself, for tasks that no function of the library does. It is named like a function, and has
 * a provider instead of an export.
 */
export interface OperationDefinition {
  readonly description: string;
  /** The provider, such as `diagnosis`, and its operation. */
  readonly provider: string;
  readonly operation: string;
  /** True if it changes the system: its cmdlet confirms, and its calls are audited. */
  readonly changesState?: boolean;
  readonly parameters: readonly OperationParameter[];
}
