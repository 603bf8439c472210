import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOf } from '../../src/audit/event.js';
import { REASON_LIMIT } from '../../src/bridge/audited.js';
import { failed, record } from './support/records.js';

it.each([
  ['a change', record(), 100, 4, 'ok'],
  ['a failure', record({ answer: failed({ id: 'TwoFailed', win32: 2 }) }), 101, 2, 'TwoFailed'],
  [
    'a denial',
    record({ answer: failed({ id: 'AccessDenied', category: 'PermissionDenied', win32: 5 }) }),
    102,
    2,
    'AccessDenied',
  ],
])('%s has its id, its level and its strings', (_name, one, id, type, outcome) => {
  const event = eventOf(one);
  expect(event).toMatchObject({ source: 'Sample', id, type, userSid: one.userId });
  const [text, json, ...rest] = event.strings;
  expect(JSON.parse(json ?? '')).toEqual(one);
  expect(rest).toEqual(['Sample', 'WriteRed', outcome, String(one.win32 ?? ''), one.user, 'CHG0042']);
  for (const part of ['WriteRed', '{"Wide":"5"}', 'CHG0042', one.user, one.time]) expect(text).toContain(part);
  if (outcome !== 'ok') expect(text).toContain(`${outcome} (Win32 error ${one.win32})`);
});

describe('whatever the reason is', () => {
  const units = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constant(0x25), fc.constant(10)), {
    maxLength: REASON_LIMIT,
  });
  const reasons = fc.oneof(
    units.map((all) => String.fromCharCode(...all)),
    fc.constant('\u0001'.repeat(REASON_LIMIT)),
  );

  it('no string of the event ends early, starts a line, or has an insertion; JSON has the exact reason', () => {
    const lines = eventOf(record()).strings[0]?.split('\r\n').length;
    fc.assert(
      fc.property(reasons, (reason) => {
        const { strings } = eventOf(record({ reason }));
        expect(JSON.parse(strings[1] ?? '')).toMatchObject({ reason });
        for (const text of strings) expect(text).not.toMatch(/\0|%[0-9%!]/);
        expect(strings[0]?.split(/\r|\n/).length).toBe((lines ?? 0) * 2 - 1);
        expect(strings[7]).not.toMatch(/[\r\n]/);
      }),
    );
  });

  // ReportEventW: 31,839 characters a string; 61,440 bytes are the most that an event is sure to take.
  it('the event is not too long', () => {
    const params = { Wide: '"'.repeat(2000) };
    fc.assert(
      fc.property(reasons, (reason) => {
        const { strings } = eventOf(record({ reason, params }));
        expect(strings.reduce((sum, text) => sum + 2 * (text.length + 1), 0)).toBeLessThan(61_440);
      }),
    );
  });
});
