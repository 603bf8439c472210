/**
 * The definition: a native library, its functions and the cmdlets over them, as data.
 *
 * `definition.schema.json` describes every field of the JSON form; these types match it. Everything that is known about
 * a function (binding, validation, cmdlet, help, error mapping, simulation) comes from here.
 */
import type { CmdletDefinition, ObjectDefinition } from './types/cmdlets.js';
import type { ErrorDefinition } from './types/errors.js';
import type { ComputedDefinition, FunctionDefinition } from './types/functions.js';
import type { AboutDefinition, LibraryDefinition, ModuleDefinition } from './types/module.js';
import type { OperationDefinition } from './types/operations.js';
import type { ResourceDefinition } from './types/resources.js';
import type { SimulatedReplies } from './types/simulation.js';
import type { ValueSpec } from './types/values.js';

export type * from './types/cmdlets.js';
export type * from './types/errors.js';
export type * from './types/functions.js';
export type * from './types/module.js';
export type * from './types/operations.js';
export type * from './types/resources.js';
export type * from './types/simulation.js';
export type * from './types/values.js';

/** A definition as written: names and texts can contain variant placeholders such as `{Protocol}`. */
export interface DefinitionSource {
  readonly $schema?: string;
  readonly name: string;
  readonly version: string;
  /** The extension of dllet whose operations, outputs and simulation the definition uses. */
  readonly extension?: string;
  readonly module: ModuleDefinition;
  readonly about?: AboutDefinition;
  readonly library: LibraryDefinition;
  /** More libraries, by the name that functions use for them. */
  readonly libraries?: Readonly<Record<string, LibraryDefinition>>;
  readonly variants?: Readonly<Record<string, readonly string[]>>;
  readonly types?: Readonly<Record<string, ValueSpec>>;
  readonly computed?: Readonly<Record<string, ComputedDefinition>>;
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  readonly operations?: Readonly<Record<string, OperationDefinition>>;
  readonly errors: readonly ErrorDefinition[];
  readonly objects?: Readonly<Record<string, ObjectDefinition>>;
  readonly cmdlets: readonly CmdletDefinition[];
  /** DSC resources by name, which is also the name of the PSDSC class. */
  readonly dsc?: Readonly<Record<string, ResourceDefinition>>;
  readonly simulation?: SimulatedReplies;
}

/** The variant of an entry: `{ Protocol: 'Udp' }`; empty if it has none. */
export type Terms = Readonly<Record<string, string>>;

export interface ExpandedFunction extends FunctionDefinition {
  readonly name: string;
  readonly terms: Terms;
}

export interface ExpandedCmdlet extends Omit<CmdletDefinition, 'parameters'> {
  /** The cmdlet's settings for its function's parameters. */
  readonly said?: CmdletDefinition['parameters'];
  readonly terms: Terms;
}

/** A definition with its variants expanded, as used by all other code. */
export interface Definition {
  readonly name: string;
  readonly version: string;
  readonly extension?: string | undefined;
  readonly module: ModuleDefinition;
  readonly about?: AboutDefinition | undefined;
  readonly library: LibraryDefinition;
  readonly libraries?: Readonly<Record<string, LibraryDefinition>> | undefined;
  readonly types: Readonly<Record<string, ValueSpec>>;
  readonly computed: Readonly<Record<string, ComputedDefinition>>;
  readonly functions: Readonly<Record<string, ExpandedFunction>>;
  readonly operations: Readonly<Record<string, OperationDefinition>>;
  readonly errors: readonly ErrorDefinition[];
  readonly objects: Readonly<Record<string, ObjectDefinition>>;
  readonly cmdlets: readonly ExpandedCmdlet[];
  /** Their texts and function names keep the placeholders: one resource covers every word of the variant. */
  readonly dsc: Readonly<Record<string, ResourceDefinition>>;
  readonly simulation?: SimulatedReplies | undefined;
}
