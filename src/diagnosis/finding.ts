/** One finding of a diagnosis. */
import { DlletError, messageOf } from '../definition/errors.js';

/** `warning` means that it works with limitations. */
export type FindingStatus = 'good' | 'warning' | 'bad';

export interface Finding {
  /** The subject: `platform`, `node`, `export`. */
  readonly check: string;
  readonly status: FindingStatus;
  readonly found: string;
  /** How to fix it. */
  readonly cure?: string | undefined;
}

export function good(check: string, found: string): Finding {
  return { check, status: 'good', found };
}

export function warning(check: string, found: string, cure: string): Finding {
  return { check, status: 'warning', found, cure };
}

export function bad(check: string, found: string, cure: string): Finding {
  return { check, status: 'bad', found, cure };
}

/**
 * Converts an exception to a finding. Another platform is not a defect: the simulated backend and other libraries work
 * there.
 */
export function failed(check: string, error: unknown, cure: string): Finding {
  if (!(error instanceof DlletError)) return bad(check, messageOf(error), cure);
  const make = error.id === 'PlatformNotSupported' ? warning : bad;
  return make(check, error.message, error.recommendedAction);
}
