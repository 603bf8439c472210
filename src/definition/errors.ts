/** The one error class of the program: a stable id, what was wrong and what to do next. */

/** Ids that are not a definition's own: they are about reaching a function, not about what it answered. */
export type SystemErrorId =
  | 'InvalidParameter'
  | 'PlatformNotSupported'
  | 'LibraryNotFound'
  | 'FunctionNotFound'
  | 'SimulationStateInvalid'
  | 'SimulationStateUnavailable'
  | 'Win32Error'
  | 'NativeError';

export interface DlletErrorDetails {
  readonly id: string;
  readonly message: string;
  readonly category: string;
  readonly recommendedAction: string;
  /** Further facts for a program: paths, the function, limits. */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
}

export class DlletError extends Error {
  readonly id: string;
  readonly category: string;
  readonly recommendedAction: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;

  constructor(details: DlletErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'DlletError';
    this.id = details.id;
    this.category = details.category;
    this.recommendedAction = details.recommendedAction;
    this.data = details.data ?? {};
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
