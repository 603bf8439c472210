/** Writes the record of each change to where the caller and the policy want it. */
import { type Auditor, type Change, UNAFFECTED } from '../bridge/audited.js';
import { messageOf } from '../definition/errors.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { Actor } from './actor.js';
import { type AuditEvent, eventOf } from './event.js';
import { appendLine, recordLine } from './json-lines.js';
import { makeRecord } from './record.js';
import { type AuditPolicy, type AuditTargets, joinTargets } from './targets.js';

/** What the operating system does for the audit. */
export interface AuditSystem {
  actor(): Actor;
  /** The policy as it is now: it is asked for at each change, so a new one needs no new session. */
  policy(): AuditPolicy;
  /** Throws an Error when the event is not in the log. */
  writeEvent(event: AuditEvent): void;
}

export interface AuditorOptions {
  readonly definition: Definition;
  readonly backend: Backend;
  readonly asked: AuditTargets;
  /** The reason of changes that come without one. */
  readonly reason?: string | undefined;
  readonly system: AuditSystem;
}

export function createAuditor({ definition, backend, asked, reason, system }: AuditorOptions): Auditor {
  return async (change) => {
    const policy = system.policy();
    const { paths, eventLog } = joinTargets(asked, policy);
    const notices = policy.problems.map((problem) => `${problem} ${UNAFFECTED}`);
    if (paths.length === 0 && !eventLog) return notices;
    const explained = { ...change, reason: change.reason ?? reason ?? null };
    const record = makeRecord(explained, definition, backend, system.actor());
    for (const path of paths) {
      attempt(notices, change, `the file ${path}`, () => appendLine(path, recordLine(record)));
    }
    if (eventLog) attempt(notices, change, 'the event log', () => system.writeEvent(eventOf(record)));
    return notices;
  };
}

function attempt(notices: string[], change: Change, target: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    notices.push(
      `The audit record of ${change.function} could not be written to ${target}: ${messageOf(error)}. ${UNAFFECTED}`,
    );
  }
}
