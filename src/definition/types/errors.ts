/** What failure codes mean. */

/**
 * A stable id, PowerShell's error category, the message and the recommended action. Texts can contain `{Parameter}`
 * placeholders.
 */
export interface ErrorText {
  readonly id: string;
  readonly category: string;
  readonly message: string;
  readonly recommendedAction: string;
}

/** Distinguishes two causes of one code by calling another function with the same arguments. */
export interface ExamineDefinition {
  /** The function to call; it must not change state and must have the same `in` parameters. */
  readonly function: string;
  /** The cause if that call succeeds; its outputs are reported as `existing`. */
  readonly onSuccess: Pick<ErrorText, 'message' | 'recommendedAction'>;
  /** The cause if that call fails. */
  readonly onFailure: Pick<ErrorText, 'message' | 'recommendedAction'>;
}

export interface ErrorDefinition extends ErrorText {
  readonly code: number;
  /**
   * The name of the code. The name of an errno, such as `ENOENT`, matches on every system, whatever its number there.
   */
  readonly symbol: string;
  readonly examine?: ExamineDefinition;
  /** The functions in which the code has this meaning; default: all. */
  readonly functions?: readonly string[];
}
