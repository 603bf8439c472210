import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareName, helpLines, numeral, quoted, template, xmlText } from '../../src/generator/powershell-text.js';
import { HOSTILE_PIECES, hostileText } from '../support/hostile-texts.js';
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

describe('template', () => {
  const variables = new Set(['First', 'Last']);

  it.each([
    ['', "''"],
    ['plain', "'plain'"],
    ['{First}', "'' + $First"],
    ['{First}{Last}', "'' + $First + $Last"],
    ['a {First} b', "'a ' + $First + ' b'"],
    ['{Other} {First', "'{Other}' + ' {First'"],
    ['{first}', "'{first}'"],
    ['{$(x)} $-{First}', "'{$(x)} $-' + $First"],
  ])('%j', (text, wanted) => {
    expect(template(text, variables)).toBe(wanted);
  });

  it('begins with a string and holds nothing but literals, variables and plus signs, for any text', () => {
    const texts = fc.array(fc.constantFrom('{First}', '{Last}', ...HOSTILE_PIECES)).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const { code, literals } = splitCode(template(text, variables));
        expect(code).toMatch(/^''( \+ (''|\$First|\$Last))*$/);
        const terms = code.split(' + ').map((term) => (term === "''" ? literals.shift() : `{${term.slice(1)}}`));
        expect(terms.join('')).toBe(text);
      }),
    );
  });
});

describe('helpLines', () => {
  it.each<[string, string[]]>([
    ['', ['']],
    ['one\r\ntwo\rthree\n\nfour  ', ['one', 'two', 'three', '', 'four']],
    ['a #> b <# c', ['a #\u200b> b <\u200b# c']],
    ['.SYNOPSIS', ['\u200b.SYNOPSIS']],
    [' \t.LINK x', ['\u200b.LINK x']],
    ['\u0085.LINK x', ['\u200b.LINK x']],
    ['\u00a0\u3000\ufeff.LINK', ['\u200b.LINK']],
    ['3.5 is fine. So is this.', ['3.5 is fine. So is this.']],
  ])('%j', (text, wanted) => {
    expect(helpLines(text)).toEqual(wanted);
  });

  it('never end the comment and never begin a keyword, whatever the text', () => {
    // What .NET takes for white space; JavaScript knows it without U+0085.
    const keyword = /^[\s\u0085]*\./;
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = helpLines(text);
        expect(lines.filter((line) => line.includes('#>') || /[\r\n]/.test(line) || keyword.test(line))).toEqual([]);
        expect(splitCode(`<#\n${lines.join('\n')}\n#>`).code).toBe('');
      }),
    );
  });

  it('show every other character', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const plain = (shown: string) => shown.replace(/[\u200b\s\u0085]/g, '');
        expect(plain(helpLines(text).join(''))).toBe(plain(text));
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
