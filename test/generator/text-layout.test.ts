import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenced, markdown, wrapped } from '../../src/generator/text-layout.js';
import { hostileText } from '../support/hostile-texts.js';

describe('wrapped', () => {
  it('fills lines of 80 columns, and keeps paragraphs and code', () => {
    const text = `${'word '.repeat(30)}\n\n  code   as it is\n  more\n\nend`;
    expect(wrapped(text).split('\n')).toEqual([
      `    ${'word '.repeat(15).trimEnd()}`,
      `    ${'word '.repeat(15).trimEnd()}`,
      '',
      '      code   as it is',
      '      more',
      '',
      '    end',
    ]);
  });

  it('gives a word that is too long a line of its own, and nothing for nothing', () => {
    expect(wrapped(`a ${'x'.repeat(90)} b`)).toBe(`    a\n    ${'x'.repeat(90)}\n    b`);
    expect(wrapped('').trim()).toBe('');
  });

  it('has no line of more than 80 columns but for such words, and loses nothing', () => {
    const word = fc.string({ minLength: 1, maxLength: 76 }).filter((text) => !/\s/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const lines = wrapped(words.join(' ')).split('\n');
        expect(lines.filter((line) => line.length > 80 || !line.startsWith('    '))).toEqual([]);
        expect(lines.map((line) => line.slice(4)).join(' ')).toBe(words.join(' '));
      }),
    );
  });
});

describe('Markdown', () => {
  it('of a text has no markup', () => {
    expect(markdown('a*b _c_ `d` [e](f) <g> | # h\\')).toBe('a\\*b \\_c\\_ \\`d\\` \\[e\\](f) \\<g\\> \\| \\# h\\\\');
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(markdown(text).replaceAll(/\\(.)/gs, '')).not.toMatch(/[*_`[\]<>|#]/);
        expect(markdown(text).replaceAll(/\\([\\`*_[\]<>|#])/g, '$1')).toBe(text);
      }),
    );
  });

  it('of code ends where the code ends, whatever is in it', () => {
    expect(fenced('Get-Item', 'powershell')).toBe('```powershell\nGet-Item\n```');
    expect(fenced('a ```` b', 'text')).toBe('`````text\na ```` b\n`````');
  });
});
