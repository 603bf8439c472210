/** The extension's part of the report of a verification. */
import { describe, expect, it } from 'vitest';
import { type PortResults, reportPorts } from '../../../../src/extensions/port-reservation/verification/results.js';

const GOOD: PortResults = {
  contract: [{ name: 'udp > a case', outcome: 'held' }],
  measured: [{ question: 'Bind', found: '10013', expected: '10013', isMeasured: true }],
  captures: [{ when: 'before', command: 'netsh x', status: 'exit status 0', text: 'D\\x82 *\n' }],
  left: [],
};

const textOf = (results: PortResults, failure?: string) => {
  const { before, after } = reportPorts(results, failure);
  return [...before, ...after].join('\n\n');
};

describe('the report on ports', () => {
  it('has the contract, the open points and what netsh printed', () => {
    const text = textOf(GOOD);
    expect(reportPorts(GOOD).isGood).toBe(true);
    for (const part of ['ran to its end', 'has been deleted again', '1 held, 0 deviated', '10013', 'D\\x82 *'])
      expect(text).toContain(part);
  });

  it('says how it ended early', () => {
    expect(textOf(GOOD, 'it was interrupted')).toContain('ended early: it was interrupted. Every block');
  });

  it.each<[string, Partial<PortResults>, string]>([
    [
      'a case',
      { contract: [{ name: 'a|case', outcome: 'deviated', detail: 'answered 5,\nnot 0' }] },
      '| a\\|case | deviated | answered 5, not 0 |',
    ],
    [
      'a block that is left',
      { left: [{ pool: 'udp', block: { start: 48_900, count: 20 }, code: 5 }] },
      'udp 48900, 20 ports (Delete answered 5)',
    ],
  ])('is not good with %s, and says so', (_, change, expected) => {
    const results = { ...GOOD, ...change };
    expect(reportPorts(results).isGood).toBe(false);
    expect(textOf(results)).toContain(expected);
  });

  it('marks an answer that is not the expected one, but is good all the same', () => {
    const measured = [{ question: 'Bind', found: '10048', expected: '10013', isMeasured: true }];
    expect(textOf({ ...GOOD, measured })).toContain('| Bind | 10048 | 10013 (**different**) |');
    expect(reportPorts({ ...GOOD, measured }).isGood).toBe(true);
  });
});

describe('what netsh printed', () => {
  it('is shown again only where it changed', () => {
    const capture = (when: string, command: string, text: string) => ({ when, command, status: 'exit status 0', text });
    const captures = [
      capture('before', 'a', '1'),
      capture('before', 'b', '1'),
      capture('after', 'a', '1'),
      capture('after', 'b', '2'),
    ];
    const text = textOf({ ...GOOD, captures });
    const shown = [...text.matchAll(/^> (\w) {3}\((\w+);/gm)].map(([, command, when]) => `${command} ${when}`);
    expect(shown).toEqual(['a before', 'b before', 'b after']);
  });
});
