/**
 * Reads pasted tables of `show excludedportrange` and `show dynamicportrange`. The text may have several tables,
 * prompts, command lines, and the quote marks of mail. A title names its protocol as tcp or udp in every language. Only
 * a command line shows that a table is for IPv6.
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
 * Returns the rows of every table. `protocol` applies to tables whose title was not pasted. Throws DlletError
 * `NetshOutputUnreadable`, with the line, for text that is not part of a table, a table of unknown protocol, a
 * truncated row, and a text without a table.
 */
export function readPastedTables(text: Buffer | string, protocol?: Protocol): PastedTables {
  const exclusions: ExcludedRange[] = [];
  const dynamicRanges: DynamicRange[] = [];
  for (const part of partsOf(linesOf(text), protocol)) {
    // A last line that was pasted without its line end may have lost digits. The parsers reject it if it is a row.
    try {
      if (part.isDynamic) dynamicRanges.push(parseDynamicRange(part.lines, part));
      else exclusions.push(...parseExcludedRanges(part.lines, part));
    } catch (error) {
      throw error instanceof DlletError ? unreadable(part, error.message.replace(/^[^:]*: /, '')) : error;
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
/** The prompts of cmd, of PowerShell on any system, and of netsh itself. */
const PROMPT = /^\s*(?:(?:PS )?[a-z]:\\[^<>|"*?]*>|PS \/[^>]*>|netsh(?: [a-z0-9]+)*>)/i;
const ROW = /^\s*\d{1,5}\s+\d{1,5}\s*\*?\s*$/;
/** Quote marks: `> ` of mail and Markdown, `| ` of issue trackers. netsh begins no line with one. */
const QUOTING = /^(?:\s*[>|])+/;
/**
 * Web pages and mail programs turn spaces into no-break spaces. In UTF-8 that is two bytes, and each byte is one
 * character here.
 */
const NO_BREAK_SPACE = /\u00c2?\u00a0/g;

function linesOf(text: Buffer | string): Line[] {
  return textLines(text)
    .map((line) => ({ ...line, text: line.text.replace(QUOTING, '').replaceAll(NO_BREAK_SPACE, ' ') }))
    .filter((line) => line.text.trim() !== '');
}

/** Each line of dashes begins a table. The lines between it and the end of the previous table say what it contains. */
function partsOf(lines: readonly Line[], protocol: Protocol | undefined): Part[] {
  const starts = lines.flatMap(({ text }, index) => (DASHES.test(text) ? [index] : []));
  if (starts.length === 0) {
    refuseRows(lines);
    throw unreadable(undefined, 'it has no table, because there is no line of dashes');
  }
  let end = 0;
  const parts = starts.map((start, which): Part => {
    const next = starts[which + 1] ?? lines.length;
    const body = lines.slice(start, headOf(lines, start + 1, next));
    refuseRows(lines.slice(end, start));
    const above = lines.slice(end, start).map(({ text }) => text);
    end = start + body.length;
    return {
      protocol: protocolOf(above) ?? protocol ?? withoutProtocol(lines[start] as Line),
      addressFamily: above.some((line) => COMMAND.test(line) && /ipv6/i.test(line)) ? 'IPv6' : 'IPv4',
      isDynamic: DASHES.exec((lines[start] as Line).text)?.[1] === undefined,
      lines: body,
    };
  });
  refuseRows(lines.slice(end));
  return parts;
}

/** Throws for a row outside of a table: its line of dashes was not pasted. */
function refuseRows(lines: readonly Line[]): void {
  const row = lines.find(({ text }) => ROW.test(text));
  if (row === undefined) return;
  const where = `line ${row.number}, "${escapedExcerpt(row.text)}", is a row without a line of dashes above it`;
  throw unreadable(undefined, `${where}, so the table above it was cut off`);
}

/** The first line that does not belong to the table: a prompt, or the command line, title or headings of the next one. */
function headOf(lines: readonly Line[], from: number, next: number): number {
  const isLast = next === lines.length;
  const isHead = ({ text }: Line) => PROMPT.test(text) || COMMAND.test(text) || (!isLast && PROTOCOL.test(text));
  const index = lines.slice(from, next).findIndex(isHead);
  if (index >= 0) return from + index;
  return isLast ? next : next - 1;
}

/** Searches upward, because the title of a table is the nearest one above it. */
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
