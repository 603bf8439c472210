import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../src/verification/report.js';
import { scrub } from '../../src/verification/scrub.js';
import { isGood, type Verification } from '../../src/verification/types.js';

const GOOD: Verification = {
  title: 'Sample 1.0.0',
  facts: [{ name: 'System', value: 'Windows 11 Pro, 10.0.22631, x64' }],
  findings: [{ check: 'node', status: 'good', found: '22.1.0' }],
  shells: [{ executable: 'C:\\x\\pwsh.exe', edition: 'Core 7.5.0', steps: [{ name: 'a step', outcome: 'held' }] }],
  failure: undefined,
  extension: undefined,
};

describe('the report', () => {
  it('says good where all is well, with everything that was found', () => {
    const text = renderReport(GOOD, '2025-01-02');
    for (const part of ['Sample 1.0.0', '2025-01-02', '**Good**', '1 held, 0 deviated', 'Core 7.5.0', 'ran to its end'])
      expect(text).toContain(part);
  });

  it('has what an extension found before the cmdlets and at the end', () => {
    const extension = { isGood: true, before: ['## First'], after: ['## Last'] };
    const headings = renderReport({ ...GOOD, extension }, '').match(/^## .*/gm);
    expect(headings).toEqual(['## First', '## The cmdlets', '## Diagnosis', '## Last']);
  });

  it.each<[string, Partial<Verification>, string]>([
    ['a failure', { failure: 'it was interrupted (SIGINT)' }, 'ended early: it was interrupted (SIGINT).'],
    ['an extension', { extension: { isGood: false, before: ['It is bad.'], after: [] } }, 'It is bad.'],
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
