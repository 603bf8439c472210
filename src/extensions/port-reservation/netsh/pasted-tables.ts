/**
 * Reads tables of `show excludedportrange` and `show dynamicportrange` that somebody pasted one under the other, with
 * or without the command lines between them. A title names its protocol as tcp or udp in every language; IPv6 is only
 * told by a command line.
 */
import { DlletError } from '../../../definition/errors.js';
import type { AddressFamily, DynamicRange, ExcludedRange, Protocol } from '../ports/types.js';
import { parseDynamicRange, parseExcludedRanges } from './netsh-table.js';
import { escapedExcerpt, type Line, textLines } from './netsh-text.js';

export interface PastedTables {
  readonly exclusions: readonly ExcludedRange[];
  readonly dynamicRanges: readonly DynamicRange[];
}

/**
 * Returns the rows of every table. `protocol`: that of tables whose title was not pasted. Rejects nothing silently:
 * throws DlletError `NetshOutputUnreadable` with the line for text that is no table, a table whose protocol nobody
 * tells, a row that is cut off, and a text without a table.
 */
export function readPastedTables(text: Buffer | string, protocol?: Protocol): PastedTables {
  const exclusions: ExcludedRange[] = [];
  const dynamicRanges: DynamicRange[] = [];
  for (const part of partsOf(textLines(text), protocol)) {
    // A last line that was pasted without its end may have lost digits; the parsers refuse it if it is a row.
    const table = part.lines.map(({ text: line, complete }) => `${line}${complete ? '\n' : ''}`).join('');
    try {
      if (part.isDynamic) dynamicRanges.push(parseDynamicRange(table, part));
      else exclusions.push(...parseExcludedRanges(table, part));
    } catch (error) {
      throw error instanceof DlletError ? unreadable(part, error.message) : error;
    }
  }
  if (exclusions.length === 0 && dynamicRanges.length === 0) throw unreadable(undefined, 'it has no row');
  return { exclusions, dynamicRanges };
}

interface Part {
  readonly protocol: Protocol;
  readonly addressFamily: AddressFamily;
  readonly isDynamic: boolean;
  /** From the line of dashes to the line before the next table's title. */
  readonly lines: readonly Line[];
}

const DASHES = /^\s*-{3,}(\s+-{3,})?\s*$/;
const PROTOCOL = /\b(tcp|udp)\b/i;
const COMMAND = /\bnetsh\b/i;

/** Each line of dashes is a table; the lines above it, up to the end of the table before, say what it is of. */
function partsOf(lines: readonly Line[], protocol: Protocol | undefined): Part[] {
  const starts = lines.flatMap(({ text }, index) => (DASHES.test(text) ? [index] : []));
  if (starts.length === 0) throw unreadable(undefined, 'it has no table, because there is no line of dashes');
  let end = 0;
  return starts.map((start, which) => {
    const next = starts[which + 1] ?? lines.length;
    const body = lines.slice(start, headOf(lines, start + 1, next));
    const above = lines.slice(end, start).map(({ text }) => text);
    end = start + body.length;
    return {
      protocol: protocolOf(above) ?? protocol ?? withoutProtocol(lines[start] as Line),
      addressFamily: above.some((line) => COMMAND.test(line) && /ipv6/i.test(line)) ? 'IPv6' : 'IPv4',
      isDynamic: DASHES.exec((lines[start] as Line).text)?.[1] === undefined,
      lines: body,
    };
  });
}

/** The first line that belongs to the next table: its command line, title or headings. The last table has none. */
function headOf(lines: readonly Line[], from: number, next: number): number {
  if (next === lines.length) return next;
  const index = lines.slice(from, next).findIndex(({ text }) => PROTOCOL.test(text) || COMMAND.test(text));
  return index < 0 ? next - 1 : from + index;
}

/** The title stands nearest to its table. */
function protocolOf(above: readonly string[]): Protocol | undefined {
  const [, word] = PROTOCOL.exec(above.findLast((line) => PROTOCOL.test(line)) ?? '') ?? [];
  if (word === undefined) return undefined;
  return word.toLowerCase() === 'tcp' ? 'Tcp' : 'Udp';
}

function withoutProtocol(line: Line): never {
  throw unreadable(
    undefined,
    `no title above line ${line.number} says whether the table is for TCP or UDP`,
    PASTE_TITLE,
  );
}

const PASTE_TITLE = 'Paste the title too, or name the protocol with --protocol tcp or --protocol udp.';

function unreadable(part: Part | undefined, reason: string, action = PASTE_AGAIN): DlletError {
  const first = part?.lines[0];
  const where = first ? ` The table begins at line ${first.number}: "${escapedExcerpt(first.text)}".` : '';
  return new DlletError({
    id: 'NetshOutputUnreadable',
    category: 'InvalidData',
    message: `The pasted text cannot be read: ${reason.replace(/\.$/, '')}.${where}`,
    recommendedAction: action,
  });
}

const PASTE_AGAIN =
  'Paste the whole output of netsh interface ipv4 show excludedportrange tcp, or the same with udp or dynamicportrange.';
