/** Writes events to the Application log of Windows. */
import type { NativeSystem } from '../native/native-system.js';
import { windowsCalls } from './calls.js';

export interface LogEvent {
  /** An unregistered source works too: its events go to Application, without a message text. */
  readonly source: string;
  readonly id: number;
  /** 2 is a warning, 4 is information. */
  readonly type: number;
  /** Insertion strings without NUL, of at most 31,839 characters each. */
  readonly strings: readonly string[];
  readonly userSid: string;
}

/** Writes one event. Throws an Error with the system's text if it was not logged. */
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
