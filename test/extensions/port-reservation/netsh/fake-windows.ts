/** A Windows with netsh, net and sc behind the runner of programs: tables that change, in the words of a German system. */

import { createNetshSource } from '../../../../src/extensions/port-reservation/netsh/netsh.js';
import type {
  ProgramCall,
  ProgramResult,
  RunProgram,
} from '../../../../src/extensions/port-reservation/netsh/netsh-run.js';
import { createNetshWriter } from '../../../../src/extensions/port-reservation/netsh/netsh-write.js';
import { createServiceControl } from '../../../../src/extensions/port-reservation/netsh/service-control.js';
import type { PortsContext } from '../../../../src/extensions/port-reservation/ports/context.js';
import type { PortUse } from '../../../../src/extensions/port-reservation/ports/types.js';

export interface FakeOptions {
  /** Whether a change of ipv4 is one of ipv6 as well. */
  readonly isShared?: boolean;
  readonly isElevated?: boolean;
  readonly uses?: readonly PortUse[];
  /** Command lines that fail, by a part of them. */
  readonly failing?: readonly string[];
  /** Those that fail the first time only. */
  readonly failingOnce?: readonly string[];
  /** Called before each program runs. */
  readonly before?: (line: string) => Promise<void>;
  /** Windows NAT: its range while it runs, `start-end`; `looksUntilStopped`: net.exe gives up, and it stops later. */
  readonly nat?: { readonly range: string; readonly isInstalled?: boolean; readonly looksUntilStopped?: number };
}

export function fakeWindows({
  isShared = false,
  isElevated = true,
  uses = [],
  failing = [],
  failingOnce = [],
  before = async () => {},
  nat,
}: FakeOptions = {}) {
  const failingStill = new Set(failingOnce);
  let looksUntilStopped = 0;
  const rows = new Map<string, Set<string>>();
  const dynamic = new Map<string, string>();
  const commands: string[] = [];
  let isNatRunning = nat !== undefined && nat.isInstalled !== false;
  const table = (key: string) => {
    const found = rows.get(key) ?? new Set();
    rows.set(key, found);
    return found;
  };

  const netsh = (args: readonly string[]): ProgramResult => {
    const [, family = '', verb, name = ''] = args;
    const given = Object.fromEntries(args.slice(4).map((one) => one.split('=') as [string, string]));
    const { protocol, store, startport, numberofports } = given;
    const families = isShared ? ['ipv4', 'ipv6'] : [family];
    if (verb === 'show' && name === 'excludedportrange') {
      const ofNat = isNatRunning && nat && protocol === 'tcp' ? [`${nat.range}`] : [];
      return printing(exclusionTable([...ofNat, ...table(`${family} ${protocol} ${store}`)]));
    }
    if (verb === 'show') return printing(dynamicTable(dynamic.get(`${family} ${protocol} ${store}`) ?? '49152 16384'));
    if (!isElevated) return printing('Der angeforderte Vorgang erfordert erh\xf6hte Rechte.', 1);
    const [start, count] = [Number(startport), Number(numberofports)];
    if (verb === 'set') {
      for (const one of families) dynamic.set(`${one} ${protocol} ${store}`, `${start} ${count}`);
      return printing('OK.');
    }
    const row = `${start}-${start + count - 1}*`;
    const isInTheWay = [...uses].some(({ port }) => start <= port && port < start + count) || overNat(start, count);
    if (verb === 'add' && isInTheWay) return printing('Der Prozess kann nicht auf die Datei zugreifen.', 1);
    for (const one of families) {
      if (verb === 'add') table(`${one} ${protocol} ${store}`).add(row);
      else if (!table(`${one} ${protocol} ${store}`).delete(row)) return printing('Nicht gefunden.', 1);
    }
    return printing('OK.');
  };

  const overNat = (start: number, count: number): boolean => {
    if (!isNatRunning || !nat) return false;
    const [first = 0, last = 0] = nat.range.split('-').map(Number);
    return first < start + count && start <= last;
  };

  const service = (program: string, verb: string): ProgramResult => {
    if (program === 'sc.exe') {
      if (nat?.isInstalled === false) return printing('Fehler', 1060);
      const isStopping = looksUntilStopped > 0;
      if (isStopping) looksUntilStopped -= 1;
      const state = isStopping ? '3  STOP_PENDING' : isNatRunning ? '4  RUNNING' : '1  STOPPED';
      return printing(
        `\r\nSERVICE_NAME: winnat\r\n  TYP              : 1  KERNEL_DRIVER\r\n  STATUS           : ${state}\r\n`,
      );
    }
    const isBusy = looksUntilStopped > 0;
    if (verb === 'stop') looksUntilStopped = nat?.looksUntilStopped ?? 0;
    else if (isBusy) return printing('Der Dienst wird gerade beendet.', 2);
    isNatRunning = verb === 'start';
    return looksUntilStopped > 0 ? printing('Der Dienst konnte nicht beendet werden.', 2) : printing('OK');
  };

  const run: RunProgram = async ({ path, args }: ProgramCall) => {
    const program = path.split('\\').at(-1) ?? '';
    const line = [program.replace('.exe', ''), ...args].join(' ');
    if (!line.includes(' show ') && program !== 'sc.exe') commands.push(line);
    await before(line);
    if (failing.some((part) => line.includes(part))) return printing('Fehler', 1);
    const once = failingOnce.find((part) => line.includes(part) && failingStill.delete(part));
    if (once !== undefined) return printing('Fehler', 1);
    return program === 'netsh.exe' ? netsh(args) : service(program, args[0] ?? '');
  };

  const options = { platform: 'win32', run, systemDirectory: () => 'C:\\Windows\\System32', pauseMs: 0 } as const;
  const context: Pick<PortsContext, 'ranges' | 'machine' | 'uses' | 'reservations'> = {
    ranges: createNetshSource(options),
    machine: {
      writer: createNetshWriter(options),
      services: createServiceControl(options),
      isElevated: () => isElevated,
    },
    reservations: async () => [],
    uses: async ({ protocols }) => uses.filter(({ protocol }) => protocols.includes(protocol)),
  };
  return { context: context as PortsContext, commands, isNatRunning: () => isNatRunning };
}

function printing(text: string, status = 0): ProgramResult {
  return { status, failure: null, stdout: Buffer.from(`${text}\r\n`, 'latin1'), stderr: Buffer.alloc(0) };
}

function exclusionTable(rows: readonly string[]): string {
  const lines = rows.map((row) => {
    const [, start = '', end = '', star = ''] = /^(\d+)-(\d+)(\*?)$/.exec(row) ?? [];
    return `${start.padStart(10)}${end.padStart(12)}     ${star}`;
  });
  return [
    '',
    'Portausschlussbereiche',
    '',
    'Startport      Endport',
    '----------    --------',
    ...lines,
    '',
    '* - Verwaltet.',
  ].join('\r\n');
}

function dynamicTable(range: string): string {
  const [start, count] = range.split(' ');
  return `\r\nDynamischer Bereich\r\n------\r\nStartport : ${start}\r\nAnzahl : ${count}\r\n`;
}
