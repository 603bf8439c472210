/** One line of the reviewed failure rules: functions whose pages say the same of failure. */
import type { FailureRule, FailureStrategy } from '../../definition/types.js';

export interface ReviewedFunctions {
  /** The header that their pages are named after, such as `winreg`, or the path of their pages, such as `windows/console`. */
  readonly pages: string;
  /** What means failure, and where the code is. Source: the "Return value" section of each function's page. */
  readonly failure: FailureStrategy | FailureRule;
  /** Codes that say that there is nothing, or nothing more. */
  readonly absent?: readonly number[];
  /** Codes that say that there is more than the call wrote: what it wrote is valid. */
  readonly more?: readonly number[];
  /** Codes that say that the caller's memory is too small. */
  readonly tooSmall?: readonly number[];
  /** Their names, separated by white space. One that ends in W is also that of the function whose name ends in A. */
  readonly functions: string;
}
