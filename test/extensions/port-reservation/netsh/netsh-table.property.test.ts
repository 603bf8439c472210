import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DlletError } from '../../../../src/definition/errors.js';
import {
  parseDynamicRange,
  parseExcludedRanges,
} from '../../../../src/extensions/port-reservation/netsh/netsh-table.js';
import type {
  DynamicRange,
  ExcludedRange,
  RangeQuery,
} from '../../../../src/extensions/port-reservation/ports/types.js';

const query = fc.record<RangeQuery>({
  protocol: fc.constantFrom('Tcp', 'Udp'),
  addressFamily: fc.constantFrom('IPv4', 'IPv6'),
});

const rows = fc.array(
  fc
    .record({
      a: fc.integer({ min: 1, max: 65_535 }),
      b: fc.integer({ min: 1, max: 65_535 }),
      administered: fc.boolean(),
    })
    .map(({ a, b, administered }) => ({ startPort: Math.min(a, b), endPort: Math.max(a, b), administered })),
  { maxLength: 30 },
);

/** Bytes of words in any language and code page: no line end, digit, or other character that counts. */
const words = fc.array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 30 }).map(toWords);

const layout = fc.record({
  titles: fc.array(words, { maxLength: 4 }),
  dashes: fc.tuple(fc.integer({ min: 3, max: 20 }), fc.integer({ min: 3, max: 20 })),
  widths: fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 6, max: 16 })),
  star: fc.constantFrom('*', ' *', '     *', '     *  ', '\t*'),
  noStar: fc.constantFrom('', '      ', '\t'),
  legend: fc.option(words, { nil: undefined }),
  end: fc.constantFrom('\n', '\r\n', '\r\r\n'),
});

type Row = Pick<ExcludedRange, 'startPort' | 'endPort' | 'administered'>;
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

/** Pieces of real outputs, so that random ones come close to being tables. */
const fragments = fc.constantFrom(
  ...[
    '\n',
    '\r\n',
    '---------- --------\n',
    '-------\n',
    ' 5 6\n',
    ' 5 6 *\n',
    '\n* - x\n',
    ' : 80\n',
    'a : 80\n',
    '....\n',
    '70000',
    '0 ',
    '\0',
  ],
);

