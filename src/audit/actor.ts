/** Who makes a change, and from where: facts of the process that its environment cannot change. */
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

export interface Actor {
  /** `DOMAIN\name` on Windows, the name of the effective account elsewhere; its id where it has no name. */
  readonly user: string;
  /** The account's SID on Windows, its effective user id elsewhere. */
  readonly userId: string;
  /** True for administrators' rights (an elevated token; root elsewhere). */
  readonly elevated: boolean;
  /** The number of the session: of Terminal Services on Windows, of Linux's own audit elsewhere; null where there is none. */
  readonly session: number | null;
  /** The logon on Windows, as the Security log writes it (`0x3e7`); null elsewhere. */
  readonly logonId: string | null;
  readonly host: string;
  /** The process that made the call, and the one that started it: PowerShell, for a module. */
  readonly processId: number;
  readonly parentProcessId: number;
}

/** What every system has. */
export function processFacts(): Pick<Actor, 'host' | 'processId' | 'parentProcessId'> {
  return { host: hostname(), processId: process.pid, parentProcessId: process.ppid };
}

/** The actor where there is no Windows. */
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

/** libuv looks the effective user up; an account that no directory knows has no name. */
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
