/** The interface through which checks report mistakes. */
import type { Mistake } from '../source-text.js';

/** A mistake whose line is not yet known. */
export type UnlocatedMistake = Omit<Mistake, 'line'>;

/** Reports one mistake. */
export type Report = (pointer: string, message: string) => void;

/** Reports duplicate names; case-insensitive, as in PowerShell. */
export function reportRepeated(names: readonly { full: string; place: string }[], report: Report): void {
  const seen = new Set<string>();
  for (const { full, place } of names) {
    if (seen.has(full.toLowerCase())) report(place, `the name '${full}' appears twice`);
    seen.add(full.toLowerCase());
  }
}
