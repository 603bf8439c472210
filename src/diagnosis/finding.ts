/** One line of a diagnosis. */
import { DlletError, messageOf } from '../definition/errors.js';

/** `warning`: it works, but not everything, or not as well as it could. */
export type FindingStatus = 'good' | 'warning' | 'bad';

export interface Finding {
  /** What was looked at: `platform`, `node`, `export`. */
  readonly check: string;
  readonly status: FindingStatus;
  readonly found: string;
  /** What to do about it. */
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

/** What was thrown. Another platform is no defect of the machine: there are the simulated backend and other libraries. */
export function failed(check: string, error: unknown, cure: string): Finding {
  if (!(error instanceof DlletError)) return bad(check, messageOf(error), cure);
  const make = error.id === 'PlatformNotSupported' ? warning : bad;
  return make(check, error.message, error.recommendedAction);
}
