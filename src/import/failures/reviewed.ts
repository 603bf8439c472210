/** One line of the reviewed failure rules: functions whose pages describe failure in the same way. */
import type { FailureRule, FailureStrategy } from '../../definition/types.js';

export interface ReviewedFunctions {
  /** The header that their pages are named after, such as `winreg`, or the path of their pages, such as `windows/console`. */
  readonly pages: string;
  /**
   * Which return values mean failure, and where the code is. Source: the "Return value" section of each function's
   * page.
   */
  readonly failure: FailureStrategy | FailureRule;
  /** Codes that mean that there is nothing, or nothing more. */
  readonly absent?: readonly number[];
  /** Codes that mean that there is more than the call wrote. The part that it wrote is valid. */
  readonly more?: readonly number[];
  /** Codes that mean that the caller's memory is too small. */
  readonly tooSmall?: readonly number[];
  /**
   * The names of the functions, separated by white space. A name that ends in W also stands for the one that ends in A.
   */
  readonly functions: string;
}
