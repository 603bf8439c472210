/** The parts of the sentences about ports. */
import type { Evidence, VerdictProcess } from './verdict-types.js';

/** The number of owners that are named; the rest is counted. */
const NAMED_OWNERS = 3;

export interface Subject {
  readonly startPort: number;
  readonly endPort: number;
  readonly plural: boolean;
  /** `TCP port 80`, `UDP ports 80-90`. */
  readonly ports: string;
  readonly are: string;
  readonly lie: string;
  readonly belong: string;
  /** The object of a sentence: `it` or `them`. */
  readonly they: string;
  /** `50000-50059`; null if there is none. */
  readonly range: string | null;
  readonly administered: boolean;
  readonly bindError: string | null;
  /** ` (EACCES)`; empty if the bind succeeded. */
  readonly refusal: string;
  readonly processes: readonly VerdictProcess[];
  /** `nginx (process 4711)`; empty if there is none. */
  readonly owners: string;
  /** `Listen on 0.0.0.0`: a single use; empty if there are several. */
  readonly holding: string;
  readonly windows: boolean;
  /** The command that reserves a port of the range. */
  readonly takeByToken: string;
}

export function subjectOf(
  { protocol, bindError, range, processes }: Evidence,
  startPort: number,
  endPort: number,
  platform: NodeJS.Platform,
): Subject {
  const plural = endPort > startPort;
  const name = protocol.toUpperCase();
  return {
    startPort,
    endPort,
    plural,
    ports: plural ? `${name} ports ${startPort}-${endPort}` : `${name} port ${startPort}`,
    are: plural ? 'are' : 'is',
    lie: plural ? 'lie' : 'lies',
    belong: plural ? 'belong' : 'belongs',
    they: plural ? 'them' : 'it',
    range: range && `${range.startPort}-${range.endPort}`,
    administered: range?.administered ?? false,
    bindError,
    refusal: bindError === null ? '' : ` (${bindError})`,
    processes,
    owners: ownersOf(processes),
    holding: holdingOf(processes),
    windows: platform === 'win32',
    takeByToken: range
      ? `New-Reserved${protocol}Socket -StartPort ${range.startPort} -NumberOfPorts ${range.endPort - range.startPort + 1}`
      : '',
  };
}

function ownersOf(processes: readonly VerdictProcess[]): string {
  const names = [...new Set(processes.map(ownerOf))];
  const shown = names.slice(0, NAMED_OWNERS);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

function ownerOf({ processId, processName }: VerdictProcess): string {
  if (processId === 0) return processName ?? 'a process that the system does not name';
  return processName === null ? `process ${processId}` : `${processName} (process ${processId})`;
}

function holdingOf([only, ...others]: readonly VerdictProcess[]): string {
  if (only === undefined || others.length > 0) return '';
  return only.state === null ? `on ${only.address}` : `${only.state} on ${only.address}`;
}
