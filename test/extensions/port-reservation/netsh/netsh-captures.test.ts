import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  parseDynamicRange,
  parseExcludedRanges,
} from '../../../../src/extensions/port-reservation/netsh/netsh-table.js';
import type { ExcludedRange, RangeQuery } from '../../../../src/extensions/port-reservation/ports/types.js';

const FOLDER = fileURLToPath(new URL('../../../../../shared/data/netsh/', import.meta.url));
const PRESENT = existsSync(FOLDER);
const TITLE = 'captures of real netsh output (../shared/data/netsh)';

/** The content of each file, counted by a person: number of rows, first row, last row, every starred row. */
const BY_EYE: Readonly<Record<string, readonly [rows: number, first: string, last: string, ...starred: string[]]>> = {
  'de-ipv4-tcp-1': [8, '28380-28380', '51099-51198'],
  'de-ipv4-tcp-2': [2, '28380-28380', '28385-28385'],
  'de-ipv4-tcp-3': [9, '28380-28380', '50301-50400', '50000-50000'],
  'de-ipv4-tcp-4': [15, '5357-5357', '60806-60905', '50000-50059'],
  'de-ipv4-tcp-5': [7, '5357-5357', '50000-50059', '50000-50059'],
  'en-ipv4-tcp-1': [5, '80-80', '51517-51616'],
  'en-ipv4-tcp-2': [5, '80-80', '56738-56837'],
  'en-ipv4-tcp-3': [4, '80-80', '55679-55679', '55679-55679'],
  'en-ipv4-tcp-4': [11, '5985-5985', '53386-53485', '50000-50059'],
  'en-ipv4-tcp-5': [16, '5357-5357', '57154-57253', '50000-50059'],
  'en-ipv4-tcp-6': [12, '1061-1160', '50000-50059', '50000-50059'],
  'en-ipv4-tcp-7': [7, '49705-49804', '50563-50662'],
  'en-ipv4-tcp-8': [11, '5357-5357', '50779-50878'],
  'en-ipv4-tcp-9': [10, '5357-5357', '59263-59362', '50000-50059'],
  'en-ipv4-tcp-10': [9, '1078-1177', '50131-50131', '50000-50059'],
  'en-ipv4-udp-1': [2, '56030-56129', '56130-56229'],
  'en-ipv4-udp-2': [5, '50000-50059', '59336-59435', '50000-50059'],
  'en-ipv4-udp-3': [2, '50000-50059', '64670-64769', '50000-50059'],
  // The person who pasted it left the stars out.
  'es-ipv4-tcp-1': [24, '1025-1124', '50000-50059'],
  'es-ipv4-tcp-2': [4, '1898-1997', '50000-50059', '50000-50059'],
  'es-ipv4-tcp-3': [
    ...([16, '20-22', '50000-50059'] as const),
    ...['20-22', '80-80', '443-443', '3306-3306', '5432-5432', '8000-8000', '8080-8080', '8888-8888'],
    ...['40000-40010', '50000-50059'],
  ],
  'fr-ipv4-tcp-1': [14, '80-80', '50000-50059', '50000-50059'],
  'ko-ipv4-tcp-1': [10, '5357-5357', '50000-50059', '50000-50059'],
  'ko-ipv4-tcp-2': [9, '7654-7753', '50000-50059', '50000-50059'],
  'ko-ipv4-tcp-3': [1, '50000-50059', '50000-50059', '50000-50059'],
  'ko-ipv4-tcp-4': [10, '20238-20337', '50195-50294', '50000-50059'],
  'ko-ipv4-tcp-5': [8, '1461-1560', '50000-50059', '50000-50059'],
  'ko-ipv6-tcp-1': [8, '5357-5357', '50000-50059', '50000-50059'],
  'pt-ipv4-tcp-1': [5, '5357-5357', '55245-55344', '50000-50059'],
  'ru-ipv4-tcp-1': [12, '5357-5357', '51440-51539', '50000-50059'],
  'zh-ipv4-tcp-1': [0, '', ''],
  'zh-ipv4-tcp-2': [18, '1607-1706', '54235-54235', '50000-50059'],
  'zh-ipv4-tcp-3': [14, '1203-1302', '54236-54236', '1433-1433', '10362-10363', '50000-50059'],
  'zh-ipv4-tcp-4': [19, '4549-4648', '50000-50059', '50000-50059'],
  'zh-ipv4-tcp-5': [11, '5357-5357', '50911-51010', '50051-50051'],
  'zh-ipv4-tcp-6': [13, '49675-49774', '58133-58232', '50000-50059'],
  'zh-tw-ipv4-tcp-1': [16, '1073-1172', '50000-50059', '50000-50059'],
  'zh-tw-ipv4-tcp-2': [6, '1162-1261', '50000-50059', '50000-50059'],
};

