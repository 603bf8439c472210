/** Bytes in chunks of any size, lines out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../src/bridge/line-splitter.js';

const OVERSIZED = Symbol('oversized');
type Event = string | typeof OVERSIZED;

/** Returns the splitter's reports about these chunks; `end` is true if the stream ends. */
function split(chunks: readonly (Buffer | string)[], { limit = 100, end = true } = {}): Event[] {
  const events: Event[] = [];
  const splitter = createLineSplitter(limit, {
    onLine: (line) => events.push(line.toString('latin1')),
    onOversized: () => events.push(OVERSIZED),
  });
  for (const chunk of chunks) splitter.push(Buffer.from(chunk as string, 'latin1'));
  if (end) splitter.end();
  return events;
}

describe('lines', () => {
  it.each<[string, readonly string[], readonly Event[]]>([
    ['nothing', [], []],
    ['an empty chunk', [''], []],
    ['one line', ['ab\n'], ['ab']],
    ['a line in pieces', ['a', '', 'b', '\n'], ['ab']],
    ['several lines in one chunk', ['a\nb\nc\n'], ['a', 'b', 'c']],
    ['a line and the start of the next', ['a\nb', 'c\n'], ['a', 'bc']],
    ['empty lines', ['\n\n', '\n'], ['', '', '']],
    ['a carriage return stays with the line', ['a\r', '\nb\r\n'], ['a\r', 'b\r']],
    ['a last line without its line feed', ['a\nb'], ['a', 'b']],
    ['all bytes', ['\u0000\u00ff\n'], ['\u0000\u00ff']],
  ])('%s', (_name, chunks, wanted) => {
    expect(split(chunks)).toEqual(wanted);
  });

  it('a line is reported as soon as its line feed is there, and not before', () => {
    expect(split(['a\nb'], { end: false })).toEqual(['a']);
    expect(split(['a\nb', '\n'], { end: false })).toEqual(['a', 'b']);
  });
});

describe('a line beyond the limit', () => {
  it.each<[string, readonly string[], readonly Event[]]>([
    ['the longest that is read', ['12345\n'], ['12345']],
    ['the longest at the end', ['12345'], ['12345']],
    ['one more', ['123456\n'], [OVERSIZED]],
    ['one more in pieces', ['123', '45', '6\n'], [OVERSIZED]],
    ['one more in the piece with the line feed', ['12345', '6', '\na\n'], [OVERSIZED, 'a']],
    ['much more: reported once', ['123456', '7', '89', '0123456789', '\n'], [OVERSIZED]],
    ['the next line is read again', ['123456789\nok\n'], [OVERSIZED, 'ok']],
    ['two of them', ['123456\n1234567\n', 'ok\n'], [OVERSIZED, OVERSIZED, 'ok']],
    ['between good ones', ['a\n123', '456\nb\n'], ['a', OVERSIZED, 'b']],
    ['at the end of the stream', ['a\n123456'], ['a', OVERSIZED]],
    ['no part of it becomes a line', ['123456', 'x\n', 'y'], [OVERSIZED, 'y']],
  ])('%s', (_name, chunks, wanted) => {
    expect(split(chunks, { limit: 5 })).toEqual(wanted);
  });

  it('is reported when it passes the limit, not when it ends', () => {
    expect(split(['123456'], { limit: 5, end: false })).toEqual([OVERSIZED]);
  });

  it('holds no more memory than the limit, however long the line is', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const events: string[] = [];
    const splitter = createLineSplitter(4 * 1024 * 1024, {
      onLine: (line) => events.push(line.toString()),
      onOversized: () => events.push('oversized'),
    });
    let most = 0;
    const before = process.memoryUsage();
    // 512 MiB; each chunk is a separate copy, as from a pipe.
    for (let count = 0; count < 512; count += 1) {
      splitter.push(Buffer.from(chunk));
      const { heapUsed, external } = process.memoryUsage();
      most = Math.max(most, heapUsed + external - before.heapUsed - before.external);
    }
    splitter.push(Buffer.from('\nok\n'));
    expect(events).toEqual(['oversized', 'ok']);
    expect(most).toBeLessThan(200 * 1024 * 1024);
  });
});

it('gives the same lines however the bytes are cut into chunks', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '\u00e9'), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 12 }), fc.integer({ min: 1, max: 12 }), (all, cuts, limit) => {
      const places = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
      const chunks = places.slice(1).map((place, index) => all.slice(places[index], place));
      const lines = all.split('\n');
      const last = lines.pop();
      const wanted = [...lines, ...(last ? [last] : [])].map((line) => (line.length > limit ? OVERSIZED : line));
      expect(split(chunks, { limit })).toEqual(wanted);
      expect(split([all], { limit })).toEqual(wanted);
    }),
    { numRuns: 400 },
  );
});
