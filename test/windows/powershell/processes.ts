/**
 * Finds Windows processes by the processes of this system that run them: the command line is the same, the process id
 * is not.
 */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Returns the process ids of this system whose command line contains all of these texts. A process that starts another
 * one exists twice for a moment, until the child executes its own program; that copy is omitted.
 */
export function processesWith(...texts: readonly string[]): number[] {
  return amongProcesses(runningProcesses(), texts);
}

/**
 * Searches like `processesWith`, but only node.exe that started after its creation, so that frequent searches are cheap. Wine
 * lets the copy of a copy execute a new program, whose parent is gone; but a copy has one thread, and node.exe has many.
 */
export class NewProcesses {
  #others = new Set(runningProcesses());

  with(...texts: readonly string[]): number[] {
    const running = runningProcesses();
    // The process id of a process that has exited can be reused.
    this.#others = new Set(running.filter((pid) => this.#others.has(pid)));
    const since = running.filter((pid) => !this.#others.has(pid));
    return amongProcesses(since, ['node.exe', ...texts]).filter((pid) => threadsOf(pid) > 1);
  }
}

function runningProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function amongProcesses(pids: readonly number[], texts: readonly string[]): number[] {
  const found = pids.filter((pid) => {
    const commandLine = commandLineOf(pid);
    return texts.every((text) => commandLine.includes(text));
  });
  return found.filter((pid) => !found.includes(parentOf(pid)));
}

/** Returns an empty text for a process that has exited. */
export function commandLineOf(pid: number): string {
  return read(pid, 'cmdline').replaceAll('\0', ' ');
}

function parentOf(pid: number): number {
  return Number(/^PPid:\t(\d+)$/m.exec(read(pid, 'status'))?.[1]);
}

function threadsOf(pid: number): number {
  return Number(/^Threads:\t(\d+)$/m.exec(read(pid, 'status'))?.[1] ?? 0);
}

function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
