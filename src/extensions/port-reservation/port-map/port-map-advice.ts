/** Advice about what to do, one piece for each kind of range. Rows and details link to it. */
import { type Html, html } from './port-map-html.js';
import type { PortRun, RangeEvidence } from './port-map-layers.js';

const ADVICE = {
  InUse: [
    'A port in use',
    'Stop the program that uses it, or choose another port. If the process is System (process 4), HTTP.sys listens for another program. To find that program, run "netsh http show servicestate view=requestq" in an elevated session.',
  ],
  Reserved: [
    'A persistent reservation',
    'A program needs the token of the reservation to get one of these ports. Use New-ReservedTcpSocket or New-ReservedUdpSocket, or look up the token for your own program with Get-PersistentTcpPortReservationToken. A program that binds one of these ports by number fails. Remove-PersistentTcpPortReservation and Remove-PersistentUdpPortReservation remove the reservation.',
  ],
  Nat: [
    'A block of WinNAT or HNS',
    'Hyper-V, WSL or containers likely took the block from the dynamic port range. They take another block at every start. To take a port back, run Repair-PortExclusion -Port <port> -Protocol <Tcp or Udp>: it stops WinNAT, excludes your port, and starts WinNAT again. If the dynamic port range starts below 49152, restore the default with Set-DynamicPortRange -Protocol <Tcp or Udp> -Default. New blocks are then taken from there.',
  ],
  Single: [
    'An excluded single port',
    'HTTP.sys likely holds it for a URL, or a container publishes it. To find the URL and its process, run "netsh http show servicestate view=requestq" in an elevated session.',
  ],
  Excluded: [
    'An excluded range',
    'Choose a port outside the range. Test-PortBinding shows what likely holds a port of the range, and what to do.',
  ],
  Administered: [
    'An administered exclusion',
    'Programs can bind these ports by number, but Windows does not assign them automatically. Listeners of HTTP.sys and QUIC cannot use them. Remove-ExcludedPortRange removes the exclusion.',
  ],
  Dynamic: [
    'The dynamic range',
    'Windows assigns these ports to programs that ask for any port. For a service, choose a port outside the range, or exclude the port with New-ExcludedPortRange.',
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, text: string]>>;

export type AdviceKey = keyof typeof ADVICE;

/** Returns the key of the advice about a run; undefined for free ports. */
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

/** Keeps lines from breaking at the hyphen of a cmdlet or parameter. */
function commandsIn(text: string): Html[] {
  return text
    .split(/(\b[A-Z][a-z]+-[A-Z]\w+|-[A-Z][a-z]+\b)/)
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
