/**
 * Events in the Application log of Windows.
 *
 * Source: learn.microsoft.com, RegisterEventSourceW, ReportEventW, DeregisterEventSource, ConvertStringSidToSidW.
 */
import type { NativeSystem } from './native-system.js';
import { openSystemLibrary } from './system-library.js';

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
  const calls = bind(system);
  const fail = (what: string): never => {
    const code = system.lastError();
    throw new Error(`${what} failed: ${system.describeWin32(code) ?? 'the system has no text'} (error ${code})`);
  };
  const report = (handle: Handle, event: LogEvent, sid: Handle): void => {
    const { strings } = event;
    if (calls.report(handle, event.type, 0, event.id, sid, strings.length, 0, strings, null) === 0)
      fail('ReportEventW');
  };
  return (event) => {
    const handle = calls.register(null, event.source);
    if (BigInt(handle) === 0n) fail('RegisterEventSourceW');
    const sid = Buffer.alloc(8);
    try {
      if (calls.sidFromText(event.userSid, sid) === 0) fail('ConvertStringSidToSidW');
      report(handle, event, sid.readBigUInt64LE());
    } finally {
      calls.localFree(sid.readBigUInt64LE());
      calls.deregister(handle);
    }
  };
}

type Handle = number | bigint;

interface Calls {
  register(server: null, source: string): Handle;
  report(
    handle: Handle,
    type: number,
    category: number,
    id: number,
    sid: Handle,
    stringCount: number,
    dataSize: number,
    strings: readonly string[],
    data: null,
  ): number;
  deregister(handle: Handle): number;
  sidFromText(text: string, sid: Buffer): number;
  localFree(memory: Handle): Handle;
}

function bind(system: NativeSystem): Calls {
  const library = openSystemLibrary('advapi32.dll', system);
  const kernel = openSystemLibrary('kernel32.dll', system);
  return {
    register: library.func('__stdcall', 'RegisterEventSourceW', 'uintptr', ['str16', 'str16']),
    report: library.func('__stdcall', 'ReportEventW', 'int32', [
      'uintptr',
      'uint16',
      'uint16',
      'uint32',
      'uintptr',
      'uint16',
      'uint32',
      'str16 *',
      'void *',
    ]),
    deregister: library.func('__stdcall', 'DeregisterEventSource', 'int32', ['uintptr']),
    sidFromText: library.func('__stdcall', 'ConvertStringSidToSidW', 'int32', ['str16', 'void *']),
    localFree: kernel.func('__stdcall', 'LocalFree', 'uintptr', ['uintptr']),
  };
}
