/**
 * Finds the processes that hold sockets, from the links /proc/<pid>/fd/<n> to `socket:[<inode>]`.
 *
 * Source: proc(5). Another user's links cannot be read without CAP_SYS_PTRACE, so such a process is skipped.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

export interface SocketOwner {
  readonly processId: number;
  /** The command name of the process, at most 15 characters; null if it cannot be read. */
  readonly processName: string | null;
}

/** Returns the owners of each requested inode, by process id; inodes without an owner are omitted. */
export function findSocketOwners(inodes: ReadonlySet<number>, proc = '/proc'): Map<number, SocketOwner[]> {
  const owners = new Map<number, SocketOwner[]>();
  if (inodes.size === 0) return owners;
  for (const processId of processIds(proc)) {
    const directory = path.join(proc, String(processId));
    const held = socketsOf(directory).filter((inode) => inodes.has(inode));
    if (held.length === 0) continue;
    const owner = { processId, processName: commandName(directory) };
    for (const inode of new Set(held)) owners.set(inode, [...(owners.get(inode) ?? []), owner]);
  }
  return owners;
}

const SOCKET_LINK = /^socket:\[(\d+)\]$/;

function processIds(proc: string): number[] {
  return readdirSync(proc)
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

function socketsOf(directory: string): number[] {
  const links = path.join(directory, 'fd');
  const names = unlessUnreadable(() => readdirSync(links)) ?? [];
  return names.flatMap((name) => {
    const target = unlessUnreadable(() => readlinkSync(path.join(links, name)));
    const inode = target === undefined ? undefined : SOCKET_LINK.exec(target)?.[1];
    return inode === undefined ? [] : [Number(inode)];
  });
}

function commandName(directory: string): string | null {
  const text = unlessUnreadable(() => readFileSync(path.join(directory, 'comm'), 'utf8'));
  return text === undefined ? null : text.replace(/\n$/, '');
}

/** Returns undefined if the process has exited or belongs to another user. Any other failure is thrown. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && UNREADABLE.has(String(error.code))) return undefined;
    throw error;
  }
}

const UNREADABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'ENOENT', 'ESRCH']);
