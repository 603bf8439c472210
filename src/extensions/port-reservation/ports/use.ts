/** Lists the local ports in use, with the process of each. */
import { DlletError } from '../../../definition/errors.js';
import { linuxPortUse } from './linux-port-use.js';
import { macosPortUse } from './macos-port-use.js';
import type { PortUse } from './types.js';
import type { PortUseQuery, PortUseSource } from './use-source.js';

export interface PortUseOptions extends PortUseQuery {
  /** The platform whose source is read; default: that of the process. */
  readonly platform?: NodeJS.Platform | undefined;
}

/**
 * Returns the ports in use for the given protocols and address families, sorted by protocol, port, address family,
 * address, process id and state. A socket that several processes share has a row for each of them. Uses without a
 * visible difference (many connections of one server) are one row.
 *
 * No system shows a TCP socket that is bound, but neither listens nor is connected. On Linux a socket for both families
 * has one row, `::` of IPv6. Without privileges, Linux does not report the process of another user's socket (0 and
 * null), and macOS does not report the socket at all.
 *
 * Rejects with DlletError `PlatformNotSupported`, or `PortUseUnavailable` if the source cannot be read.
 */
export async function listPortUse(options: PortUseOptions): Promise<PortUse[]> {
  const { protocols, addressFamilies, platform = process.platform } = options;
  const uses = await sourceOf(platform)({ protocols, addressFamilies });
  return withoutRepetition(uses.sort(comparePortUse));
}

/** The order of `listPortUse`. Addresses are compared as text. */
export function comparePortUse(a: PortUse, b: PortUse): number {
  return (
    compareText(a.protocol, b.protocol) ||
    a.port - b.port ||
    compareText(a.addressFamily, b.addressFamily) ||
    compareText(a.address, b.address) ||
    a.processId - b.processId ||
    compareText(a.state ?? '', b.state ?? '')
  );
}

function sourceOf(platform: NodeJS.Platform): PortUseSource {
  const source = SOURCES[platform];
  if (source) return source;
  throw new DlletError({
    id: 'PlatformNotSupported',
    category: 'NotImplemented',
    message: `The ports in use cannot be listed on this system (${platform}).`,
    recommendedAction: 'Run this on Windows, Linux or macOS.',
    data: { platform },
  });
}

const SOURCES: Readonly<Partial<Record<NodeJS.Platform, PortUseSource>>> = {
  // Loaded on demand, because it loads koffi, which the other platforms do not need.
  win32: async (query) => (await import('./use-windows.js')).windowsPortUse(query),
  linux: linuxPortUse,
  darwin: macosPortUse,
};

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function withoutRepetition(sorted: readonly PortUse[]): PortUse[] {
  return sorted.filter((use, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || comparePortUse(previous, use) !== 0;
  });
}
