/** DSC resources. */

/**
 * The three functions of a resource, as written in `functions`. All have the same variant and the same in parameters.
 * Operations can take their place.
 */
export interface ResourceFunctions {
  /**
   * Finds out whether an instance exists, without changing anything. Its outputs are the read-only properties of the
   * resource.
   */
  readonly lookup: string;
  readonly create: string;
  readonly delete: string;
}

/** The exit code of a DSC resource for some error ids; DSC shows only the text of a mapped code. */
export interface ExitCodeDefinition {
  readonly code: number;
  readonly errors: readonly string[];
  readonly description: string;
}

/** Finds candidates for existing instances: rows of an operation. Only those that `lookup` confirms are instances. */
export interface CandidatesDefinition {
  readonly operation: string;
  /** One call of the operation for each of these parameter sets. */
  readonly calls: readonly Readonly<Record<string, unknown>>[];
}

/** A second resource for many instances at once. */
export interface ListDefinition {
  /** The resource's type name, such as `dllet/PersistentPortReservationList`. */
  readonly type: string;
  readonly description: string;
  /** The property that holds the instances. */
  readonly property: string;
  /**
   * The range in which `_purge` may remove instances: only those entirely between two limits. An in parameter, and an
   * in parameter or computed value.
   */
  readonly scope?: { readonly from: string; readonly to: string; readonly description: string };
}

/**
 * The PSDSC class of a resource. It has its own module, because a module with classes cannot be imported in constrained
 * language mode.
 */
export interface ClassDefinition {
  readonly module: string;
  readonly guid: string;
  readonly description: string;
}

/**
 * A DSC resource: instances that a `lookup` finds, a `create` makes and a `delete` removes. The keys are the variant of
 * these functions and their in parameters.
 */
export interface ResourceDefinition {
  /** `owner/Name`. */
  readonly type: string;
  /**
   * The version of the resource's contract, not of the module. The last number is even: the edition with what-if uses
   * the next odd one.
   */
  readonly version: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Names one instance, without an article; placeholders as in error texts. */
  readonly item: string;
  readonly functions: ResourceFunctions;
  /** Error ids of `lookup` and `delete` that mean that the instance does not exist. */
  readonly absentOn: readonly string[];
  readonly exitCodes: readonly ExitCodeDefinition[];
  readonly candidates?: CandidatesDefinition;
  readonly list?: ListDefinition;
  readonly class?: ClassDefinition;
}
