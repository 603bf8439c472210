/**
 * Windows: a thread of the system waits for another process, and ends this one. Sources: learn.microsoft.com, pages of OpenProcess,
 * RegisterWaitForSingleObject, TerminateProcess.
 */
import koffi from 'koffi';

/**
 * From now on this process ends with another one, whatever it is doing: the thread that waits is none of node's. Returns false when
 * there is no such process, or it may not be waited for.
 *
 * What the thread calls is TerminateProcess itself, with the pseudo-handle of this process: its two arguments are those of a
 * WAITORTIMERCALLBACK, a pointer and a Boolean, and an exit status is nobody's concern when the one who started it is gone.
 */
export function endWithProcess(processId: number): boolean {
  const kernel = koffi.load('kernel32.dll');
  const open = kernel.func('__stdcall', 'OpenProcess', 'uintptr', ['uint32', 'int32', 'uint32']);
  const find = kernel.func('__stdcall', 'GetProcAddress', 'uintptr', ['uintptr', 'str']);
  const moduleOf = kernel.func('__stdcall', 'GetModuleHandleW', 'uintptr', ['str16']);
  const wait = kernel.func('__stdcall', 'RegisterWaitForSingleObject', 'int32', [
    'void *',
    'uintptr',
    'uintptr',
    'intptr',
    'uint32',
    'uint32',
  ]);
  const process = open(SYNCHRONIZE, 0, processId);
  if (BigInt(process) === 0n) return false;
  const terminate = find(moduleOf('kernel32.dll'), 'TerminateProcess');
  const registration = Buffer.alloc(koffi.sizeof('void *'));
  return wait(registration, process, terminate, CURRENT_PROCESS, INFINITE, ONLY_ONCE) !== 0;
}

const SYNCHRONIZE = 0x0010_0000;
const CURRENT_PROCESS = -1;
const INFINITE = 0xffff_ffff;

/** WT_EXECUTEONLYONCE. */
const ONLY_ONCE = 8;
