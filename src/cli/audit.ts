/** The audit log of a command, from its options. The audit code loads with the first change. */
import path from 'node:path';
import { type Auditor, REASON_LIMIT, unrecorded } from '../bridge/audited.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { OptionTable } from './options.js';
import { UsageError } from './usage.js';

/** The options of every command that calls functions. */
export const AUDIT_OPTIONS = {
  audit: {
    type: 'string',
    takes: 'file',
    value: '<absolute path>',
    describe: 'Absolute path of a file to which each change is appended as a JSON line',
  },
  'audit-event-log': {
    type: 'boolean',
    describe: 'Write each change to the Application event log (Windows)',
  },
  'audit-reason': {
    type: 'string',
    value: '<text>',
    describe: 'Reason to record for changes without one',
  },
} as const satisfies OptionTable;

export interface AuditOptions {
  readonly audit?: string | undefined;
  readonly 'audit-event-log'?: boolean | undefined;
  readonly 'audit-reason'?: string | undefined;
}

/** Called for each record that could not be written, for interactive commands. */
export type AuditReport = (notice: string) => void;

/** Returns the auditor of a command. Throws UsageError for invalid options. */
export function chooseAuditor(
  definition: Definition,
  backend: Backend,
  options: AuditOptions,
  report?: AuditReport,
): Auditor {
  checkAuditOptions(options);
  let opened: Promise<Auditor> | undefined;
  const open = async (): Promise<Auditor> => {
    const { openAuditor } = await import('../audit/open.js');
    const asked = { path: options.audit, eventLog: options['audit-event-log'] ?? false };
    return openAuditor({ definition, backend, asked, reason: options['audit-reason'] });
  };
  return async (change) => {
    opened ??= open();
    const notices = await opened.then((audit) => audit(change)).catch((error: unknown) => [unrecorded(change, error)]);
    for (const notice of notices) report?.(notice);
    return notices;
  };
}

function checkAuditOptions(options: AuditOptions): void {
  const { audit, 'audit-event-log': eventLog, 'audit-reason': reason } = options;
  if (audit !== undefined && !path.isAbsolute(audit))
    throw new UsageError(`--audit must be an absolute path, not '${audit}'`);
  if (eventLog && process.platform !== 'win32')
    throw new UsageError('--audit-event-log needs Windows; use --audit <absolute path> here');
  if (reason !== undefined && reason.length > REASON_LIMIT)
    throw new UsageError(`--audit-reason must have at most ${REASON_LIMIT} characters, not ${reason.length}`);
}
