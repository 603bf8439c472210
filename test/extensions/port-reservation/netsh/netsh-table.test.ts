import { describe, expect, it } from 'vitest';
import { DlletError } from '../../../../src/definition/errors.js';
import {
  parseDynamicRange,
  parseExcludedRanges,
} from '../../../../src/extensions/port-reservation/netsh/netsh-table.js';
import type { RangeQuery } from '../../../../src/extensions/port-reservation/ports/types.js';
import { growth } from '../../../support/growth.js';

const QUERY: RangeQuery = { protocol: 'Udp', addressFamily: 'IPv6' };
const HEAD = ['', 'Protocol udp Something', '', 'First       Last      ', '-----       ----      '];
const LEGEND = ['', '* - Some words about it.', ''];

const range = (startPort: number, endPort: number, administered = false) => ({
  ...QUERY,
  startPort,
  endPort,
  administered,
});

describe('parseExcludedRanges', () => {
  it('reads rows in their order, with and without a star, whatever their widths', () => {
    const rows = [
      '      7000        7009      ',
      '1 65535',
      ' 300\t300 *',
      '     40000       40999     *  ',
      '00080 81*',
    ];
    expect(parseExcludedRanges(table(rows), QUERY)).toEqual([
      range(7000, 7009),
      range(1, 65_535),
      range(300, 300, true),
      range(40_000, 40_999, true),
      range(80, 81, true),
    ]);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CRCRLF', '\r\r\n'],
    ['CR', '\r'],
  ])('reads %s line ends', (_name, end) => {
    expect(parseExcludedRanges(table(['  10   20', '  30   30   *'], end), QUERY)).toEqual([
      range(10, 20),
      range(30, 30, true),
    ]);
  });

  it('reads bytes, UTF-16 with and without a mark, UTF-8 with a mark, and text', () => {
    const text = table(['  10   20', '  30   30   *'], '\r\n', ['Début ünd 终', '', '---- ----']);
    const forms = [
      text,
      `\uFEFF${text}`,
      Buffer.from(text, 'utf8'),
      Buffer.from(`\uFEFF${text}`, 'utf8'),
      Buffer.from(text, 'latin1'),
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
    ];
    for (const form of forms) {
      expect(parseExcludedRanges(form, QUERY)).toEqual([range(10, 20), range(30, 30, true)]);
    }
  });

  it.each(['utf8', 'utf16le'] as const)('reads a dash line right behind the mark of %s', (encoding) => {
    const text = '\uFEFF---- ----\n 5 6\n';
    for (const form of [text, Buffer.from(text, encoding)]) {
      expect(parseExcludedRanges(form, QUERY)).toEqual([range(5, 6)]);
    }
  });

  it('does not care what the letters have become', () => {
    const mojibake = Buffer.from('80\x82\xa0\x85\xff\x0b\x0c', 'latin1').toString('latin1');
    const text = `\xff\xfb ${mojibake}\n\n\x8d\x90\n---  ----\n 5  6\n\n* \x96 \xa0\x85\n\x85\n`;
    expect(parseExcludedRanges(Buffer.from(text, 'latin1'), QUERY)).toEqual([range(5, 6)]);
  });

  it('takes a table without rows for an empty list only under its dash line', () => {
    expect(parseExcludedRanges(table([]), QUERY)).toEqual([]);
    expect(parseExcludedRanges('title\n---- ----\n', QUERY)).toEqual([]);
    expect(() => parseExcludedRanges('title\n\n* - legend\n', QUERY)).toThrow(DlletError);
    expect(() => parseExcludedRanges('title\n----\n\n* - legend\n', QUERY)).toThrow(DlletError);
    expect(() => parseExcludedRanges('title\n---- ----', QUERY)).toThrow(/line end/);
  });

  it.each([
    ['several lines of legend', [' 5 6', ' * - one', 'and another']],
    ['no blank line before the legend', [' 5 6', '* - one']],
    ['dots in the place of more rows', [' 5 6', '   ......']],
    ['blank lines between rows', ['', ' 5 6', '   ', '']],
  ])('lets pass: %s', (_name, lines) => {
    expect(parseExcludedRanges([...HEAD, ...lines, ''].join('\n'), QUERY)).toEqual([range(5, 6)]);
  });

  it.each([
    ['start above end', ' 21 20'],
    ['port 0', ' 0 20'],
    ['ports 0', ' 0 0'],
    ['above 65535', ' 65000 65536'],
    ['six digits', ' 1 000002'],
    ['one number', ' 20'],
    ['three numbers', ' 1 2 3'],
    ['two stars', ' 1 2 * *'],
    ['a star in front', ' * 1 2'],
    ['a letter', ' 1 2 x'],
    ['a sign', ' -1 2'],
    ['a decimal point', ' 1.5 2'],
    ['a separator', ' 1-2'],
    ['a letter in a number', ' 1O 20'],
    ['a zero byte', ' 1 2\0'],
  ])('refuses a damaged row: %s', (_name, row) => {
    for (const rows of [[row], [' 5 6', row], [row, ' 5 6']]) {
      const error = errorOf(() => parseExcludedRanges(table(rows), QUERY));
      expect(error).toMatchObject({ id: 'NetshOutputUnreadable', category: 'InvalidData' });
      expect(error.message).toContain('"start end"');
      expect(error.data).toMatchObject({ line: HEAD.length + rows.indexOf(row) + 1 });
      expect(error.message).toContain(row.trim().replace('\0', '\\x00'));
    }
  });

  it.each([
    ['nothing', ''],
    ['blank lines', '\r\n\r\n'],
    ['an error message', 'Der folgende Befehl wurde nicht gefunden: interface ipv4 show.\r\n'],
    ['a message in a code page', Buffer.from([0x83, 0x47, 0x83, 0x89, 0x81, 0x5b, 0x0d, 0x0a])],
    ['rows without a dash line', ' 5 6\n 7 8\n'],
    ['a row above the dash line', `title\n 5 6\n---- ----\n 7 8\n`],
    ['a row after the legend', table([' 5 6', '* - legend', ' 7 8'])],
    ['a row after dots', table([' 5 6', '....', ' 7 8'])],
    ['dots without a row', [...HEAD, '....', ''].join('\n')],
    ['text instead of rows', [...HEAD, 'No more memory.', ''].join('\n')],
    ['rows that have lost their digits', [...HEAD, '   ????    ????', ...LEGEND].join('\n')],
    ['a last row that has lost its digits', [...HEAD, '   5   6', '   ????    ????', ...LEGEND].join('\n')],
    ['digits that are not ASCII', [...HEAD, '   ٥   ٦', ''].join('\n')],
    ['digits in the legend', table([' 5 6', '* - 12 words'])],
    ['two tables', `${table([' 5 6'])}\n${table([])}`],
    ['two tables without rows', `${table([])}\n${table([])}`],
    ['a last row without a line end', [...HEAD, ' 5 6', ' 7 8'].join('\n')],
    ['UTF-16 of the other byte order', Buffer.from(`\uFEFF${table([' 5 6'])}`, 'utf16le').swap16()],
  ])('refuses %s', (_name, output) => {
    expect(errorOf(() => parseExcludedRanges(output, QUERY))).toMatchObject({ id: 'NetshOutputUnreadable' });
  });

  it('says what was expected and shows the line, in ASCII and not at length', () => {
    const line = `\x1b[31m "\\é\t${'7 '.repeat(5000)}`;
    const { message, recommendedAction } = errorOf(() => parseExcludedRanges(Buffer.from(table([line])), QUERY));
    expect(message).toContain(String.raw`line ${HEAD.length + 1} is "\x1b[31m \"\\\xc3\xa9\t7 7 7`);
    expect(message).toMatch(/^[ -~]*$/);
    expect(message.length).toBeLessThan(400);
    expect(recommendedAction).toContain('console');
  });

  it('needs one pass over a long line of rubbish', () => {
    for (const rubbish of [' ', '-', '\t-', '1', ' 1', '1 1 ', '*', '.', 'a', '\\']) {
      const parse = (size: number) => {
        const line = rubbish.repeat(size);
        expect(() => parseExcludedRanges(`-${line}x\n--- ---\n${line}x\n1 2${line}x\n`, QUERY)).toThrow(DlletError);
        expect(() => parseDynamicRange(`${line}x\n---\n${line}x\nx: 1${line}x\n`, QUERY)).toThrow(DlletError);
      };
      expect(growth(parse, 50_000, 400_000)).toBeLessThan(32);
    }
  });
});

