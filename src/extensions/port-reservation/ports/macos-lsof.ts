/**
 * Parses the output of `lsof -nPw -i -F pcfnPtT`. Pure.
 *
 * Sources: lsof(8), "OUTPUT FOR OTHER PROGRAMS"; lsof's dialects/darwin (names of TCP states). Tested with lsof on
 * Linux and with hand-written text in the form of macOS, not on macOS.
 */
import type { AddressFamily, PortUse, Protocol } from './types.js';

/**
 * Returns the ports in use, without sockets that have no local port yet or belong to other protocols (ICMP). Throws an
 * Error if the text has another form.
 */
export function parseLsof(text: string): PortUse[] {
  const uses: PortUse[] = [];
  let process: Fields = new Map();
  let file: Fields = new Map();
  const endFile = (): void => {
    if (file.size > 0) uses.push(...useOf(process, file));
    file = new Map();
  };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [field, value] = fieldOf(line);
    // A repeated field belongs to the next file, even if lsof omits the descriptor (`f`).
    if (field === 'p' || field === 'f' || file.has(field)) endFile();
    if (field === 'p') process = new Map();
    (PROCESS_FIELDS.has(field) ? process : file).set(field, value);
  }
  endFile();
  return uses;
}

/** Maps a field letter (for TCP information with its name: `TST`) to its value. */
type Fields = Map<string, string>;

const PROCESS_FIELDS: ReadonlySet<string> = new Set(['p', 'c']);

const TCP_STATES: Readonly<Record<string, string>> = {
  BOUND: 'Bound',
  CLOSED: 'Closed',
  CLOSE: 'Closed',
  CLOSE_WAIT: 'CloseWait',
  CLOSING: 'Closing',
  ESTABLISHED: 'Established',
  FIN_WAIT1: 'FinWait1',
  FIN_WAIT_1: 'FinWait1',
  FIN_WAIT2: 'FinWait2',
  FIN_WAIT_2: 'FinWait2',
  IDLE: 'Bound',
  LAST_ACK: 'LastAck',
  LISTEN: 'Listen',
  SYN_RCVD: 'SynReceived',
  SYN_RECEIVED: 'SynReceived',
  SYN_RECV: 'SynReceived',
  SYN_SENT: 'SynSent',
  TIME_WAIT: 'TimeWait',
};

function fieldOf(line: string): [string, string] {
  const information = /^(T[A-Z]{2})=(.*)$/.exec(line);
  if (information) return [information[1] ?? '', information[2] ?? ''];
  if (!/^[a-zA-Z]/.test(line)) throw new Error(`unexpected field of lsof: ${JSON.stringify(line)}`);
  return [line.slice(0, 1), line.slice(1)];
}

function useOf(process: Fields, file: Fields): PortUse[] {
  const processId = Number(process.get('p') ?? Number.NaN);
  const protocolName = file.get('P');
  const protocol = PROTOCOLS[protocolName ?? ''];
  if (protocolName !== undefined && !protocol) return [];
  const addressFamily = FAMILIES[file.get('t') ?? ''];
  const name = file.get('n');
  if (!Number.isInteger(processId) || !protocol || !addressFamily || name === undefined) {
    throw new Error(`lsof gave incomplete data about a socket: ${JSON.stringify(Object.fromEntries(file))}`);
  }
  const { address, port } = localEnd(name, addressFamily);
  if (port === null) return [];
  const state = protocol === 'Tcp' ? (TCP_STATES[file.get('TST') ?? ''] ?? 'Unknown') : null;
  return [{ protocol, addressFamily, address, port, state, processId, processName: commandName(process.get('c')) }];
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = { TCP: 'Tcp', UDP: 'Udp' };
const FAMILIES: Readonly<Record<string, AddressFamily>> = { IPv4: 'IPv4', IPv6: 'IPv6' };

/** `*:80`, `127.0.0.1:80->…`, `[fe80:4::1]:80`, `*:*`. */
const NAME = /^(\*|\[[^\]]+\]|[^:[\]]+):(\*|\d{1,5})(?:->.*)?$/;

function localEnd(name: string, family: AddressFamily): { readonly address: string; readonly port: number | null } {
  const [, host, port] = NAME.exec(name) ?? [];
  if (host === undefined || port === undefined) throw new Error(`unexpected socket of lsof: ${JSON.stringify(name)}`);
  const any = family === 'IPv4' ? '0.0.0.0' : '::';
  return { address: host === '*' ? any : host.replace(/^\[|\]$/g, ''), port: port === '*' ? null : Number(port) };
}

/** lsof writes spaces and unprintable characters as `\x20`. */
function commandName(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const bytes = text.replace(/\\x([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
