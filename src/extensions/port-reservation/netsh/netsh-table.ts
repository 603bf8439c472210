/**
 * Parses the tables of `netsh interface ipv4|ipv6 show excludedportrange` and `show dynamicportrange`, independently of
 * their language and code page: only digits, `*`, `-`, `:` and lines are interpreted, never words.
 *
 * Form of the tables: from captures in nine languages.
 */
import { DlletError } from '../../../definition/errors.js';
import type { DynamicRange, ExcludedRange, RangeQuery } from '../ports/types.js';
import { escapedExcerpt, type Line, textLines } from './netsh-text.js';

/** What a program printed, or the lines of a part of it, with their numbers in the whole. */
type Printed = Buffer | string | readonly Line[];

const isLines = (output: Printed): output is readonly Line[] => Array.isArray(output);

/**
 * Returns the rows of a `show excludedportrange` table, in its order.
 *
 * Above the dash line (two runs of dashes) there may be anything but a row. Below it are the rows, and then the legend:
 * text without digits whose first line has a `*`. A line of dots after a row is accepted, because people shorten quoted
 * tables with one. A table without rows is an empty list only if it has a dash line. Everything else is DlletError
 * `NetshOutputUnreadable`: no dash line, a line of digits that is not a row, a row with port 0 (the system refuses such
 * an exclusion) or above 65535, a row after the legend, a second table.
 *
 * A last row without a line end is refused, because its digits may be truncated. A truncation between two lines cannot
 * be detected from the text and returns the rows before it; netsh's exit status covers that case.
 */
export function parseExcludedRanges(output: Printed, { protocol, addressFamily }: RangeQuery): ExcludedRange[] {
  const rows: ExcludedRange[] = [];
  let legend = false;
  for (const line of linesBelow(DASHES_OF_TWO_COLUMNS, output)) {
    const row = readRow(line);
    if (row === undefined) {
      if (!legend) beginLegend(line, rows.length > 0);
      legend = true;
    } else {
      if (legend) throw unreadable('no row after the legend', line);
      rows.push({ protocol, addressFamily, ...row });
    }
  }
  return rows;
}

/**
 * Returns the range of a `show dynamicportrange` table: exactly two lines `label : number` below a dash line, the first
 * port and the number of ports (not the last port). Anything else is DlletError `NetshOutputUnreadable`.
 */
export function parseDynamicRange(output: Printed, { protocol, addressFamily }: RangeQuery): DynamicRange {
  const [start, count, more] = linesBelow(DASHES_OF_ONE_COLUMN, output);
  const expected = 'two lines "label : number" below the dash line';
  if (start === undefined || count === undefined) throw unreadable(expected, start);
  if (more !== undefined) throw unreadable(`${expected} and nothing more`, more);
  const startPort = labelledNumber(start);
  const numberOfPorts = labelledNumber(count);
  if (startPort + numberOfPorts - 1 > HIGHEST_PORT) {
    throw unreadable(`a number of ports that fits between port ${startPort} and ${HIGHEST_PORT}`, count);
  }
  return { protocol, addressFamily, startPort, numberOfPorts };
}

const HIGHEST_PORT = 65_535;
// Each of these expressions must take linear time, even for a long line of invalid text.
const DASHES_OF_TWO_COLUMNS = /^[ \t]*-{3,}[ \t]+-{3,}[ \t]*$/;
const DASHES_OF_ONE_COLUMN = /^[ \t]*-{3,}[ \t]*$/;
const ROW = /^[ \t]*(\d{1,5})[ \t]+(\d{1,5})(?:[ \t]*(\*))?[ \t]*$/;
const LABELLED_NUMBER = /^([^\d:]*):[ \t]*(\d{1,5})[ \t]*$/;
const ELLIPSIS = /^[ \t]*\.{3,}[ \t]*$/;

type Row = Pick<ExcludedRange, 'startPort' | 'endPort' | 'administered'>;

/** Returns the lines below the dash line. It must occur once, and nothing above it may look like a row. */
function linesBelow(dashes: RegExp, output: Printed): Line[] {
  const lines = isLines(output) ? output : textLines(output);
  const index = lines.findIndex(({ text }) => dashes.test(text));
  const dashLine = lines[index];
  if (dashLine === undefined) throw unreadable('a table with a dash line under its headings', lines[0]);
  requireLineEnd(dashLine);
  const rowAbove = lines.slice(0, index).find(({ text }) => ROW.test(text));
  if (rowAbove !== undefined) throw unreadable('no row above the dash line', rowAbove);
  const below = lines.slice(index + 1);
  const second = below.find(({ text }) => dashes.test(text));
  if (second !== undefined) throw unreadable('one table, with one dash line', second);
  return below;
}

/** Returns a row, or undefined for a line without digits. Throws if there are digits but no row. */
function readRow(line: Line): Row | undefined {
  if (!/\d/.test(line.text)) return undefined;
  const [, start, end, star] = ROW.exec(line.text) ?? [];
  const startPort = Number(start);
  const endPort = Number(end);
  if (startPort > endPort) {
    throw unreadable('a row "start end" whose end is not below its start (a number of ports, or missing digits)', line);
  }
  if (!(startPort >= 1 && startPort <= endPort && endPort <= HIGHEST_PORT)) {
    throw unreadable(`a row "start end" or "start end *" with 1 <= start <= end <= ${HIGHEST_PORT}`, line);
  }
  requireLineEnd(line);
  return { startPort, endPort, administered: star !== undefined };
}

/** Throws unless a line without digits may appear below the rows: it could be a row that lost its digits. */
function beginLegend(line: Line, afterRows: boolean): void {
  if (line.text.includes('*') || (afterRows && ELLIPSIS.test(line.text))) return;
  throw unreadable('rows, or the legend that explains the *', line);
}

function labelledNumber(line: Line): number {
  const [, label = '', digits] = LABELLED_NUMBER.exec(line.text) ?? [];
  const value = Number(digits);
  if (label.trim() === '' || !(value >= 1 && value <= HIGHEST_PORT)) {
    throw unreadable(`a line "label : number" with a number from 1 to ${HIGHEST_PORT}`, line);
  }
  requireLineEnd(line);
  return value;
}

function requireLineEnd(line: Line): void {
  if (!line.complete) throw unreadable('a line end after the last line', line);
}

function unreadable(expected: string, line: Line | undefined): DlletError {
  const found = line === undefined ? 'the output has none' : `line ${line.number} is "${escapedExcerpt(line.text)}"`;
  return new DlletError({
    id: 'NetshOutputUnreadable',
    category: 'InvalidData',
    message: `The output of netsh cannot be read: expected ${expected}, but ${found}.`,
    recommendedAction:
      'Run the same netsh command in a console. If it prints a table there, report the table together with ' +
      'this message. No assumption about the ports was made.',
    data: line === undefined ? { expected } : { expected, line: line.number, text: escapedExcerpt(line.text) },
  });
}
