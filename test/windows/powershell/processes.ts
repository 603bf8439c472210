/** Windows processes as this system sees them: each has a process of ours, with its command line, under another number. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Process ids of this system whose command line contains all of these texts. A process that makes another is there
 * twice for a moment, until the other is the program that it is to be: such a copy is left out.
 */
export function processesWith(...texts: readonly string[]): number[] {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => texts.every((text) => commandLineOf(pid).includes(text)));
  return found.filter((pid) => !found.includes(parentOf(pid)));
}

/** Empty for a process that has ended. */
export function commandLineOf(pid: number): string {
  return read(pid, 'cmdline').replaceAll('\0', ' ');
}

function parentOf(pid: number): number {
  return Number(/^PPid:\t(\d+)$/m.exec(read(pid, 'status'))?.[1]);
}

function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
