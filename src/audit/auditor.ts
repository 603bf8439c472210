/** Writes the record of each change to the targets of the caller and the policy. */
import { type Auditor, type Change, UNAFFECTED } from '../bridge/audited.js';
import { messageOf } from '../definition/errors.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { Actor } from './actor.js';
import { type AuditEvent, eventOf } from './event.js';
import { appendLine, recordLine } from './json-lines.js';
import { makeRecord } from './record.js';
import { type AuditPolicy, type AuditTargets, joinTargets } from './targets.js';

/** What the audit uses of the operating system. */
export interface AuditSystem {
  actor(): Actor;
  /** Returns the current policy. Called for each change, so that a new policy applies without a new session. */
  policy(): AuditPolicy;
  /** Throws an Error if the event was not logged. */
  writeEvent(event: AuditEvent): void;
}

export interface AuditorOptions {
  readonly definition: Definition;
  readonly backend: Backend;
  readonly asked: AuditTargets;
  /** The reason for changes that have none of their own. */
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
