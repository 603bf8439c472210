/** The program's error class: a stable id, what was wrong and the recommended action. */

/**
 * Ids of errors that occur before or around a call. Errors that the function itself reports have ids in the definition.
 */
export type SystemErrorId =
  | 'InvalidParameter'
  | 'PlatformNotSupported'
  | 'LibraryNotFound'
  | 'FunctionNotFound'
  | 'SimulationStateInvalid'
  | 'SimulationStateUnavailable'
  | 'ReplyNotFound'
  | 'Win32Error'
  | 'NativeError';

export interface DlletErrorDetails {
  readonly id: string;
  readonly message: string;
  readonly category: string;
  readonly recommendedAction: string;
  /** Additional data for programs: paths, the function, limits. */
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

/** Returns the message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
