/** What to do about a range: one piece of advice for each sort of range, to which its row and its detail lead. */
import { type Html, html } from './port-map-html.js';
import type { PortRun, RangeEvidence } from './port-map-layers.js';

const ADVICE = {
  InUse: [
    'A port in use',
    'Stop the program that has it, or choose another port. System (process 4) is the kernel: HTTP.sys listens there for another program, which "netsh http show servicestate view=requestq" names in an elevated session.',
  ],
  Reserved: [
    'A persistent reservation',
    'A program takes a port of it with the token of the reservation: New-ReservedTcpSocket, New-ReservedUdpSocket, or Get-PersistentTcpPortReservationToken for a program of your own. A program that binds its port by number is refused here. Remove-PersistentTcpPortReservation and Remove-PersistentUdpPortReservation end it.',
  ],
  Nat: [
    'A block of WinNAT or HNS',
    'Likely Hyper-V, WSL or containers took it from the dynamic range, and they take another one at every start. Repair-PortExclusion -Port <port> -Protocol <Tcp or Udp> stops WinNAT, excludes your own port, and starts WinNAT again. If the dynamic range begins below 49152, Set-DynamicPortRange -Protocol <Tcp or Udp> -Default moves it back, and such blocks with it.',
  ],
  Single: [
    'An excluded single port',
    'Likely HTTP.sys holds it for a URL, or a container publishes it. "netsh http show servicestate view=requestq" in an elevated session names the URL and its process.',
  ],
  Excluded: [
    'An excluded range',
    'Choose a port outside of it. Test-PortBinding tells for each of its ports who likely holds it, and what to do.',
  ],
  Administered: [
    'An administered exclusion',
    'A program that asks for one of these ports by number gets it; automatic assignment passes over it. HTTP.sys and QUIC listeners are refused here. Remove-ExcludedPortRange ends it.',
  ],
  Dynamic: [
    'The dynamic range',
    'Windows gives these ports to programs that ask for any. Choose the port of a service outside of it, or exclude the port (New-ExcludedPortRange).',
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, text: string]>>;

export type AdviceKey = keyof typeof ADVICE;

/** Returns which advice is about a run; undefined for free ports. */
export function adviceOf({ state, evidence }: Pick<PortRun, 'state' | 'evidence'>): AdviceKey | undefined {
  if (state === 'Free') return undefined;
  if (state !== 'Excluded') return state;
  const holder = evidence.find((one): one is RangeEvidence => one.kind === 'Excluded')?.holder;
  if (holder?.kind === 'Nat') return 'Nat';
  return holder?.kind === 'Http' || holder?.kind === 'SinglePort' ? 'Single' : 'Excluded';
}

/** A link to the advice. */
export function adviceLink(key: AdviceKey): Html {
  return html`<a class="advice-link" href="#advice-${key}">What to do</a>`;
}

/** Every piece of advice. */
export function renderAdvice(): Html {
  const entries = Object.entries(ADVICE).map(
    ([key, [title, text]]) => html`<dt id="advice-${key}" tabindex="-1">${title}</dt>\n<dd>${commandsIn(text)}</dd>\n`,
  );
  return html`<dl class="advice">
${entries}</dl>`;
}

/** No line ends at the hyphen of a cmdlet or parameter. */
function commandsIn(text: string): Html[] {
  return text
    .split(/(\b[A-Z][a-z]+-[A-Z]\w+|-[A-Z][a-z]+\b)/)
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
