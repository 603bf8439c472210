/** The text about ports that are in use. */
import { urlsInWords } from './verdict-text-holder.js';
import { type Subject, SYSTEM_PROCESS_ID } from './verdict-text-words.js';
import type { VerdictTexts } from './verdict-types.js';

export function inUseTexts(subject: Subject): VerdictTexts {
  const { ports, are, withError, owners, holding } = subject;
  const by = owners ? `by ${owners}${holding && ` (${holding})`}` : 'but no table shows by whom';
  const explanation = `${ports} ${are} in use${owners ? '' : ','} ${by}${placeOf(subject)}; the bind failed${withError}.`;
  return { explanation: explanation + servedUrls(subject), nextStep: nextStep(subject) };
}

/** `, and it lies in the administered exclusion 50000-50059`; empty if no range has the ports. */
function placeOf({ range, span, isSinglePort, theyLie }: Subject): string {
  if (range === null) return '';
  if (isSinglePort)
    return `, and it is ${range.administered ? 'an administered exclusion' : 'excluded or reserved'} by itself`;
  return `, and ${theyLie} in the ${range.administered ? 'administered exclusion' : 'excluded or reserved range'} ${span}`;
}

function servedUrls({ holder }: Subject): string {
  return holder?.kind === 'Http' ? ` HTTP.sys ${urlsInWords(holder.urls)}.` : '';
}

function nextStep({ owners, windows, processes, they, holder }: Subject): string {
  if (owners === '') return nextStepWithoutOwner(windows, they);
  if (processes.every(({ state }) => state === 'TimeWait')) {
    return 'Wait until the system forgets the closed connections (up to four minutes), or choose another port.';
  }
  if (windows && processes.some(({ processId }) => processId === SYSTEM_PROCESS_ID)) {
    return holder?.kind === 'Http'
      ? 'Choose another port, or stop the program or service that has the URL.'
      : 'Choose another port, or see which service listens through HTTP.sys (elevated: netsh http show servicestate view=requestq) and stop that.';
  }
  return `Stop ${owners}, or choose another port.`;
}

function nextStepWithoutOwner(windows: boolean, they: string): string {
  return windows
    ? `Choose another port; WSL with mirrored networking holds ports without a visible owner ("wsl --shutdown" releases ${they}), so does a program that was gone when the table was read.`
    : 'Choose another port, or look for the owner with more rights (sudo ss -lntup): it may be a process of another user.';
}
