/**
 * Ends the bridge with its caller, even if another process still holds the pipe, and even while a native call hangs.
 * Node's main thread is blocked during such a call, so the watch runs elsewhere.
 */
import type { Backend } from '../definition/execution.js';
import { UsageError } from './usage.js';

interface Watched {
  readonly backend: Backend;
  /** Called when the calls of a message have been made. */
  readonly rest: () => void;
}

/** The interval between checks of the caller; the end of stdin is detected at once. */
const CHECK_MS = 1000 * 2;

/** Parses the process id of a caller. Throws UsageError. */
export function parentOf(given: string): number {
  const pid = Number(given);
  if (Number.isSafeInteger(pid) && pid > 0) return pid;
  throw new UsageError(`--parent must be a process ID, not '${given}'`);
}

/**
 * Starts the watch. `leave` ends the process; it is called when the caller has exited and no call blocks the main
 * thread. Resolves with the backend to call through, and with a function to call before each reply is sent.
 */
export async function watchParent(pid: number, backend: Backend, leave: () => void): Promise<Watched> {
  const isOwnParent = process.platform !== 'win32' && process.ppid === pid;
  let onCheck = () => {};
  setInterval(() => {
    if (isGone(pid, isOwnParent)) leave();
    onCheck();
  }, CHECK_MS).unref();
  // Simulated calls cannot hang, and locks must be released.
  const asItIs: Watched = { backend, rest: () => {} };
  if (backend.name !== 'native') return asItIs;
  if (process.platform === 'win32') {
    const { endWithProcess } = await import('../system/parent-windows.js');
    if (endWithProcess(pid)) return asItIs;
  }
  if (process.platform !== 'linux' || !isOwnParent) {
    await startWatchdog(pid, isOwnParent);
    return asItIs;
  }
  const watched = await watchedByKernel(pid, backend);
  onCheck = () => {
    onCheck = () => {};
    void startWatchdog(pid, isOwnParent).then(watched.relieve);
  };
  return watched;
}

/**
 * Starting a worker thread takes longer than answering a first call. Until it runs, the kernel watches, from the first
 * call of a message until its reply is sent: during this time, the thread that started this process waits for the
 * reply.
 */
async function watchedByKernel(pid: number, backend: Backend): Promise<Watched & { readonly relieve: () => void }> {
  const { parentSwitch } = await import('../system/parent-linux.js');
  const turn = parentSwitch();
  let isRelieved = false;
  let isOn = false;
  const call: Backend['call'] = (fn, args, room) => {
    if (!isRelieved && !isOn) {
      isOn = true;
      turn(true);
      // The caller may have exited before the kernel watched it.
      if (process.ppid !== pid) process.kill(process.pid, 'SIGKILL');
    }
    return backend.call(fn, args, room);
  };
  const rest = () => {
    if (isOn) turn(false);
    isOn = false;
  };
  const relieve = () => {
    isRelieved = true;
  };
  return { backend: { ...backend, call }, rest, relieve };
}

/** Starts the watchdog thread, which then runs independently of this thread. */
async function startWatchdog(pid: number, isOwnParent: boolean): Promise<void> {
  const { Worker } = await import('node:worker_threads');
  const workerData = { pid, isOwnParent, interval: CHECK_MS };
  const watchdog = new Worker(WATCHDOG, { eval: true, workerData, env: {}, argv: [], execArgv: [] });
  // Without a worker thread, the checks of this thread remain.
  watchdog.on('error', () => {}).unref();
}

/** The script of the worker thread, which imports nothing of the program. */
const WATCHDOG = `
const { workerData: { pid, isOwnParent, interval } } = require('node:worker_threads');
const isGone = ${isGone.toString()};
setInterval(() => isGone(pid, isOwnParent) && process.kill(process.pid, 'SIGKILL'), interval);
`;

/** For the parent process, the system reports an exit; the id of any other process may be in use again. */
function isGone(pid: number, isOwnParent: boolean): boolean {
  if (isOwnParent) return process.ppid !== pid;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
