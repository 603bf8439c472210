/** Operations: services of the program itself, and the arguments that a definition fixes for them. */
import type { ValueSpec } from './values.js';

/** A parameter of an operation. */
export interface OperationParameter extends ValueSpec {
  readonly name: string;
  /** True for an array of such values. */
  readonly many?: boolean;
  readonly optional?: boolean;
  /** How the cmdlet binds it from the pipeline; without it, not at all. */
  readonly pipeline?: 'value' | 'propertyName';
  /**
   * Of a parameter of many whole numbers: ranges can be given too, as text (`8080-8082`, `8080..8082`), and from the
   * pipeline by objects with these two properties, its first and its last number.
   */
  readonly ranges?: { readonly from: string; readonly to: string };
  /** The default value of an optional parameter. */
  readonly default?: ArgumentValue;
}

/** The value of an operation's parameter as the definition writes it: enumerations by name, an array for `many`. */
export type ArgumentValue = string | number | boolean | readonly (string | number | boolean)[];

/** Fixed values for parameters of an operation, by name. */
export type FixedArguments = Readonly<Record<string, ArgumentValue>>;

/**
 * A service of the program itself, for what no function of the library provides: named like a function, but with a
 * provider in place of an export.
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
