/** The account of this process, from its token. */
import type { NativeSystem } from '../native/native-system.js';
import { type WindowsCalls, windowsCalls } from './calls.js';
import {
  isTokenElevated,
  openToken,
  TOKEN_QUERY,
  TOKEN_SESSION_ID,
  TOKEN_STATISTICS,
  TOKEN_USER,
  tokenInformation,
} from './token.js';

export interface Account {
  /** `DOMAIN\name`, or the SID if the account no longer has a name. */
  readonly user: string;
  readonly userId: string;
  readonly elevated: boolean;
  readonly session: number;
  /** The logon id as the Security log writes it: `0x3e7`. */
  readonly logonId: string;
}

/** Queries the system on each call. Throws an Error with the system's text if the token cannot be read. */
export function openAccount(system: NativeSystem): () => Account {
  const calls = windowsCalls(system);
  // TOKEN_USER starts with a pointer into the same memory, which therefore must not move: use one buffer throughout.
  const user = Buffer.alloc(LONGEST_USER);
  return () => {
    const token = openToken(calls, TOKEN_QUERY);
    const ask = (kind: number, bytes: number) => tokenInformation(calls, token, kind, Buffer.alloc(bytes));
    try {
      const sid = tokenInformation(calls, token, TOKEN_USER, user).readBigUInt64LE();
      const text = Buffer.alloc(8);
      calls.must.ConvertSidToStringSidW(sid, text);
      const userId = takeText(calls, text.readBigUInt64LE());
      return {
        user: accountName(calls, sid) ?? userId,
        userId,
        elevated: isTokenElevated(calls, token),
        session: ask(TOKEN_SESSION_ID, 4).readUInt32LE(),
        logonId: `0x${ask(TOKEN_STATISTICS, STATISTICS_BYTES).readBigUInt64LE(8).toString(16)}`,
      };
    } finally {
      calls.call.CloseHandle(token);
    }
  };
}

/** TOKEN_USER with the longest SID (68 bytes), and TOKEN_STATISTICS, whose second member is the logon id. */
const LONGEST_USER = 128;
const STATISTICS_BYTES = 56;

/** UTF-16 units; well above the longest name of an account or a domain. */
const LONGEST_NAME = 1024;

/** Copies a string allocated by the system, and frees it. */
function takeText({ call }: WindowsCalls, text: bigint): string {
  const length = call.lstrlenW(text);
  const copy = Buffer.alloc((length + 1) * 2);
  call.lstrcpynW(copy, text, length + 1);
  call.LocalFree(text);
  return copy.toString('utf16le', 0, length * 2);
}

function accountName({ call }: WindowsCalls, sid: bigint): string | undefined {
  const [name, domain] = [Buffer.alloc(LONGEST_NAME * 2), Buffer.alloc(LONGEST_NAME * 2)];
  const [nameLength, domainLength] = [Buffer.alloc(4), Buffer.alloc(4)];
  for (const length of [nameLength, domainLength]) length.writeUInt32LE(LONGEST_NAME);
  if (call.LookupAccountSidW(null, sid, name, nameLength, domain, domainLength, Buffer.alloc(4)) === 0)
    return undefined;
  const text = (buffer: Buffer) => buffer.toString('utf16le').replace(/\0.*$/s, '');
  return `${text(domain)}\\${text(name)}`;
}