describe('parseDynamicRange', () => {
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('reads start and count with %s', (_name, end) => {
    const text = ['', 'Title udp', '-----------', 'From here      : 40000', 'So many : 25536  ', '', ''].join(end);
    const expected = { ...QUERY, startPort: 40_000, numberOfPorts: 25_536 };
    for (const form of [text, Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(`\uFEFF${text}`)]) {
      expect(parseDynamicRange(form, QUERY)).toEqual(expected);
    }
  });

  it.each([
    ['nothing', ''],
    ['a message', 'Befehl nicht gefunden: interface.\r\n'],
    ['no dash line', 'a : 1024\nb : 100\n'],
    ['one line', '---\na : 1024\n'],
    ['no line', '---\n'],
    ['three lines', '---\na : 1024\nb : 100\nc : 5\n'],
    ['words after them', '---\na : 1024\nb : 100\nand more\n'],
    ['no label', '---\n : 1024\nb : 100\n'],
    ['no colon', '---\na 1024\nb 100\n'],
    ['no number', '---\na : \nb : 100\n'],
    ['two numbers', '---\na : 1024 5\nb : 100\n'],
    ['a number in the label', '---\na1 : 1024\nb : 100\n'],
    ['port 0', '---\na : 0\nb : 100\n'],
    ['no ports', '---\na : 1024\nb : 0\n'],
    ['a start above 65535', '---\na : 65536\nb : 1\n'],
    ['an end above 65535', '---\na : 49152\nb : 16385\n'],
    ['a count that may be cut', '---\na : 49152\nb : 163'],
    ['two tables', '---\na : 1024\n---\nb : 100\n'],
    ['an exclusion table', table([' 5 6', ' 7 8'])],
  ])('refuses %s', (_name, output) => {
    const error = errorOf(() => parseDynamicRange(output, QUERY));
    expect(error).toMatchObject({ id: 'NetshOutputUnreadable', category: 'InvalidData' });
    expect(error.message).toContain('expected');
  });
});

function table(rows: readonly string[], end = '\n', head: readonly string[] = HEAD): string {
  return [...head, ...rows, ...LEGEND, ''].join(end);
}

function errorOf(action: () => unknown): DlletError {
  try {
    action();
  } catch (error) {
    if (error instanceof DlletError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
