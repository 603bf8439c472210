/** The text about ports that are in use. */
import { urlsInWords } from './verdict-text-holder.js';
import { type Subject, SYSTEM_PROCESS_ID } from './verdict-text-words.js';
import type { VerdictTexts } from './verdict-types.js';

export function inUseTexts(subject: Subject): VerdictTexts {
  const { ports, are, withError, owners, holding } = subject;
  const by = owners ? `by ${owners}${holding && ` (${holding})`}` : 'but no table shows which process uses it';
  const explanation = `${ports} ${are} in use${owners ? '' : ','} ${by}${placeOf(subject)}; the bind failed${withError}.`;
  return { explanation: explanation + servedUrls(subject), nextStep: nextStep(subject) };
}

/** `, and it lies in the administered exclusion 50000-50059`; empty if no range contains the ports. */
function placeOf({ range, span, isSinglePort, theyLie }: Subject): string {
  if (range === null) return '';
  if (isSinglePort)
    return `, and it is ${range.administered ? 'an administered exclusion' : 'excluded or reserved'} by itself`;
  return `, and ${theyLie} in the ${range.administered ? 'administered exclusion' : 'excluded or reserved range'} ${span}`;
}

function servedUrls({ holder }: Subject): string {
  return holder?.kind === 'Http' ? ` HTTP.sys ${urlsInWords(holder.urls)}.` : '';
}

function nextStep({ owners, windows, processes, holder, they }: Subject): string {
  const isUnknown = processes.every(({ processId, processName }) => processId === 0 && processName === null);
  if (owners === '') return nextStepWithoutOwner(windows);
  if (processes.every(({ state }) => state === 'TimeWait')) {
    return 'Wait until the closed connections time out (up to four minutes), or choose another port.';
  }
  if (windows && processes.some(({ processId }) => processId === SYSTEM_PROCESS_ID)) {
    return holder?.kind === 'Http'
      ? 'Choose another port, or stop the program or service that uses the URL.'
      : 'Choose another port, or stop the service that listens through HTTP.sys. To find it, run "netsh http show servicestate view=requestq" in an elevated session.';
  }
  if (isUnknown) {
    return `Choose another port, or look for the process that uses ${they} (${windows ? 'netstat -ano' : 'sudo ss -lntup'}).`;
  }
  return `Stop ${owners}, or choose another port.`;
}

function nextStepWithoutOwner(windows: boolean): string {
  return windows
    ? 'Choose another port, or try again: the program may have ended. WSL with mirrored networking also holds ports that no table shows. Run "wsl --shutdown" to release such ports.'
    : 'Choose another port, or look for a process of another user (sudo ss -lntup).';
}
