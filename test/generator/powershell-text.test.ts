import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareName, numeral, quoted, xmlText } from '../../src/generator/powershell-text.js';
import { hostileText } from '../support/hostile-texts.js';
import { splitCode } from '../support/powershell-code.js';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), hostileText);

describe('quoted', () => {
  it.each([
    ['', "''"],
    ["it's", "'it''s'"],
    ['\u2018\u2019\u201a\u201b', "'\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'"],
    ['$(x) `n "y"', '\'$(x) `n "y"\''],
  ])('%j', (text, wanted) => {
    expect(quoted(text)).toBe(wanted);
  });

  it('makes one literal of any text, and of its value nothing is lost', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(splitCode(`${quoted(text)};`)).toEqual({ code: "'';", literals: [text] });
      }),
    );
  });
});

describe('xmlText', () => {
  it('has no character that XML reads as its own, and every entity once', () => {
    expect(xmlText(`<a b='c' d="e">&amp;]]>`)).toBe('&lt;a b=&apos;c&apos; d=&quot;e&quot;&gt;&amp;amp;]]&gt;');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(xmlText(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/);
      }),
    );
  });

  it('has a replacement for every character that XML 1.0 cannot hold, and keeps all others', () => {
    expect(xmlText('\0a\u0008b\ufffec\ud800d\u{1f600}\t\n\u00a0')).toBe(
      '\ufffda\ufffdb\ufffdc\ufffdd\u{1f600}\t\n\u00a0',
    );
  });
});

describe('names and numbers', () => {
  it.each(['Get-Item', 'StartPort', '_x1'])('%s is a plain name', (name) => {
    expect(bareName(name)).toBe(name);
  });

  it.each(['', '1a', 'a b', 'a-', 'a-1', 'a.b', 'a-b-c', '$x', 'a;b', "a'", 'a\n', '\u00e4'])('%j is not', (name) => {
    expect(() => bareName(name)).toThrow('is not a plain name');
  });

  it.each([
    [0, '0'],
    [-7, '-7'],
    [4294967295, '4294967295'],
  ])('%d', (value, wanted) => {
    expect(numeral(value)).toBe(wanted);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is not written', (value) => {
    expect(() => numeral(value)).toThrow('is not a whole number');
  });
});
