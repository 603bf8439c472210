/** What of the machine the verification works with and reports. */
import { readFile } from 'node:fs/promises';
import { arch, hostname, release, userInfo, version } from 'node:os';
import path from 'node:path';
import type { ReservationSockets } from '../extensions/port-reservation/native/reservation-socket.js';
import { netshCall } from '../extensions/port-reservation/netsh/netsh.js';
import { runProgram } from '../extensions/port-reservation/netsh/netsh-run.js';
import type { RunNetsh } from '../extensions/port-reservation/verification/netsh-capture.js';
import type { IsTaken } from '../extensions/port-reservation/verification/region.js';
import type { Restriction } from '../native/restricted-token.js';
import { fileVersion, readImage } from '../package/pe-image.js';
import type { Identity } from './scrub.js';
import type { Fact } from './types.js';

export interface Machine {
  readonly facts: readonly Fact[];
  /** May create and delete. Where there is no Windows, a stand-in lets everybody. */
  readonly elevated: boolean;
  /** Undefined where there is no Windows. */
  readonly systemDirectory: string | undefined;
  readonly sockets: ReservationSockets | undefined;
  readonly netsh: RunNetsh | undefined;
  readonly usedPorts: IsTaken;
  /** Undefined where there is no Windows, or where it refuses. */
  readonly restriction: Restriction | undefined;
}

export async function examineMachine(libraryPath: string): Promise<Machine> {
  const common: Fact[] = [
    { name: 'System', value: `${version()}, ${release()}, ${arch()}` },
    { name: 'Node.js', value: `${process.versions.node} for ${process.arch}` },
    { name: 'Library', value: `${libraryPath}, ${await versionOf(libraryPath)}` },
  ];
  if (process.platform !== 'win32') {
    const notes = [...common, { name: 'Windows', value: 'no: this is a dry run over a stand-in' }];
    return {
      facts: notes,
      elevated: true,
      systemDirectory: undefined,
      sockets: undefined,
      netsh: undefined,
      usedPorts: () => false,
      restriction: undefined,
    };
  }
  const { nativeSystem } = await import('../native/system.js');
  const { isElevated } = await import('../native/elevation.js');
  const { displayLanguage } = await import('../native/display-language.js');
  const { openReservationSockets } = await import('../extensions/port-reservation/native/reservation-socket.js');
  const { openRestriction } = await import('../native/restricted-token.js');
  const system = nativeSystem('win32');
  const systemDirectory = system.systemDirectory() ?? '';
  const elevated = isElevated();
  const { language, oemCodePage } = displayLanguage();
  return {
    facts: [
      ...common,
      { name: 'Elevated', value: elevated ? 'yes' : 'no: nothing was created' },
      { name: 'Display language', value: `${language}, OEM code page ${oemCodePage}` },
    ],
    elevated,
    systemDirectory,
    sockets: openReservationSockets(),
    netsh: (args) => runProgram(netshCall(path.win32.join(systemDirectory, 'netsh.exe'), args)),
    usedPorts: await portsInUse(),
    restriction: attempt(openRestriction),
  };
}

/** Who must not appear in the report. */
export function identity(): Identity {
  const { username, homedir } = userInfo();
  return { userName: username, computerName: hostname(), homeDirectory: homedir };
}

async function portsInUse(): Promise<IsTaken> {
  const { openPortTables } = await import('../extensions/port-reservation/native/port-tables.js');
  const { nativeSystem } = await import('../native/system.js');
  const read = openPortTables(nativeSystem('win32'));
  const used = new Set<number>();
  for (const protocol of ['Tcp', 'Udp'] as const) {
    for (const addressFamily of ['IPv4', 'IPv6'] as const) {
      for (const { port } of read({ protocol, addressFamily })) used.add(port);
    }
  }
  return (port) => used.has(port);
}

async function versionOf(file: string): Promise<string> {
  try {
    return `version ${fileVersion(readImage(await readFile(file)))?.join('.') ?? 'unknown'}`;
  } catch {
    return 'version unknown';
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
