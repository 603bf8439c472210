/** Parts of a report, as Markdown. */
import type { CaseResult } from './types.js';

/** Describes how the verification ended. */
export function ending(failure: string | undefined): string {
  return failure === undefined ? 'The verification ran to its end.' : `The verification ended early: ${failure}.`;
}

/** The number of cases that passed, and a row for each one that failed. */
export function results(cases: readonly CaseResult[]): string[] {
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

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*[\r\n]+\s*/g, ' ');
}

export function code(text: string): string {
  return `\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\``;
}
