/** The report of a verification: one Markdown document that can be pasted into an issue. */
import { code, ending, results, table } from './markdown.js';
import { isGood, type ShellResult, type Verification } from './types.js';

/** `date` as displayed. `scrub` later removes who ran it. */
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
    ? '**Good**: everything that was checked is as documented, and nothing is left.'
    : '**Not good**: see what deviates, failed or is left below.';
}

function shell({ executable, edition, steps, failure }: ShellResult): string[] {
  return [
    `### ${edition ?? 'A PowerShell that did not say which'}`,
    `${code(executable)}`,
    ...(failure === undefined ? [] : [`It did not run to its end: ${failure}.`]),
    ...results(steps),
  ];
}
