/** The text about ports of an excluded range: who holds the range, and what to do about it. */
import type { HttpUrl } from '../ports/types.js';
import { inWords, ownerOf, type Subject } from './verdict-text-words.js';
import type { RangeHolder, VerdictTexts } from './verdict-types.js';

export function excludedTexts(subject: Subject): VerdictTexts {
  const { ports, are, lie, span, isSinglePort, withError, holder } = subject;
  const place = isSinglePort
    ? `${ports} ${are} excluded as a single port, without a star,`
    : `${ports} ${lie} in the range ${span}, excluded without a star,`;
  return {
    explanation: `${place} and the bind was refused${withError}. ${holderSentence(holder)}`,
    nextStep: cureOf(subject),
  };
}

/** `listens for http://+:80/ (w3wp.exe (process 12))`, or `has the reserved URL http://+:80/`. */
export function urlsInWords(urls: readonly HttpUrl[]): string {
  const listening = urls.filter((one) => one.listening);
  if (listening.length === 0) return `has the reserved URL ${inWords([...new Set(urls.map(({ url }) => url))])}`;
  return `listens for ${inWords([...new Set(listening.map(listenerOf))])}`;
}

/** `http://+:5985/wsman/ of the service WinRM (process 8496)`: many services have one program, svchost.exe. */
function listenerOf({ url, processId, processName, service, queue }: HttpUrl): string {
  if (processId === null) return queue === null ? url : `${url} of the request queue ${queue}`;
  if (service === null) return `${url} of ${ownerOf({ processId, processName })}`;
  return `${url} of the ${service.includes(',') ? 'services' : 'service'} ${service} (process ${processId})`;
}

function holderSentence(holder: RangeHolder | null): string {
  switch (holder?.kind) {
    case 'Http':
      return holder.urls.some(({ listening }) => listening)
        ? `HTTP.sys holds it: it ${urlsInWords(holder.urls)}.`
        : `Likely HTTP.sys holds it, which ${urlsInWords(holder.urls)}.`;
    case 'SinglePort':
      return 'Likely HTTP.sys holds it for a URL, or a container publishes it.';
    case 'Nat':
      return 'Likely this is a block of WinNAT or HNS (Hyper-V, WSL, containers), which take blocks of the dynamic range at every start.';
    default:
      return 'The system does not tell who holds it; WinNAT and HNS (Hyper-V, WSL, containers) hold most such ranges.';
  }
}

function cureOf({ elsewhere, holder, protocol, startPort, plural, they }: Subject): string {
  switch (holder?.kind) {
    case 'Http':
      return 'Choose another port, or stop the program or service that has the URL (elevated: netsh http show servicestate view=requestq).';
    case 'SinglePort':
      return 'Choose another port; or find the URL (elevated: netsh http show servicestate view=requestq) or the container, and stop what has it.';
    default: {
      const port = plural ? '<port>' : String(startPort);
      const repair = `Repair-PortExclusion -Port ${port} -Protocol ${protocol}`;
      const isBlock = holder?.kind === 'Nat';
      const moved = isBlock && holder.hasMovedDynamicRange ? movedRange(protocol) : '';
      return `Choose ${elsewhere}; or, elevated, run ${repair}${isBlock ? '' : ' if WinNAT holds the range'}: it stops WinNAT, excludes ${plural ? 'the port' : they} for your own use, and starts WinNAT again.${moved}`;
    }
  }
}

function movedRange(protocol: string): string {
  return ` The dynamic range of this computer begins below 49152, its default: Set-DynamicPortRange -Protocol ${protocol} -Default moves it back, and such blocks with it.`;
}
