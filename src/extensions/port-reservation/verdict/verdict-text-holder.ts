/** The texts about ports of an excluded range: who holds the range, and what to do about it. */
import type { HttpUrl } from '../ports/types.js';
import { inWords, ownerOf, type Subject } from './verdict-text-words.js';
import type { RangeHolder, VerdictTexts } from './verdict-types.js';

export function excludedTexts(subject: Subject): VerdictTexts {
  const { ports, are, lie, span, isSinglePort, withError, holder } = subject;
  const place = isSinglePort
    ? `${ports} ${are} excluded as a single port that is not administered,`
    : `${ports} ${lie} in the excluded range ${span}, which is not administered,`;
  return {
    explanation: `${place} and the bind failed${withError}. ${holderSentence(holder)}`,
    nextStep: cureOf(subject),
  };
}

/** `listens for http://+:80/ (w3wp.exe (process 12))`, or `has the reserved URL http://+:80/`. */
export function urlsInWords(urls: readonly HttpUrl[]): string {
  const listening = urls.filter((one) => one.listening);
  if (listening.length === 0) return `has the reserved URL ${inWords([...new Set(urls.map(({ url }) => url))])}`;
  return `listens for ${inWords([...new Set(listening.map(listenerOf))])}`;
}

/**
 * Describes who listens on a URL: `http://+:5985/wsman/ of the service WinRM (process 8496)`. Names the service,
 * because many services share one program, svchost.exe.
 */
function listenerOf({ url, processId, processName, service, queue }: HttpUrl): string {
  if (processId === null) return queue === null ? url : `${url} of the request queue ${queue}`;
  if (service === null) return `${url} of ${ownerOf({ processId, processName })}`;
  return `${url} of the ${service.includes(',') ? 'services' : 'service'} ${service} (process ${processId})`;
}

function holderSentence(holder: RangeHolder | null): string {
  switch (holder?.kind) {
    case 'Http':
      return holder.urls.some(({ listening }) => listening)
        ? `HTTP.sys holds it. It ${urlsInWords(holder.urls)}.`
        : `Likely HTTP.sys holds it. It ${urlsInWords(holder.urls)}.`;
    case 'SinglePort':
      return 'Likely HTTP.sys holds it for a URL, or a container publishes it.';
    case 'Nat':
      return 'Likely WinNAT or HNS (Hyper-V, WSL, containers) holds it. They take blocks of the dynamic port range at every start.';
    default:
      return 'Windows does not say what holds it. WinNAT and HNS (Hyper-V, WSL, containers) hold most such ranges.';
  }
}

function cureOf({ elsewhere, holder, protocol, startPort, plural, they }: Subject): string {
  switch (holder?.kind) {
    case 'Http':
      return 'Choose another port, or stop the program or service that uses the URL. To find it, run "netsh http show servicestate view=requestq" in an elevated session.';
    case 'SinglePort':
      return 'Choose another port, or stop the program or container that uses this one. To find a URL, run "netsh http show servicestate view=requestq" in an elevated session.';
    default: {
      const port = plural ? '<port>' : String(startPort);
      const repair = `Repair-PortExclusion -Port ${port} -Protocol ${protocol}`;
      const isBlock = holder?.kind === 'Nat';
      const moved = isBlock && holder.hasMovedDynamicRange ? movedRange(protocol) : '';
      return `Choose ${elsewhere}, or run ${repair} in an elevated session${isBlock ? '' : ' if WinNAT holds the range'}. It stops WinNAT, excludes ${plural ? 'the port' : they} for your own use, and starts WinNAT again.${moved}`;
    }
  }
}

function movedRange(protocol: string): string {
  return ` The dynamic port range of this computer starts below the default, 49152. To restore the default, run Set-DynamicPortRange -Protocol ${protocol} -Default.`;
}
