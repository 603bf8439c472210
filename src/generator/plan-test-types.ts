/** The data behind a module's Pester tests. */
import type { Refusal, Sample } from './plan-test-values.js';

/** A cmdlet as the tests see it. */
export interface TestedCmdlet {
  readonly cmdlet: string;
  readonly examples: number;
  /** The ConfirmImpact; empty if the cmdlet changes nothing. */
  readonly impact: string;
  readonly parameters: readonly { parameter: string; type: string; isMandatory: boolean }[];
  /** Calls that are rejected before anything is called. */
  readonly refusals: readonly Refusal[];
  /** The parameters of a call; undefined if the generator knows none. */
  readonly sample: Sample | undefined;
}

/** A cmdlet that prompts and changes nothing. */
export interface TestedQuery {
  readonly cmdlet: string;
  readonly sample: Sample;
  /** Type and properties of the output; empty if the cmdlet returns no object of the module. */
  readonly type: string;
  readonly properties: readonly string[];
  /** Errors that a real system may return instead of a result. */
  readonly errors: readonly string[];
  /** True if the simulated backend has an answer. */
  readonly isSimulated: boolean;
}

/** The cmdlets that create, look up and delete the same resource. */
export interface TestedCycle {
  readonly create: string;
  readonly remove: string;
  readonly get: string;
  readonly test: string;
  readonly sample: Sample;
  /** The errors for a missing and for an existing instance. */
  readonly absent: string;
  readonly exists: string;
  readonly existingSwitch: string;
}

export interface TestPlan {
  readonly cmdlets: readonly TestedCmdlet[];
  readonly queries: readonly TestedQuery[];
  readonly cycles: readonly TestedCycle[];
  /** Cmdlets that write a file. */
  readonly files: readonly { cmdlet: string }[];
}
