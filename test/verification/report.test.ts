import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../src/verification/report.js';
import { scrub } from '../../src/verification/scrub.js';
import { isGood, type Verification } from '../../src/verification/types.js';

const GOOD: Verification = {
  title: 'Sample 1.0.0',
  facts: [{ name: 'System', value: 'Windows 11 Pro, 10.0.22631, x64' }],
  findings: [{ check: 'node', status: 'good', found: '22.1.0' }],
  contract: [{ name: 'udp > a case', outcome: 'held' }],
  measured: [{ question: 'Bind', found: '10013', expected: '10013', isMeasured: true }],
  shells: [{ executable: 'C:\\x\\pwsh.exe', edition: 'Core 7.5.0', steps: [{ name: 'a step', outcome: 'held' }] }],
  captures: [{ when: 'before', command: 'netsh x', status: 'exit status 0', text: 'D\\x82 *\n' }],
  failure: undefined,
  left: [],
};

describe('the report', () => {
  it('says good where all is well, with everything that was found', () => {
    const text = renderReport(GOOD, '2025-01-02');
    for (const part of [
      'Sample 1.0.0',
      '2025-01-02',
      '**Good**',
      '1 held, 0 deviated',
      'Core 7.5.0',
      '10013',
      'D\\x82 *',
    ]) {
      expect(text).toContain(part);
    }
  });

  it.each<[string, Partial<Verification>, string]>([
    [
      'a case',
      { contract: [{ name: 'a|case', outcome: 'deviated', detail: 'answered 5,\nnot 0' }] },
      '| a\\|case | deviated | answered 5, not 0 |',
    ],
    ['a failure', { failure: 'it was interrupted (SIGINT)' }, 'ended early: it was interrupted (SIGINT).'],
    [
      'a block that is left',
      { left: [{ pool: 'udp', block: { start: 48_900, count: 20 }, code: 5 }] },
      'udp 48900, 20 ports (Delete answered 5)',
    ],
    [
      'a PowerShell that failed',
      { shells: [{ executable: 'p', edition: undefined, steps: [], failure: 'exit status 1: no' }] },
      'exit status 1: no',
    ],
    [
      'a step in a PowerShell',
      { shells: [{ executable: 'p', edition: 'x', steps: [{ name: 'a step', outcome: 'deviated', detail: 'x' }] }] },
      '1 deviated',
    ],
  ])('is not good with %s, and says so', (_, change, expected) => {
    const verification = { ...GOOD, ...change };
    expect(isGood(verification)).toBe(false);
    const text = renderReport(verification, '');
    expect(text).toContain('**Not good**');
    expect(text).toContain(expected);
  });

  it('marks an answer that is not the expected one, but is good all the same', () => {
    const measured = [{ question: 'Bind', found: '10048', expected: '10013', isMeasured: true }];
    expect(renderReport({ ...GOOD, measured }, '')).toContain('| Bind | 10048 | 10013 (**different**) |');
    expect(isGood({ ...GOOD, measured })).toBe(true);
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
    const text = renderReport({ ...GOOD, captures }, '');
    const shown = [...text.matchAll(/^> (\w) {3}\((\w+);/gm)].map(([, command, when]) => `${command} ${when}`);
    expect(shown).toEqual(['a before', 'b before', 'b after']);
  });
});

describe('scrubbing', () => {
  const identity = { userName: 'Ada.L', computerName: 'DESKTOP-1', homeDirectory: 'C:\\Users\\Ada.L' };

  it('takes out the user, the computer and the home folder, in any case and with any slashes', () => {
    const text = 'at C:\\users\\ada.l\\x, "C:\\\\Users\\\\Ada.L", C:/Users/Ada.L/y, \\\\desktop-1\\share by ADA.L';
    expect(scrub(text, identity)).toBe(
      'at %USERPROFILE%\\x, "%USERPROFILE%", %USERPROFILE%/y, \\\\<computer>\\share by <user>',
    );
  });

  it('leaves words alone that only contain a name', () => {
    expect(scrub('instance, in', { ...identity, userName: 'in' })).toBe('instance, <user>');
  });

  it('leaves no name behind, whatever it is', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9$^.+*-]{3,12}$/);
    fc.assert(
      fc.property(word, word, (userName, computerName) => {
        fc.pre(!'computer user USERPROFILE'.toLowerCase().includes(userName.toLowerCase()));
        fc.pre(!'computer user USERPROFILE'.toLowerCase().includes(computerName.toLowerCase()));
        const scrubbed = scrub(`by ${userName} on ${computerName}.`, { userName, computerName, homeDirectory: '' });
        expect(scrubbed.toLowerCase().split(' ')).not.toContain(userName.toLowerCase());
        expect(scrubbed).toMatch(/^by \S+ on \S+$/);
        expect(scrubbed).toContain('<');
      }),
    );
  });
});
