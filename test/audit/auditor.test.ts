import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createAuditor } from '../../src/audit/auditor.js';
import type { AuditEvent } from '../../src/audit/event.js';
import type { AuditPolicy, AuditTargets } from '../../src/audit/targets.js';
import { fakeBackend } from '../support/backends.js';
import { sampleDefinition } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';
import { ACTOR, change } from './support/records.js';

const NO_POLICY: AuditPolicy = { eventLog: false, problems: [] };

function bench(asked: Partial<AuditTargets> = {}, reason?: string) {
  const directory = temporaryDirectory();
  const events: AuditEvent[] = [];
  const state = { policy: NO_POLICY, eventProblem: undefined as Error | undefined };
  const file = (name: string) => path.join(directory, name);
  const audit = createAuditor({
    definition: sampleDefinition(),
    backend: fakeBackend(),
    asked: { eventLog: false, ...asked, ...(asked.path === undefined ? {} : { path: file(asked.path) }) },
    reason,
    system: {
      actor: () => ACTOR,
      policy: () => state.policy,
      writeEvent: (event) => {
        if (state.eventProblem) throw state.eventProblem;
        events.push(event);
      },
    },
  });
  const linesOf = (name: string) =>
    existsSync(file(name))
      ? readFileSync(file(name), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  return { audit, events, state, file, linesOf };
}

it('off: nothing is written, nothing is said', async () => {
  const { audit, events, linesOf } = bench();
  expect(await audit(change())).toEqual([]);
  expect([events, linesOf('audit')]).toEqual([[], []]);
});

it('writes where the caller wants it', async () => {
  const { audit, events, linesOf } = bench({ path: 'audit', eventLog: true });
  expect(await audit(change())).toEqual([]);
  expect(linesOf('audit')).toMatchObject([{ function: 'WriteRed', user: ACTOR.user, reason: 'CHG0042' }]);
  expect(events).toMatchObject([{ source: 'Sample', userSid: ACTOR.userId }]);
});

it('the policy and the caller both get their record, and one file gets one', async () => {
  const { audit, state, file, linesOf, events } = bench({ path: 'mine' });
  state.policy = { path: file('theirs'), eventLog: true, problems: [] };
  await audit(change());
  expect([linesOf('mine').length, linesOf('theirs').length, events.length]).toEqual([1, 1, 1]);
  state.policy = { path: file('mine'), eventLog: false, problems: [] };
  await audit(change());
  expect([linesOf('mine').length, linesOf('theirs').length, events.length]).toEqual([2, 1, 1]);
});

it('a policy that comes later holds for the next change', async () => {
  const { audit, state, file, linesOf } = bench();
  await audit(change());
  state.policy = { path: file('theirs'), eventLog: false, problems: [] };
  await audit(change());
  expect(linesOf('theirs')).toHaveLength(1);
});

it('the reason of the options is for changes without one', async () => {
  const { audit, linesOf } = bench({ path: 'audit' }, 'nightly run');
  await audit(change());
  await audit(change({ reason: null }));
  expect(linesOf('audit').map(({ reason }) => reason)).toEqual(['CHG0042', 'nightly run']);
});

it('says of each target that failed what failed, and writes to the others', async () => {
  const { audit, state, file, linesOf } = bench({ path: path.join('missing', 'audit'), eventLog: true });
  state.policy = { path: file('theirs'), eventLog: false, problems: [] };
  state.eventProblem = new Error('ReportEventW failed: the log is full (error 1502)');
  expect(await audit(change())).toEqual([
    expect.stringMatching(
      /^The audit record of WriteRed could not be written to the file .*missing.*: ENOENT.*The call itself is not affected\.$/,
    ),
    expect.stringMatching(/^The audit record of WriteRed could not be written to the event log: .*1502.*\.$/),
  ]);
  expect(linesOf('theirs')).toHaveLength(1);
});

it('a policy that cannot be understood is said with every change', async () => {
  const { audit, state } = bench();
  state.policy = { eventLog: false, problems: ['The audit policy X cannot be read: Y.'] };
  const notice = 'The audit policy X cannot be read: Y. The call itself is not affected.';
  expect(await audit(change())).toEqual([notice]);
  expect(await audit(change())).toEqual([notice]);
});
