/** Linux: the kernel kills this process with its parent. Source: PR_SET_PDEATHSIG(2const). */
import { bindTable, ownLibrary } from '../native/prototype.js';
import { POSIX } from './prototypes.js';

/**
 * Returns a switch. While it is on, the kernel kills this process as soon as the thread that started it has exited,
 * whatever this process is doing. Because it watches a thread and not a process, turn it on only while that thread
 * waits for a reply.
 */
export function parentSwitch(): (isOn: boolean) => void {
  const { prctl } = bindTable(POSIX, ownLibrary);
  return (isOn) => void prctl(PR_SET_PDEATHSIG, isOn ? SIGKILL : 0, 0, 0, 0);
}

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
