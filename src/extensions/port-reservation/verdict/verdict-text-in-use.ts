/** The text about ports that are in use. */
import type { Subject } from './verdict-text-words.js';
import type { VerdictTexts } from './verdict-types.js';

/** The process id of the Windows kernel, which owns the sockets of http.sys. */
const SYSTEM_PROCESS_ID = 4;

export function inUseTexts(subject: Subject): VerdictTexts {
  const { ports, are, lie, plural, range, administered, refusal, owners, holding } = subject;
  const kind = administered ? 'administered exclusion' : 'excluded or reserved range';
  const place = range === null ? '' : `, and ${plural ? 'they' : 'it'} ${lie} in the ${kind} ${range}`;
  const explanation = owners
    ? `${ports} ${are} in use by ${owners}${holding && ` (${holding})`}${place}; the bind failed${refusal}.`
    : `${ports} ${are} in use, but no table shows by whom${place}; the bind failed${refusal}.`;
  return { explanation, nextStep: nextStep(subject) };
}

function nextStep({ owners, windows, processes, they }: Subject): string {
  if (owners === '') return nextStepWithoutOwner(windows, they);
  if (processes.every(({ state }) => state === 'TimeWait')) {
    return 'Wait until the system forgets the closed connections (up to four minutes), or choose another port.';
  }
  if (windows && processes.some(({ processId }) => processId === SYSTEM_PROCESS_ID)) {
    return 'Choose another port, or see which service listens through http.sys (netsh http show servicestate) and stop that.';
  }
  return `Stop ${owners}, or choose another port.`;
}

function nextStepWithoutOwner(windows: boolean, they: string): string {
  return windows
    ? `Choose another port; WSL with mirrored networking holds ports without a visible owner ("wsl --shutdown" releases ${they}), so does a program that was gone when the table was read.`
    : 'Choose another port, or look for the owner with more rights (sudo ss -lntup): it may be a process of another user.';
}
