/** The texts of the port map. */
import { urlsInWords } from '../verdict/verdict-text-holder.js';
import type { RangeHolder } from '../verdict/verdict-types.js';
import type { PortEvidence, PortRun, PortState, RangeEvidence, UseEvidence } from './port-map-layers.js';

/** The name of a state, as the legend and the table show it. */
export const STATE_LABELS: Readonly<Record<PortState, string>> = {
  InUse: 'In use',
  Reserved: 'Reserved',
  Excluded: 'Excluded',
  Administered: 'Administered exclusion',
  Dynamic: 'Dynamic range',
  Free: 'Free',
};

const RANGE_NAMES: Readonly<Record<RangeEvidence['kind'], string>> = {
  Reserved: 'Reservation',
  Excluded: 'Excluded range',
  Administered: 'Administered exclusion',
  Dynamic: 'Dynamic range',
};

/** The meaning of a state for someone who needs the port. */
export const STATE_MEANINGS: Readonly<Record<PortState, string>> = {
  InUse: 'a program or connection uses the port',
  Reserved: 'a program needs the token of the reservation',
  Excluded: 'the port cannot be bound by number',
  Administered: 'the port can be bound by number, but is not assigned automatically',
  Dynamic: 'Windows assigns these ports to programs that ask for any',
  Free: 'nothing is known to use or exclude the port',
};

/** `1,234`: the same format on every machine. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `50000–50059`, or one number. */
export function spanText({ startPort, endPort }: { readonly startPort: number; readonly endPort: number }): string {
  return startPort === endPort ? String(startPort) : `${startPort}–${endPort}`;
}

/** One line about a run: ports, state, count. */
export function runText(run: PortRun): string {
  const { startPort, endPort, numberOfPorts, state } = run;
  const ports = startPort === endPort ? `Port ${startPort}` : `Ports ${startPort} to ${endPort}`;
  const count = numberOfPorts === 1 ? '' : `, ${countText(numberOfPorts)} ports`;
  return `${ports}: ${STATE_LABELS[state]}${count}`;
}

/** One line for each piece of evidence. */
export function evidenceTexts({ evidence }: PortRun): string[] {
  return evidence.map(evidenceText);
}

/** One line for one piece of evidence. */
export function evidenceText(evidence: PortEvidence): string {
  if (evidence.kind === 'InUse') {
    const places = evidence.places.map(({ state, addresses }) => `${state ?? 'Bound'} on ${addresses.join(', ')}`);
    return `${ownerText(evidence)}: ${places.join('; ')}`;
  }
  const families = evidence.addressFamilies.length === 0 ? '' : ` (${evidence.addressFamilies.join(', ')})`;
  const isOnePort = evidence.startPort === evidence.endPort;
  const name = isOnePort && evidence.kind === 'Excluded' ? 'Excluded port' : RANGE_NAMES[evidence.kind];
  return `${name} ${spanText(evidence)}${families}${holderText(evidence.holder)}`;
}

function holderText(holder: RangeHolder | undefined): string {
  switch (holder?.kind) {
    case 'Http':
      return `: HTTP.sys ${urlsInWords(holder.urls)}`;
    case 'SinglePort':
      return ': likely a URL of HTTP.sys, or a container';
    case 'Nat':
      return ': likely a block of WinNAT or HNS';
    case 'HnsDefault':
      return ': likely the one that HNS makes by default';
    default:
      return '';
  }
}

/** `nginx (process 4711)`. */
export function ownerText({ processId, processName }: UseEvidence): string {
  if (processId === 0) return processName ?? 'Unnamed process';
  return processName === null ? `Process ${processId}` : `${processName} (process ${processId})`;
}
