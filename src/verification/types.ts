/** The results of a verification, as data for the report. */
import type { Finding } from '../diagnosis/finding.js';
import type { Left } from '../extensions/port-reservation/verification/ledger.js';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What became of one case of the contract. */
export interface CaseResult {
  readonly name: string;
  readonly outcome: 'held' | 'deviated' | 'left out';
  /** How it deviated, or why it was left out. */
  readonly detail?: string;
}

/** An answer to a question that the documentation leaves open. */
export interface Measured {
  readonly question: string;
  /** What the system did, or why it was not asked. */
  readonly found: string;
  /** What the sources of the project let expect; undefined where nothing does. */
  readonly expected?: string;
  readonly isMeasured: boolean;
}

/** The module's cmdlets in one PowerShell. */
export interface ShellResult {
  readonly executable: string;
  /** Such as `Desktop 5.1.22621.1`; undefined where it did not get so far. */
  readonly edition: string | undefined;
  readonly steps: readonly CaseResult[];
  /** Why it did not run to its end. */
  readonly failure?: string;
}

/** What netsh printed: bytes beyond ASCII as \xNN. */
export interface NetshCapture {
  readonly when: string;
  readonly command: string;
  readonly status: string;
  readonly text: string;
}

export interface Verification {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
  readonly contract: readonly CaseResult[];
  readonly measured: readonly Measured[];
  readonly shells: readonly ShellResult[];
  readonly captures: readonly NetshCapture[];
  /** What ended the verification before its end. */
  readonly failure: string | undefined;
  /** Blocks that could not be deleted. */
  readonly left: readonly Left[];
}

/** True when nothing deviates from what is documented, nothing failed and nothing is left. */
export function isGood({ contract, shells, failure, left }: Verification): boolean {
  const results = [...contract, ...shells.flatMap((shell) => shell.steps)];
  return (
    failure === undefined &&
    left.length === 0 &&
    results.every(({ outcome }) => outcome !== 'deviated') &&
    shells.every((shell) => shell.failure === undefined)
  );
}
