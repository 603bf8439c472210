/** Finds out which ports refuse a bind although no table shows why, such as those of mirrored WSL networking. */
import { bindFailureOf } from '../verdict/bind-error.js';
import type { PortsContext } from './context.js';
import { type FreeBlockQuery, findFreeBlocks } from './free-blocks.js';
import { tryBinds } from './try-binds.js';
import type { BindProbe } from './types.js';

/** Both families: a block is free for all of them. */
const ADDRESSES = ['0.0.0.0', '::'];

/** Returns the refused ports that have to be avoided so that every port of every free block can be bound. */
export async function refusedPorts(
  context: Pick<PortsContext, 'isSimulated' | 'machine'>,
  query: FreeBlockQuery,
): Promise<number[]> {
  const refused: number[] = [];
  const tried = new Set<number>();
  for (;;) {
    const ports = findFreeBlocks({ ...query, refused })
      .flatMap(({ startPort, numberOfPorts }) => Array.from({ length: numberOfPorts }, (_, at) => startPort + at))
      .filter((port) => !tried.has(port));
    if (ports.length === 0) return refused;
    for (const port of ports) tried.add(port);
    refused.push(...(await refusedAmong(context, ports, query)));
  }
}

async function refusedAmong(
  context: Pick<PortsContext, 'isSimulated' | 'machine'>,
  ports: readonly number[],
  { protocols, ...facts }: FreeBlockQuery,
): Promise<Set<number>> {
  const refused = new Set<number>();
  for (const protocol of protocols) {
    for (const address of ADDRESSES) {
      const probes = await tryBinds(context, ports, { protocol, address, facts });
      for (const probe of probes.filter(isRefused)) refused.add(probe.port);
    }
  }
  return refused;
}

/** Without IPv6, binds fail for the address and not for the port, so they do not count. */
function isRefused(probe: BindProbe): boolean {
  return probe.outcome === 'failed' && ['AddressInUse', 'AccessDenied'].includes(bindFailureOf(probe.code));
}
