/** The facts of the machine that the extension's verification uses. Undefined on systems other than Windows. */
import path from 'node:path';
import type { Restriction } from '../../../system/restricted-token.js';
import type { ReservationSockets } from '../native/reservation-socket.js';
import { netshCall } from '../netsh/netsh.js';
import { runProgram } from '../netsh/netsh-run.js';
import type { RunNetsh } from './netsh-capture.js';
import type { IsTaken } from './region.js';

export interface PortMachine {
  readonly sockets: ReservationSockets | undefined;
  readonly netsh: RunNetsh | undefined;
  readonly usedPorts: IsTaken;
  /** Also undefined if Windows refuses. */
  readonly restriction: Restriction | undefined;
}

export async function openPortMachine(systemDirectory: string | undefined): Promise<PortMachine> {
  if (systemDirectory === undefined) {
    return { sockets: undefined, netsh: undefined, usedPorts: () => false, restriction: undefined };
  }
  const { openReservationSockets } = await import('../native/reservation-socket.js');
  const { openRestriction } = await import('../../../system/restricted-token.js');
  return {
    sockets: openReservationSockets(),
    netsh: (args) => runProgram(netshCall(path.win32.join(systemDirectory, 'netsh.exe'), args)),
    usedPorts: await portsInUse(),
    restriction: attempt(openRestriction),
  };
}

async function portsInUse(): Promise<IsTaken> {
  const { openPortTables } = await import('../native/port-tables.js');
  const { nativeSystem } = await import('../../../native/system.js');
  const read = openPortTables(nativeSystem('win32'));
  const used = new Set<number>();
  for (const protocol of ['Tcp', 'Udp'] as const) {
    for (const addressFamily of ['IPv4', 'IPv6'] as const) {
      for (const { port } of read({ protocol, addressFamily })) used.add(port);
    }
  }
  return (port) => used.has(port);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
