/** The results of the extension's verification, and its part of the report. */
import { code, ending, results, table } from '../../../verification/markdown.js';
import type { CaseResult, ExtensionReport } from '../../../verification/types.js';
import type { Left } from './ledger.js';

/** The answer to a question that the documentation leaves open. */
export interface Measured {
  readonly question: string;
  /** What the system did, or why the question was skipped. */
  readonly found: string;
  /** The expectation according to the project's sources; undefined if there is none. */
  readonly expected?: string;
  readonly isMeasured: boolean;
}

/** The output of netsh, with bytes beyond ASCII as \xNN. */
export interface NetshCapture {
  readonly when: string;
  readonly command: string;
  readonly status: string;
  readonly text: string;
}

export interface PortResults {
  readonly contract: readonly CaseResult[];
  readonly measured: readonly Measured[];
  readonly captures: readonly NetshCapture[];
  /** Blocks that could not be deleted. */
  readonly left: readonly Left[];
}

/** `failure` is the reason why the verification ended early; undefined if it did not. */
export function reportPorts({ contract, measured, captures, left }: PortResults, failure?: string): ExtensionReport {
  return {
    isGood: left.length === 0 && contract.every(({ outcome }) => outcome !== 'deviated'),
    before: [
      '## Cleaning up',
      cleaning(left, failure),
      '## The contract',
      ...(contract.length === 0 ? ['The definition has no port reservation functions.'] : results(contract)),
      '## Open points',
      ...(measured.length === 0 ? ['None were measured.'] : [openPoints(measured)]),
    ],
    after: [
      '## netsh as it was printed',
      'Bytes beyond ASCII are written as \\xNN. Unchanged tables are left out.',
      ...changes(captures).map(({ when, command, status, text }) =>
        code(`> ${command}   (${when}; ${status})\n${text.trim()}`),
      ),
    ],
  };
}

function cleaning(left: readonly Left[], failure: string | undefined): string {
  if (left.length === 0) return `${ending(failure)} Every block that it reserved has been deleted again.`;
  const list = left.map(
    ({ pool, block, code }) => `- ${pool} ${block.start}, ${block.count} ports (Delete answered ${code})`,
  );
  return `${ending(failure)} **These blocks could not be deleted; delete them by hand:**\n\n${list.join('\n')}`;
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

/**
 * Reduces the output to changes: a GitHub issue holds 65,536 characters, and eight tables for each capture would be too
 * many.
 */
function changes(captures: readonly NetshCapture[]): NetshCapture[] {
  const last = new Map<string, string>();
  return captures.filter(({ command, status, text }) => {
    const shown = `${status}\n${text}`;
    if (last.get(command) === shown) return false;
    last.set(command, shown);
    return true;
  });
}
