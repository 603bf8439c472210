/**
 * Windows: a thread pool thread waits for another process, and ends this one. Source: learn.microsoft.com,
 * TerminateProcess.
 */
import { bindTable, loadedLibrary, pointerBytes } from '../native/prototype.js';
import { WINDOWS } from './prototypes.js';
import { CURRENT_PROCESS } from './token.js';

/**
 * Ends this process with another one, whatever this process is doing: the waiting thread does not belong to Node.
 * Returns false if there is no such process, or access to it is denied.
 *
 * The thread calls TerminateProcess directly, with the pseudo-handle of this process: the two arguments of a
 * WAITORTIMERCALLBACK, a pointer and a Boolean, take the place of its own. The exit code does not matter, because the
 * parent has exited.
 */
export function endWithProcess(processId: number): boolean {
  // Every process has loaded kernel32.dll, so no search takes place.
  const call = bindTable(WINDOWS, loadedLibrary);
  const process = call.OpenProcess(SYNCHRONIZE, 0, processId);
  if (BigInt(process) === 0n) return false;
  const terminate = call.GetProcAddress(call.GetModuleHandleW('kernel32.dll'), 'TerminateProcess');
  const registration = Buffer.alloc(pointerBytes());
  return call.RegisterWaitForSingleObject(registration, process, terminate, CURRENT_PROCESS, INFINITE, ONLY_ONCE) !== 0;
}

const SYNCHRONIZE = 0x0010_0000;
const INFINITE = 0xffff_ffff;

/** WT_EXECUTEONLYONCE. */
const ONLY_ONCE = 8;
