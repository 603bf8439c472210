/** Identifies who makes a change, from facts of the process that its environment variables cannot change. */
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

export interface Actor {
  /** `DOMAIN\name` on Windows, the name of the effective account elsewhere; its id if it has no name. */
  readonly user: string;
  /** The account's SID on Windows, its effective user id elsewhere. */
  readonly userId: string;
  /** True for administrator rights (an elevated token; root elsewhere). */
  readonly elevated: boolean;
  /** The session id: of Terminal Services on Windows, of the audit system on Linux; null if there is none. */
  readonly session: number | null;
  /** The logon id on Windows, as the Security log writes it (`0x3e7`); null elsewhere. */
  readonly logonId: string | null;
  readonly host: string;
  /** The process that made the call, and its parent: PowerShell, for a module. */
  readonly processId: number;
  readonly parentProcessId: number;
}

/** Facts available on every system. */
export function processFacts(): Pick<Actor, 'host' | 'processId' | 'parentProcessId'> {
  return { host: hostname(), processId: process.pid, parentProcessId: process.ppid };
}

/** The actor on systems other than Windows. */
export function posixActor(): Actor {
  const userId = process.geteuid?.() ?? -1;
  return {
    user: nameOf(userId),
    userId: String(userId),
    elevated: userId === 0,
    session: linuxSession(),
    logonId: null,
    ...processFacts(),
  };
}

/** libuv looks up the effective user; an account that no directory service knows has no name. */
function nameOf(userId: number): string {
  try {
    return userInfo().username;
  } catch {
    return String(userId);
  }
}

/** Source: proc(5), /proc/<pid>/sessionid; 2^32 - 1 means that no session was opened. */
function linuxSession(): number | null {
  try {
    const session = Number(readFileSync('/proc/self/sessionid', 'utf8'));
    return Number.isSafeInteger(session) && session < 0xffff_ffff ? session : null;
  } catch {
    return null;
  }
}
