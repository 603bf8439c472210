/**
 * The account that this process runs as, from its token.
 *
 * Source: learn.microsoft.com, OpenProcessToken, GetTokenInformation, TOKEN_INFORMATION_CLASS, TOKEN_USER,
 * TOKEN_STATISTICS, LookupAccountSidW, ConvertSidToStringSidW.
 */
import type { NativeSystem } from './native-system.js';
import { openSystemLibrary } from './system-library.js';

export interface Account {
  /** `DOMAIN\name`; the SID where the account has no name any more. */
  readonly user: string;
  readonly userId: string;
  readonly elevated: boolean;
  readonly session: number;
  /** The logon, as the Security log writes it: `0x3e7`. */
  readonly logonId: string;
}

/** Asks the system each time. Throws an Error with the system's text when the token cannot be read. */
export function openAccount(system: NativeSystem): () => Account {
  const calls = bind(system);
  const check = (isDone: number, what: string): void => {
    if (isDone !== 0) return;
    const code = system.lastError();
    throw new Error(`${what} failed: ${system.describeWin32(code) ?? 'the system has no text'} (error ${code})`);
  };
  // TOKEN_USER begins with a pointer to what follows it in the same memory, so that must stay where it is: one buffer for all.
  const user = Buffer.alloc(LONGEST_USER);
  const ask = (token: bigint, kind: number, buffer: Buffer): Buffer => {
    check(calls.getTokenInformation(token, kind, buffer, buffer.length, Buffer.alloc(4)), 'GetTokenInformation');
    return buffer;
  };
  return () => {
    const handle = Buffer.alloc(8);
    check(calls.openProcessToken(CURRENT_PROCESS, TOKEN_QUERY, handle), 'OpenProcessToken');
    const token = handle.readBigUInt64LE();
    try {
      const sid = ask(token, TOKEN_USER, user).readBigUInt64LE();
      const text = Buffer.alloc(8);
      check(calls.sidToText(sid, text), 'ConvertSidToStringSidW');
      const userId = takeText(calls, text.readBigUInt64LE());
      return {
        user: accountName(calls, sid) ?? userId,
        userId,
        elevated: ask(token, TOKEN_ELEVATION, Buffer.alloc(4)).readUInt32LE() !== 0,
        session: ask(token, TOKEN_SESSION_ID, Buffer.alloc(4)).readUInt32LE(),
        logonId: `0x${ask(token, TOKEN_STATISTICS, Buffer.alloc(STATISTICS_BYTES)).readBigUInt64LE(8).toString(16)}`,
      };
    } finally {
      calls.closeHandle(token);
    }
  };
}

/** The pseudo handle of GetCurrentProcess. */
const CURRENT_PROCESS = -1n;

const TOKEN_QUERY = 0x8;

/** Members of TOKEN_INFORMATION_CLASS. */
const TOKEN_USER = 1;
const TOKEN_STATISTICS = 10;
const TOKEN_SESSION_ID = 12;
const TOKEN_ELEVATION = 20;

/** TOKEN_USER with the longest SID (68 bytes), and TOKEN_STATISTICS, whose second member is the id of the logon. */
const LONGEST_USER = 128;
const STATISTICS_BYTES = 56;

/** UTF-16 units of the longest name of an account or a domain, by far. */
const LONGEST_NAME = 1024;

type Handle = number | bigint;

interface Calls {
  openProcessToken(process: Handle, access: number, token: Buffer): number;
  getTokenInformation(token: Handle, kind: number, buffer: Buffer, bytes: number, needed: Buffer): number;
  sidToText(sid: Handle, text: Buffer): number;
  lookupAccount(
    server: null,
    sid: Handle,
    name: Buffer,
    nameLength: Buffer,
    domain: Buffer,
    domainLength: Buffer,
    use: Buffer,
  ): number;
  closeHandle(handle: Handle): number;
  stringLength(text: Handle): number;
  copyString(target: Buffer, text: Handle, characters: number): Handle;
  localFree(memory: Handle): Handle;
}

function bind(system: NativeSystem): Calls {
  const library = openSystemLibrary('advapi32.dll', system);
  const kernel = openSystemLibrary('kernel32.dll', system);
  return {
    openProcessToken: library.func('__stdcall', 'OpenProcessToken', 'int32', ['intptr', 'uint32', 'void *']),
    getTokenInformation: library.func('__stdcall', 'GetTokenInformation', 'int32', [
      'uintptr',
      'int32',
      'void *',
      'uint32',
      'void *',
    ]),
    sidToText: library.func('__stdcall', 'ConvertSidToStringSidW', 'int32', ['uintptr', 'void *']),
    lookupAccount: library.func('__stdcall', 'LookupAccountSidW', 'int32', [
      'void *',
      'uintptr',
      'void *',
      'void *',
      'void *',
      'void *',
      'void *',
    ]),
    closeHandle: kernel.func('__stdcall', 'CloseHandle', 'int32', ['uintptr']),
    stringLength: kernel.func('__stdcall', 'lstrlenW', 'int32', ['uintptr']),
    copyString: kernel.func('__stdcall', 'lstrcpynW', 'uintptr', ['void *', 'uintptr', 'int32']),
    localFree: kernel.func('__stdcall', 'LocalFree', 'uintptr', ['uintptr']),
  };
}

/** Copies a string that the system allocated, and frees it. */
function takeText(calls: Calls, text: bigint): string {
  const length = calls.stringLength(text);
  const copy = Buffer.alloc((length + 1) * 2);
  calls.copyString(copy, text, length + 1);
  calls.localFree(text);
  return copy.toString('utf16le', 0, length * 2);
}

function accountName(calls: Calls, sid: bigint): string | undefined {
  const [name, domain] = [Buffer.alloc(LONGEST_NAME * 2), Buffer.alloc(LONGEST_NAME * 2)];
  const [nameLength, domainLength] = [Buffer.alloc(4), Buffer.alloc(4)];
  for (const length of [nameLength, domainLength]) length.writeUInt32LE(LONGEST_NAME);
  if (calls.lookupAccount(null, sid, name, nameLength, domain, domainLength, Buffer.alloc(4)) === 0) return undefined;
  const text = (buffer: Buffer) => buffer.toString('utf16le').replace(/\0.*$/s, '');
  return `${text(domain)}\\${text(name)}`;
}
