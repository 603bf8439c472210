/** What the Pester tests of a module check, as data. */
import type { Refusal, Sample } from './plan-test-values.js';

/** A cmdlet as the tests see it. */
export interface TestedCmdlet {
  readonly cmdlet: string;
  readonly examples: number;
  /** The ConfirmImpact of what can be asked about; empty for what changes nothing. */
  readonly impact: string;
  readonly parameters: readonly { parameter: string; type: string; isMandatory: boolean }[];
  /** Calls that are refused before anything is called. */
  readonly refusals: readonly Refusal[];
  /** Parameters of a call; undefined where the generator knows none. */
  readonly sample: Sample | undefined;
}

/** A cmdlet that asks and changes nothing. */
export interface TestedQuery {
  readonly cmdlet: string;
  readonly sample: Sample;
  /** Type and properties of what it returns; empty where it returns no object of the module. */
  readonly type: string;
  readonly properties: readonly string[];
  /** What may be the answer on a real system in place of a result. */
  readonly errors: readonly string[];
  /** True where the simulated backend has an answer. */
  readonly isSimulated: boolean;
}

/** The cmdlets over what can be created, looked up and deleted again. */
export interface TestedCycle {
  readonly create: string;
  readonly remove: string;
  readonly get: string;
  readonly test: string;
  readonly sample: Sample;
  /** What the cmdlets say of what is not there, and of what is there already. */
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
