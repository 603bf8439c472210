/** Windows: a thread of the system waits for another process, and ends this one. Source: learn.microsoft.com, TerminateProcess. */
import { bindTable, loadedLibrary, pointerBytes } from '../native/prototype.js';
import { WINDOWS } from './prototypes.js';
import { CURRENT_PROCESS } from './token.js';

/**
 * From now on this process ends with another one, whatever it is doing: the thread that waits is none of node's. Returns false when
 * there is no such process, or it may not be waited for.
 *
 * What the thread calls is TerminateProcess itself, with the pseudo-handle of this process: its two arguments are those of a
 * WAITORTIMERCALLBACK, a pointer and a Boolean, and an exit status is nobody's concern when the one who started it is gone.
 */
export function endWithProcess(processId: number): boolean {
  // kernel32.dll is in every process already, so nothing is searched for.
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
