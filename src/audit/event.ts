/** A record as an event of the Windows event log. */
import { toAsciiJson } from '../bridge/messages.js';
import type { AuditRecord } from './record.js';

export interface AuditEvent {
  /** The event source: the name of the definition. */
  readonly source: string;
  readonly id: number;
  /** EVENTLOG_INFORMATION_TYPE or EVENTLOG_WARNING_TYPE of ReportEventW. */
  readonly type: number;
  /** The insertion strings, in their order; the first is the text that a person reads. */
  readonly strings: readonly string[];
  /** The SID of the account, which becomes the event's user. */
  readonly userSid: string;
}

/** Event ids: a change was made; it failed; it was denied. Log collectors depend on these. */
export const EVENT_IDS = { changed: 100, failed: 101, denied: 102 } as const;

const INFORMATION = 4;
const WARNING = 2;

export function eventOf(record: AuditRecord): AuditEvent {
  const id = eventId(record);
  return {
    source: record.definition,
    id,
    type: id === EVENT_IDS.changed ? INFORMATION : WARNING,
    strings: [
      eventText(record),
      // The text stays valid JSON. Without the escape, Event Viewer would treat %1 as an insertion string.
      toAsciiJson({ ...record }).replaceAll('%', '\\u0025'),
      record.definition,
      record.function,
      record.errorId ?? 'ok',
      String(record.win32 ?? ''),
      record.user,
      plain(record.reason ?? ''),
    ],
    userSid: record.userId,
  };
}

function eventId({ outcome, category }: AuditRecord): number {
  if (outcome === 'ok') return EVENT_IDS.changed;
  return category === 'PermissionDenied' ? EVENT_IDS.denied : EVENT_IDS.failed;
}

function eventText(record: AuditRecord): string {
  const code = record.win32 === null ? '' : ` (Win32 error ${record.win32})`;
  const lines = [
    `${record.function}: ${record.outcome === 'ok' ? 'done' : `${record.errorId}${code}`}`,
    '',
    `Parameters: ${plain(toAsciiJson(record.params))}`,
    `Reason: ${record.reason === null ? '(none)' : plain(record.reason)}`,
    `User: ${record.user} (${record.userId}), ${record.elevated ? 'elevated' : 'not elevated'}`,
    `Session: ${record.session ?? '(none)'}, logon ${record.logonId ?? '(none)'}`,
    `Process: ${record.processId}, started by ${record.parentProcessId}`,
    `Backend: ${record.backend}${record.library === null ? '' : `, ${plain(record.library)}`}`,
    `Time: ${record.time}`,
  ];
  return lines.join('\r\n');
}

/** Escapes, as JSON does, characters that could start a new line, end the string, or form an insertion string. */
function plain(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|%(?=[0-9%!])/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
