/** Events in the Application log of Windows. */
import type { NativeSystem } from '../native/native-system.js';
import { windowsCalls } from './calls.js';

export interface LogEvent {
  /** A source that is not registered works too: its events go to Application, without a text of their own. */
  readonly source: string;
  readonly id: number;
  /** 2 is a warning, 4 an information. */
  readonly type: number;
  /** Insertion strings without NUL, each of at most 31,839 characters. */
  readonly strings: readonly string[];
  readonly userSid: string;
}

/** Writes one event. Throws an Error with the system's text when it is not in the log. */
export function openEventLog(system: NativeSystem): (event: LogEvent) => void {
  const { call, must } = windowsCalls(system);
  return ({ source, id, type, strings, userSid }) => {
    const handle = must.RegisterEventSourceW(null, source);
    const sid = Buffer.alloc(8);
    try {
      must.ConvertStringSidToSidW(userSid, sid);
      must.ReportEventW(handle, type, 0, id, sid.readBigUInt64LE(), strings.length, 0, strings, null);
    } finally {
      call.LocalFree(sid.readBigUInt64LE());
      call.DeregisterEventSource(handle);
    }
  };
}
