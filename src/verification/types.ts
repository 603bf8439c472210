/** The results of a verification, as data for the report. */
import type { Finding } from '../diagnosis/finding.js';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** The outcome of one case. */
export interface CaseResult {
  readonly name: string;
  readonly outcome: 'held' | 'deviated' | 'left out';
  /** The deviation, or why it was skipped. */
  readonly detail?: string;
}

/** The module's cmdlets in one PowerShell. */
export interface ShellResult {
  readonly executable: string;
  /** Such as `Desktop 5.1.22621.1`; undefined if the run ended before it was known. */
  readonly edition: string | undefined;
  readonly steps: readonly CaseResult[];
  /** The reason why it did not finish; absent if it did. */
  readonly failure?: string;
}

/** An extension's part of the report. */
export interface ExtensionReport {
  /** True if there is no deviation from the documentation, no failure and no leftover. */
  readonly isGood: boolean;
  /** Blocks of Markdown before the section about the cmdlets, including how the verification ended, and at the end. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Verification {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
  readonly shells: readonly ShellResult[];
  /** The reason why the verification ended early; undefined if it did not. */
  readonly failure: string | undefined;
  readonly extension: ExtensionReport | undefined;
}

/** True if there is no deviation from the documentation, no failure and no leftover. */
export function isGood({ shells, failure, extension }: Verification): boolean {
  return (
    failure === undefined &&
    extension?.isGood !== false &&
    shells.every((shell) => shell.failure === undefined && shell.steps.every(({ outcome }) => outcome !== 'deviated'))
  );
}