describe('tables of any form', () => {
  it('give back exactly the ranges that were written, as bytes in a code page and as UTF-16', () => {
    fc.assert(
      fc.property(query, rows, layout, (asked, written, form) => {
        const text = render(written, form);
        const expected = written.map((row) => ({ ...asked, ...row }));
        expect(parseExcludedRanges(Buffer.from(text, 'latin1'), asked)).toEqual(expected);
        expect(parseExcludedRanges(Buffer.from(text, 'utf16le'), asked)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('cut anywhere give an error or whole rows from the first on, never a wrong row', () => {
    fc.assert(
      fc.property(query, rows, layout, fc.nat(), fc.boolean(), (asked, written, form, where, wide) => {
        const whole = Buffer.from(render(written, form), wide ? 'utf16le' : 'latin1');
        const cut = whole.subarray(0, where % whole.length);
        const read = attempt(() => parseExcludedRanges(cut, asked));
        if (read === undefined) return;
        expect(read).toEqual(written.slice(0, read.length).map((row) => ({ ...asked, ...row })));
        expect(endsWithWholeTable(cut, wide, read.length)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('cut at every byte of one table: the same', () => {
    const form: Layout = {
      titles: ['T', ''],
      dashes: [10, 8],
      widths: [10, 12],
      star: '     *',
      noStar: '      ',
      legend: 'x',
      end: '\r\n',
    };
    const written: Row[] = [
      { startPort: 80, endPort: 8080, administered: false },
      { startPort: 5, endPort: 50_059, administered: true },
      { startPort: 1, endPort: 11_111, administered: true },
    ];
    const asked: RangeQuery = { protocol: 'Tcp', addressFamily: 'IPv4' };
    const whole = Buffer.from(render(written, form), 'latin1');
    for (let length = 0; length < whole.length; length += 1) {
      const read = attempt(() => parseExcludedRanges(whole.subarray(0, length), asked));
      if (read !== undefined) expect(read).toEqual(written.slice(0, read.length).map((row) => ({ ...asked, ...row })));
    }
  });

  it('give back a dynamic range', () => {
    const range = fc
      .integer({ min: 1, max: 65_535 })
      .chain((startPort) =>
        fc.record({
          startPort: fc.constant(startPort),
          numberOfPorts: fc.integer({ min: 1, max: 65_536 - startPort }),
        }),
      )
      .filter(({ numberOfPorts }) => numberOfPorts <= 65_535);
    const label = words.filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(
        query,
        range,
        words,
        label,
        label,
        fc.constantFrom('\n', '\r\n'),
        (asked, written, title, a, b, end) => {
          const lines = [
            '',
            title,
            '---------',
            `${a}: ${written.startPort}`,
            `${b} :${written.numberOfPorts} `,
            '',
            '',
          ];
          const bytes = Buffer.from(lines.join(end), 'latin1');
          const expected: DynamicRange = { ...asked, ...written };
          expect(parseDynamicRange(bytes, asked)).toEqual(expected);
          for (let length = 0; length < bytes.length; length += 1) {
            const read = attempt(() => parseDynamicRange(bytes.subarray(0, length), asked));
            if (read !== undefined) expect(read).toEqual(expected);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('bytes of any kind', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
    fc.array(fc.oneof(fragments, words), { maxLength: 12 }).map((parts) => Buffer.from(parts.join(''), 'latin1')),
    fc.array(fc.oneof(fragments, words), { maxLength: 12 }).map((parts) => Buffer.from(parts.join(''), 'utf16le')),
    fc.string({ unit: 'binary', maxLength: 100 }),
  );

  it('are an error or a table: never a crash, and an empty list only from a dash line without rows', () => {
    fc.assert(
      fc.property(query, bytes, (asked, output) => {
        const read = attempt(() => parseExcludedRanges(output, asked));
        if (read?.length === 0) expect(isEmptyTable(output)).toBe(true);
        for (const { startPort, endPort } of read ?? [])
          expect(1 <= startPort && startPort <= endPort && endPort <= 65_535).toBe(true);
        attempt(() => parseDynamicRange(output, asked));
      }),
      { numRuns: 3000 },
    );
  });
});

/** The result; undefined for an unreadable output. Anything else that is thrown is a crash. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof DlletError && error.id === 'NetshOutputUnreadable') return undefined;
    throw error;
  }
}

function render(written: readonly Row[], form: Layout): string {
  const lines = written.map(({ startPort, endPort, administered }) => {
    const numbers = String(startPort).padStart(form.widths[0]) + String(endPort).padStart(form.widths[1]);
    return numbers + (administered ? form.star : form.noStar);
  });
  const dashLine = `${'-'.repeat(form.dashes[0])}    ${'-'.repeat(form.dashes[1])}`;
  const legend = form.legend === undefined ? [] : ['', `* - ${form.legend}`, ''];
  return ['', ...form.titles, dashLine, ...lines, ...legend, ''].join(form.end);
}

function toWords(codes: readonly number[]): string {
  return String.fromCharCode(...codes).replaceAll(/[\d:*-]/g, 'x');
}

/** Whether a cut output goes at least to the end of the last row that was read. */
function endsWithWholeTable(cut: Buffer, wide: boolean, rowsRead: number): boolean {
  const lines = cut.toString(wide ? 'utf16le' : 'latin1').split(/\r+\n?|\n/);
  const dashLine = lines.findIndex((line) => /^-+ +-+$/.test(line));
  return dashLine !== -1 && lines.length > dashLine + 1 + rowsRead;
}

/** Two runs of dashes on a line of their own, and no digit after it: told without the parser's own means. */
function isEmptyTable(output: Buffer | string): boolean {
  const texts = typeof output === 'string' ? [output] : [output.toString('latin1'), output.toString('utf16le')];
  return texts.some((text) => {
    const [, below] = text.split(/(?:^|[\r\n\uFEFF]|ï»¿)[ \t]*-{3,}[ \t]+-{3,}[ \t]*[\r\n]/);
    return below !== undefined && !/[0-9]/.test(below);
  });
}
