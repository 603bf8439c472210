/** Linux: the kernel ends this process with its parent. Source: PR_SET_PDEATHSIG(2const). */
import { bindTable, ownLibrary } from '../native/prototype.js';
import { POSIX } from './prototypes.js';

/**
 * Returns a switch: while it is on, this process is killed as soon as the thread that started it has ended, whatever this process
 * is doing. A thread, not a process: it is to be on only while that thread waits for an answer.
 */
export function parentSwitch(): (isOn: boolean) => void {
  const { prctl } = bindTable(POSIX, ownLibrary);
  return (isOn) => void prctl(PR_SET_PDEATHSIG, isOn ? SIGKILL : 0, 0, 0, 0);
}

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
