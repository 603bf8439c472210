/** Windows processes as this system sees them: each has a process of ours, with its command line, under another number. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Process ids of this system whose command line contains all of these texts. A process that makes another is there
 * twice for a moment, until the other is the program that it is to be: such a copy is left out.
 */
export function processesWith(...texts: readonly string[]): number[] {
  return amongProcesses(runningProcesses(), texts);
}

/** Looks as `processesWith` does, but only at processes that began after it was made: asking often costs little. */
export class NewProcesses {
  #others = new Set(runningProcesses());

  with(...texts: readonly string[]): number[] {
    const running = runningProcesses();
    // The number of a process that has ended can be that of a new one.
    this.#others = new Set(running.filter((pid) => this.#others.has(pid)));
    return amongProcesses(
      running.filter((pid) => !this.#others.has(pid)),
      texts,
    );
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
