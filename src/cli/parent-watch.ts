/**
 * The bridge ends with its caller, even if somebody else still holds the pipe, and even while a native call never returns: then
 * nothing runs on the thread of node's that is in the call, so the watch is elsewhere.
 */
import type { Backend } from '../definition/execution.js';
import { UsageError } from './usage.js';

interface Watched {
  readonly backend: Backend;
  /** The calls of a message have been made. */
  readonly rest: () => void;
}

/** How often the caller's life is looked at; the end of stdin is noticed at once. */
const CHECK_MS = 1000 * 2;

/** The process id of a caller. Throws UsageError. */
export function parentOf(given: string): number {
  const pid = Number(given);
  if (Number.isSafeInteger(pid) && pid > 0) return pid;
  throw new UsageError(`--parent must be a process id, not '${given}'`);
}

/**
 * Watches from now on. `leave` ends the process; it is called when the caller is gone and no call is in the way. Resolves with the
 * backend to call through, and with what is to be called before each answer is sent.
 */
export async function watchParent(pid: number, backend: Backend, leave: () => void): Promise<Watched> {
  const isOwnParent = process.platform !== 'win32' && process.ppid === pid;
  let onCheck = () => {};
  setInterval(() => {
    if (isGone(pid, isOwnParent)) leave();
    onCheck();
  }, CHECK_MS).unref();
  // The simulation calls nothing that could hang, and has locks to undo.
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
 * A thread of node's takes longer to start than a first call to be answered. Until it is there the kernel watches, from the first call of
 * a message until its answer is sent: for so long, the thread that started this process waits for the answer.
 */
async function watchedByKernel(pid: number, backend: Backend): Promise<Watched & { readonly relieve: () => void }> {
  const { parentSwitch } = await import('../system/parent-linux.js');
  const turn = parentSwitch();
  let isRelieved = false;
  let isOn = false;
  const call: Backend['call'] = (fn, args) => {
    if (!isRelieved && !isOn) {
      isOn = true;
      turn(true);
      // It may have ended before the kernel was asked.
      if (process.ppid !== pid) process.kill(process.pid, 'SIGKILL');
    }
    return backend.call(fn, args);
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

/** Starts the watchdog. It goes on its post by itself, whatever this thread does from now on. */
async function startWatchdog(pid: number, isOwnParent: boolean): Promise<void> {
  const { Worker } = await import('node:worker_threads');
  const workerData = { pid, isOwnParent, interval: CHECK_MS };
  const watchdog = new Worker(WATCHDOG, { eval: true, workerData, env: {}, argv: [], execArgv: [] });
  // Where there is no thread to be had, the checks of this one are left.
  watchdog.on('error', () => {}).unref();
}

/** A script of its own thread, which needs nothing of the program's. */
const WATCHDOG = `
const { workerData: { pid, isOwnParent, interval } } = require('node:worker_threads');
const isGone = ${isGone.toString()};
setInterval(() => isGone(pid, isOwnParent) && process.kill(process.pid, 'SIGKILL'), interval);
`;

/** Of a process that started this one, the system says so; the id of another one may be in use again. */
function isGone(pid: number, isOwnParent: boolean): boolean {
  if (isOwnParent) return process.ppid !== pid;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
