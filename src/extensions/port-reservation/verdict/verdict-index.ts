/** An index of ranges and uses by port. */
import type { PortUse } from '../ports/types.js';
import type { PortFacts, VerdictProcess, VerdictRange } from './verdict-types.js';

export interface PortIndex {
  /** The narrowest range of each kind that contains a port. */
  rangesAt(port: number): {
    readonly reserved: VerdictRange | null;
    readonly unstarred: VerdictRange | null;
    readonly starred: VerdictRange | null;
  };
  /** Returns each combination of process, address and state once, in an order that does not depend on the table. */
  processesAt(port: number): readonly VerdictProcess[];
}

const NOBODY: readonly VerdictProcess[] = [];

export function indexPorts({ protocol, exclusions, uses, reservations = [] }: PortFacts): PortIndex {
  const rows = exclusions.filter((row) => row.protocol === protocol);
  const reserved = paint(
    reservations
      .filter((block) => block.protocol === undefined || block.protocol === protocol)
      .map(({ startPort, numberOfPorts }) => ({
        startPort,
        endPort: startPort + numberOfPorts - 1,
        administered: false,
      })),
  );
  const unstarred = paint(rows.filter((row) => !row.administered));
  const starred = paint(rows.filter((row) => row.administered));
  const processes = processesByPort(uses.filter((use) => use.protocol === protocol));
  return {
    rangesAt: (port) => ({ reserved: reserved(port), unstarred: unstarred(port), starred: starred(port) }),
    processesAt: (port) => processes.get(port) ?? NOBODY,
  };
}

/** Writes the widest ranges first, so that the narrowest one is kept. */
function paint(ranges: readonly VerdictRange[]): (port: number) => VerdictRange | null {
  const widestFirst = ranges
    .map(({ startPort, endPort, administered }): VerdictRange => ({ startPort, endPort, administered }))
    .sort((one, other) => width(other) - width(one) || other.startPort - one.startPort);
  const layer = new Int32Array(65_536).fill(-1);
  for (const [index, { startPort, endPort }] of widestFirst.entries()) {
    layer.fill(index, Math.max(startPort, 0), Math.max(endPort + 1, 0));
  }
  return (port) => widestFirst[layer[port] ?? -1] ?? null;
}

function width({ startPort, endPort }: VerdictRange): number {
  return endPort - startPort;
}

function processesByPort(uses: readonly PortUse[]): Map<number, VerdictProcess[]> {
  const byPort = new Map<number, Map<string, VerdictProcess>>();
  for (const { port, processId, processName, address, state } of uses) {
    const found = byPort.get(port) ?? new Map<string, VerdictProcess>();
    found.set(JSON.stringify([state, processId, address, processName]), { processId, processName, address, state });
    byPort.set(port, found);
  }
  return new Map([...byPort].map(([port, found]) => [port, inOrder(found)]));
}

function inOrder(found: ReadonlyMap<string, VerdictProcess>): VerdictProcess[] {
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, process]) => process);
}
