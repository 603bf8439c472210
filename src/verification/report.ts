/** The report of a verification: one Markdown document that can be pasted into an issue. */
import { code, ending, results, table } from './markdown.js';
import { isGood, type ShellResult, type Verification } from './types.js';

/** `date` is formatted for display. `scrub` removes the names of the user and the computer later. */
export function renderReport(verification: Verification, date: string): string {
  const { title, facts, findings, shells, failure, extension } = verification;
  const parts = [
    `# Verification of ${title} on Windows`,
    `${date}. ${verdict(verification)}`,
    table(
      ['', ''],
      facts.map(({ name, value }) => [name, value]),
    ),
    ...(extension?.before ?? [ending(failure)]),
    '## The cmdlets',
    ...(shells.length === 0 ? ['No PowerShell was found.'] : shells.flatMap(shell)),
    '## Diagnosis',
    table(
      ['status', 'check', 'found', 'cure'],
      findings.map(({ status, check, found, cure }) => [status, check, found, cure ?? '']),
    ),
    ...(extension?.after ?? []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function verdict(verification: Verification): string {
  return isGood(verification)
    ? '**Good**: everything that was tested works as documented, and nothing was left behind.'
    : '**Not good**: see below what deviates, failed or was left behind.';
}

function shell({ executable, edition, steps, failure }: ShellResult): string[] {
  return [
    `### ${edition ?? 'A PowerShell of unknown version'}`,
    `${code(executable)}`,
    ...(failure === undefined ? [] : [`It stopped early: ${failure}.`]),
    ...results(steps),
  ];
}
