/** Determines who holds an excluded range, as far as the system's tables show it. */
import { DEFAULT_DYNAMIC_RANGE } from '../ports/default-dynamic-range.js';
import type { DynamicRange, HttpUrl, Protocol } from '../ports/types.js';
import type { RangeHolder, VerdictRange } from './verdict-types.js';

export interface HolderFacts {
  readonly protocol: Protocol;
  /** May contain both address families and protocols. */
  readonly dynamicRanges?: readonly DynamicRange[] | undefined;
  /** The URLs of HTTP.sys; undefined if they are not known. */
  readonly httpUrls?: readonly HttpUrl[] | undefined;
}

/** Returns a function that finds the holder of a range; null if nothing indicates one. */
export function holderFinder({ protocol, dynamicRanges = [], httpUrls = [] }: HolderFacts): FindHolder {
  const ofProtocol = dynamicRanges.filter((range) => range.protocol === protocol);
  const urlsByPort = new Map<number, HttpUrl[]>();
  for (const url of protocol === 'Tcp' ? httpUrls : [])
    urlsByPort.set(url.port, [...(urlsByPort.get(url.port) ?? []), url]);
  const known = new Map<string, RangeHolder | null>();
  return (range) => {
    const key = `${range.startPort} ${range.endPort} ${range.administered}`;
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    const holder = holderOf(range, ofProtocol, urlsByPort.get(range.startPort) ?? []);
    known.set(key, holder);
    return holder;
  };
}

export type FindHolder = (range: VerdictRange) => RangeHolder | null;

/** The sizes of the blocks that WinNAT and HNS take. Source: public reports about Docker, Hyper-V and WSL. */
const NAT_BLOCKS: ReadonlySet<number> = new Set([10, 64, 100]);

/** The exclusion that HNS makes by default: `ExcludedPortRangeStartPort` and `...PortCount` of its registry key. */
const HNS_DEFAULT = { startPort: 50_000, endPort: 50_059 };

function holderOf(
  range: VerdictRange,
  dynamicRanges: readonly DynamicRange[],
  urls: readonly HttpUrl[],
): RangeHolder | null {
  const { startPort, endPort, administered } = range;
  if (administered) {
    const isDefault = startPort === HNS_DEFAULT.startPort && endPort === HNS_DEFAULT.endPort;
    return isDefault ? { kind: 'HnsDefault' } : null;
  }
  if (startPort === endPort) return urls.length > 0 ? { kind: 'Http', urls } : { kind: 'SinglePort' };
  const around = dynamicRanges.find((one) => contains(one, startPort) || contains(one, endPort));
  if (around === undefined || !NAT_BLOCKS.has(endPort - startPort + 1)) return null;
  return { kind: 'Nat', hasMovedDynamicRange: around.startPort < DEFAULT_DYNAMIC_RANGE.startPort };
}

function contains({ startPort, numberOfPorts }: DynamicRange, port: number): boolean {
  return startPort <= port && port < startPort + numberOfPorts;
}