const DYNAMIC: Readonly<Record<string, readonly [startPort: number, numberOfPorts: number]>> = {
  'dynamic-en-ipv4-udp-1': [49_152, 16_384],
  'dynamic-zh-ipv4-tcp-1': [1024, 13_977],
  'dynamic-zh-tw-ipv4-tcp-1': [49_152, 16_384],
};

const NO_TABLES = ['help-es-add-excludedportrange-1', 'help-es-delete-excludedportrange-1'];

describe.skipIf(!PRESENT)(PRESENT ? TITLE : `${TITLE}: skipped, this machine does not have them`, () => {
  it('are all listed here, and no other', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));
    const listed = [...Object.keys(BY_EYE), ...Object.keys(DYNAMIC), ...NO_TABLES];
    expect(files.map((file) => path.basename(file, '.txt')).sort()).toEqual(listed.sort());
  });

  it.each(Object.entries(BY_EYE))('%s: the rows a person reads', (name, [count, first, last, ...starred]) => {
    const ranges = parseExcludedRanges(capture(name), queryOf(name));
    expect(ranges).toHaveLength(count);
    expect(ranges.slice(0, 1).map(rangeText)).toEqual(count === 0 ? [] : [first]);
    expect(ranges.slice(-1).map(rangeText)).toEqual(count === 0 ? [] : [last]);
    expect(ranges.filter(({ administered }) => administered).map(rangeText)).toEqual(starred);
    expect(ranges.map(rowText)).toEqual(rowsByWords(capture(name).toString('utf8')));
    expect(ranges).toEqual(ranges.map((range) => ({ ...range, ...queryOf(name) })));
  });

  it.each(Object.keys(BY_EYE))('%s: the same as UTF-16, with CRLF, and with every letter damaged', (name) => {
    const text = capture(name).toString('utf8');
    const expected = parseExcludedRanges(capture(name), queryOf(name));
    const damaged = Buffer.from(capture(name).map((byte) => (byte >= 0x40 ? 0x80 | ((byte * 7) & 0x7f) : byte)));
    const forms = [
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      Buffer.from(`\uFEFF${text}`, 'utf8'),
      Buffer.from(text.replaceAll(/\r?\n/g, '\r\n')),
      damaged,
      text,
    ];
    for (const form of forms) expect(parseExcludedRanges(form, queryOf(name))).toEqual(expected);
  });

  it.each(Object.entries(DYNAMIC))('%s: start and count', (name, [startPort, numberOfPorts]) => {
    const query = queryOf(name);
    expect(parseDynamicRange(capture(name), query)).toEqual({ ...query, startPort, numberOfPorts });
    expect(() => parseExcludedRanges(capture(name), query)).toThrow(/cannot be read/);
  });

  it.each(NO_TABLES)('%s: help text is no table', (name) => {
    const query: RangeQuery = { protocol: 'Tcp', addressFamily: 'IPv4' };
    expect(() => parseExcludedRanges(capture(name), query)).toThrow(/dash line/);
    expect(() => parseDynamicRange(capture(name), query)).toThrow(/dash line/);
  });

  it.each(Object.keys(BY_EYE))('%s: is no dynamic range', (name) => {
    expect(() => parseDynamicRange(capture(name), queryOf(name))).toThrow(/dash line/);
  });
});

function capture(name: string): Buffer {
  return readFileSync(path.join(FOLDER, `${name}.txt`));
}

function queryOf(name: string): RangeQuery {
  return { protocol: name.includes('-udp-') ? 'Udp' : 'Tcp', addressFamily: name.includes('-ipv6-') ? 'IPv6' : 'IPv4' };
}

function rangeText({ startPort, endPort }: ExcludedRange): string {
  return `${startPort}-${endPort}`;
}

function rowText({ startPort, endPort, administered }: ExcludedRange): string {
  return [startPort, endPort, ...(administered ? ['*'] : [])].join(' ');
}

/** Another way to find the rows: the words of every line that consists of nothing but numbers and a star. */
function rowsByWords(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  return lines.filter((words) => Number(words[0]) > 0).map((words) => words.join(' '));
}
