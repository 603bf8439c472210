/** How checks report mistakes. */

export interface Finding {
  readonly pointer: string;
  readonly message: string;
}

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
