/** The access token of this process. */
import type { WindowsCalls } from './calls.js';

/** Access rights of a token. */
export const TOKEN_DUPLICATE = 0x2;
export const TOKEN_IMPERSONATE = 0x4;
export const TOKEN_QUERY = 0x8;

/** Members of TOKEN_INFORMATION_CLASS. */
export const TOKEN_USER = 1;
export const TOKEN_STATISTICS = 10;
export const TOKEN_SESSION_ID = 12;
const TOKEN_ELEVATION = 20;

/** The pseudo-handle that GetCurrentProcess returns: -1, pointer-sized. */
export const CURRENT_PROCESS = process.arch === 'ia32' ? 0xffff_ffffn : 0xffff_ffff_ffff_ffffn;

/** Opens the token with these access rights; the caller closes it. Throws an Error with the system's text. */
export function openToken({ must }: WindowsCalls, access: number): bigint {
  const handle = Buffer.alloc(8);
  must.OpenProcessToken(CURRENT_PROCESS, access, handle);
  return handle.readBigUInt64LE();
}

/** Fills the buffer with one class of token information and returns it. Throws an Error with the system's text. */
export function tokenInformation({ must }: WindowsCalls, token: bigint, kind: number, buffer: Buffer): Buffer {
  must.GetTokenInformation(token, kind, buffer, buffer.length, Buffer.alloc(4));
  return buffer;
}

export function isTokenElevated(calls: WindowsCalls, token: bigint): boolean {
  return tokenInformation(calls, token, TOKEN_ELEVATION, Buffer.alloc(4)).readUInt32LE() !== 0;
}
