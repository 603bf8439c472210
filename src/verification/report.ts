/** The report of a verification: one Markdown document that can be pasted into an issue. */
import {
  type CaseResult,
  isGood,
  type Measured,
  type NetshCapture,
  type ShellResult,
  type Verification,
} from './types.js';

/** `date` as it is to be shown. Who ran it is taken out afterwards, by `scrub`. */
export function renderReport(verification: Verification, date: string): string {
  const { title, facts, findings, contract, measured, shells, captures } = verification;
  const parts = [
    `# Verification of ${title} on Windows`,
    `${date}. ${verdict(verification)}`,
    table(
      ['', ''],
      facts.map(({ name, value }) => [name, value]),
    ),
    '## Cleaning up',
    cleaning(verification),
    '## The contract',
    ...(contract.length === 0 ? ['The definition has no port reservation functions.'] : results(contract)),
    '## Open points',
    ...(measured.length === 0 ? ['None were asked.'] : [openPoints(measured)]),
    '## The cmdlets',
    ...(shells.length === 0 ? ['No PowerShell was found.'] : shells.flatMap(shell)),
    '## Diagnosis',
    table(
      ['status', 'check', 'found', 'cure'],
      findings.map(({ status, check, found, cure }) => [status, check, found, cure ?? '']),
    ),
    '## netsh as it was printed',
    'Bytes beyond ASCII are written as \\xNN. A table that is as it was before is left out.',
    ...changes(captures).map(({ when, command, status, text }) =>
      code(`> ${command}   (${when}; ${status})\n${text.trim()}`),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function verdict(verification: Verification): string {
  return isGood(verification)
    ? '**Good**: everything that was checked is as documented, and nothing is left.'
    : '**Not good**: see what deviates, failed or is left below.';
}

function cleaning({ failure, left }: Verification): string {
  const ended =
    failure === undefined ? 'The verification ran to its end.' : `The verification ended early: ${failure}.`;
  if (left.length === 0) return `${ended} Every block that it reserved has been deleted again.`;
  const list = left.map(
    ({ pool, block, code }) => `- ${pool} ${block.start}, ${block.count} ports (Delete answered ${code})`,
  );
  return `${ended} **These blocks could not be deleted; delete them by hand:**\n\n${list.join('\n')}`;
}

function results(cases: readonly CaseResult[]): string[] {
  const of = (outcome: CaseResult['outcome']) => cases.filter((one) => one.outcome === outcome);
  const held = of('held');
  const summary = `${held.length} held, ${of('deviated').length} deviated, ${of('left out').length} left out.`;
  const list = [...of('deviated'), ...of('left out')];
  if (list.length === 0) return [summary];
  return [
    summary,
    table(
      ['case', 'outcome', 'detail'],
      list.map(({ name, outcome, detail }) => [name, outcome, detail ?? '']),
    ),
  ];
}

function openPoints(measured: readonly Measured[]): string {
  return table(
    ['question', 'found', 'expected'],
    measured.map(({ question, found, expected, isMeasured }) => [
      question,
      found,
      expected === undefined ? '' : isMeasured && expected !== found ? `${expected} (**different**)` : expected,
    ]),
  );
}

function shell({ executable, edition, steps, failure }: ShellResult): string[] {
  return [
    `### ${edition ?? 'A PowerShell that did not say which'}`,
    `${code(executable)}`,
    ...(failure === undefined ? [] : [`It did not run to its end: ${failure}.`]),
    ...results(steps),
  ];
}

/** An issue takes 65,536 characters: eight tables each time would be too many. */
function changes(captures: readonly NetshCapture[]): NetshCapture[] {
  const last = new Map<string, string>();
  return captures.filter(({ command, status, text }) => {
    const shown = `${status}\n${text}`;
    if (last.get(command) === shown) return false;
    last.set(command, shown);
    return true;
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*[\r\n]+\s*/g, ' ');
}

function code(text: string): string {
  return `\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\``;
}
