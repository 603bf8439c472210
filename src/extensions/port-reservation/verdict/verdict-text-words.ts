/** The parts of the sentences about ports. One port is always `port 80`, never `80-80`, `1 ports` or `them`. */
import { rangeWords } from '../ports/range-words.js';
import type { Evidence, RangeHolder, VerdictProcess, VerdictRange } from './verdict-types.js';

/** The process id of the Windows kernel, which owns the sockets of HTTP.sys. */
export const SYSTEM_PROCESS_ID = 4;

/** The number of owners and of URLs that are named; the others are only counted. */
const NAMED = 3;

export interface Subject {
  readonly protocol: 'Tcp' | 'Udp';
  readonly startPort: number;
  readonly endPort: number;
  readonly plural: boolean;
  /** `TCP port 80`, `UDP ports 80-90`. */
  readonly ports: string;
  readonly are: string;
  readonly lie: string;
  /** The object of a sentence: `it` or `them`. */
  readonly they: string;
  /** The subject and its verb: `it lies`, `they lie`. */
  readonly theyLie: string;
  readonly range: VerdictRange | null;
  /** `50000-50059`; `80` for a range of one port; empty if there is none. */
  readonly span: string;
  /** True for a range of one port. */
  readonly isSinglePort: boolean;
  /** `a port outside 50000-50059`, or `another port`. */
  readonly elsewhere: string;
  readonly holder: RangeHolder | null;
  readonly bindError: string | null;
  /** ` with EACCES`; empty if the bind succeeded. */
  readonly withError: string;
  readonly processes: readonly VerdictProcess[];
  /** `nginx (process 4711)`; empty if there is none. */
  readonly owners: string;
  /** `nginx (process 4711) uses it`; empty if there is none. */
  readonly ownersUse: string;
  /** `Listen on 0.0.0.0`: a single use; empty if there are several. */
  readonly holding: string;
  readonly windows: boolean;
  /** ` -StartPort 50000 -NumberOfPorts 60`: the range as parameters. */
  readonly asBlock: string;
}

export function subjectOf(
  { protocol, bindError, range, holder, processes }: Evidence,
  startPort: number,
  endPort: number,
  platform: NodeJS.Platform,
): Subject {
  const plural = endPort > startPort;
  const they = plural ? 'them' : 'it';
  const names = [...new Set(processes.map(ownerOf))];
  const isSinglePort = range !== null && range.startPort === range.endPort;
  const span = range === null ? '' : spanOf(range);
  return {
    protocol,
    startPort,
    endPort,
    plural,
    ports: rangeWords({ protocol, startPort, endPort }),
    are: plural ? 'are' : 'is',
    lie: plural ? 'lie' : 'lies',
    they,
    theyLie: plural ? 'they lie' : 'it lies',
    range,
    span,
    isSinglePort,
    elsewhere: range === null || isSinglePort ? 'another port' : `a port outside ${span}`,
    holder,
    bindError,
    withError: bindError === null ? '' : ` with ${bindError}`,
    processes,
    owners: inWords(names),
    ownersUse: names.length === 0 ? '' : `${inWords(names)} ${names.length === 1 ? 'uses' : 'use'} ${they}`,
    holding: holdingOf(processes),
    windows: platform === 'win32',
    asBlock: range ? ` -StartPort ${range.startPort} -NumberOfPorts ${range.endPort - range.startPort + 1}` : '',
  };
}

/** `50000-50059`, or one number. */
export function spanOf({ startPort, endPort }: { readonly startPort: number; readonly endPort: number }): string {
  return startPort === endPort ? String(startPort) : `${startPort}-${endPort}`;
}

/** `a, b and c`; of more than three, `a, b, c and 2 more`. */
export function inWords(names: readonly string[]): string {
  const shown = names.slice(0, NAMED);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** `nginx (process 4711)`. */
export function ownerOf({ processId, processName }: Pick<VerdictProcess, 'processId' | 'processName'>): string {
  if (processId === 0) return processName ?? 'an unknown process';
  return processName === null ? `process ${processId}` : `${processName} (process ${processId})`;
}

function holdingOf([only, ...others]: readonly VerdictProcess[]): string {
  if (only === undefined || others.length > 0) return '';
  return only.state === null ? `on ${only.address}` : `${only.state} on ${only.address}`;
}
