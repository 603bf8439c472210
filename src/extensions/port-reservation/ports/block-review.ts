/** Finds problems with a block of ports before it is reserved. */
import { ADDRESS_FAMILIES, dynamicRangesIfAny, excludedRangesIfAny, type PortsContext } from './context.js';
import { wideRangeCause } from './dynamic-range.js';
import { isOrAre, portWords, rangeWords } from './range-words.js';
import type { DynamicRange, ExcludedRange, PortUse, Protocol } from './types.js';

export interface Block {
  readonly protocol: Protocol;
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** One or two sentences for each problem; empty if there is none. */
export type BlockReviewer = (block: Block) => Promise<string[]>;

/** How long the facts of the machine are reused for the blocks of one pipeline, in milliseconds. */
const FRESH_MS = { uses: 1000, exclusions: 1000, dynamicRanges: 1000 * 30 };

/** The number of uses that are named individually; the others are only counted. */
const NAMED = 5;

/** Reads the facts of the machine once for all blocks within a second. Unreadable facts count as unknown. */
export function createBlockReviewer(context: PortsContext, now: () => number = Date.now): BlockReviewer {
  const usesOf = remembered(FRESH_MS.uses, now, (protocol) =>
    context.uses({ protocols: [protocol], addressFamilies: ADDRESS_FAMILIES }),
  );
  const dynamicRangesOf = remembered(FRESH_MS.dynamicRanges, now, (protocol) =>
    dynamicRangesIfAny(context.ranges, [protocol]),
  );
  const exclusionsOf = remembered(FRESH_MS.exclusions, now, (protocol) =>
    excludedRangesIfAny(context.ranges, [protocol]),
  );
  return async (block) => {
    const { protocol } = block;
    const [uses, exclusions, dynamicRanges] = await Promise.all([
      usesOf(protocol),
      exclusionsOf(protocol),
      dynamicRangesOf(protocol),
    ]);
    return [...inUse(block, uses), ...overExclusion(block, exclusions), ...inDynamicRange(block, dynamicRanges)];
  };
}

/**
 * Returns a function that keeps a fact for this time, then reads it again. It returns undefined if the fact cannot be
 * read.
 */
function remembered<Fact>(
  freshMs: number,
  now: () => number,
  read: (protocol: Protocol) => Promise<Fact[]>,
): (protocol: Protocol) => Promise<Fact[]> {
  const known = new Map<Protocol, { readonly at: number; readonly facts: Promise<Fact[]> }>();
  return (protocol) => {
    const earlier = known.get(protocol);
    if (earlier !== undefined && now() - earlier.at < freshMs) return earlier.facts;
    const facts = read(protocol).catch(() => []);
    known.set(protocol, { at: now(), facts });
    return facts;
  };
}

function inUse(block: Block, uses: readonly PortUse[]): string[] {
  const lastPort = block.startPort + block.numberOfPorts - 1;
  const held = uses.filter(({ port }) => block.startPort <= port && port <= lastPort);
  const holders = new Map<number, string>();
  for (const use of held) if (!holders.has(use.port) || use.processId !== 0) holders.set(use.port, holderOf(use));
  if (holders.size === 0) return [];
  const named = [...holders].slice(0, NAMED).map(([port, holder]) => `${port}${holder}`);
  if (holders.size > named.length) named.push(`${holders.size - named.length} more`);
  const count = holders.size === 1 ? 'one is' : `${holders.size} are`;
  const found =
    block.numberOfPorts === 1
      ? `${rangeWords(block)} is in use${holders.get(block.startPort) ?? ''}`
      : `Of ${rangeWords(block)}, ${count} in use: ${named.join(', ')}`;
  return [
    `${found}. Windows does not reserve a block while one of its ports is in use. For a service that binds its ` +
      'port by number, use New-ExcludedPortRange instead, because it cannot bind a reserved port.',
  ];
}

/**
 * Returns one sentence for each range, even if several address families list it. The block itself does not count as an
 * obstacle.
 */
function overExclusion(block: Block, exclusions: readonly ExcludedRange[]): string[] {
  const lastPort = block.startPort + block.numberOfPorts - 1;
  const isIn = ({ startPort, endPort }: ExcludedRange) => startPort <= lastPort && block.startPort <= endPort;
  const isBlock = (row: ExcludedRange) =>
    !row.administered && row.startPort === block.startPort && row.endPort === lastPort;
  const found = new Map(
    exclusions.filter((row) => isIn(row) && !isBlock(row)).map((row) => [`${row.startPort}-${row.endPort}`, row]),
  );
  const name = rangeWords(block);
  return [...found.values()].map(
    (row) =>
      `${rangeWords(row) === name ? '' : `${name} ${overlaps(block)} an excluded range: `}${rangeWords(row)} ` +
      `${isOrAre(row)} excluded${row.administered ? ' by an administrator' : ''}. Windows will likely refuse the reservation (error 32). ` +
      `${row.administered ? BY_NUMBER : 'To find a free block, use Find-FreePortBlock.'}`,
  );
}

/** One port lies in a range that is not itself. */
const overlaps = ({ numberOfPorts }: Block) => (numberOfPorts === 1 ? 'lies in' : 'overlap');

const BY_NUMBER =
  'If your service binds its port by number, keep the exclusion: the service cannot bind a reserved port.';

function holderOf({ processId, processName }: PortUse): string {
  if (processId === 0) return '';
  return processName === null ? ` (process ${processId})` : ` (${processName}, process ${processId})`;
}

function inDynamicRange(block: Block, ranges: readonly DynamicRange[]): string[] {
  const lastPort = block.startPort + block.numberOfPorts - 1;
  const covered = new Map<string, string[]>();
  for (const { startPort, numberOfPorts, addressFamily } of ranges) {
    const endPort = startPort + numberOfPorts - 1;
    const [first, last] = [Math.max(startPort, block.startPort), Math.min(endPort, lastPort)];
    if (first > last) continue;
    const part = `${portWords(first, last)} ${first === last ? 'lies' : 'lie'}`;
    const isWhole = first === block.startPort && last === lastPort;
    const which = isWhole ? block.protocol.toUpperCase() : `Of ${rangeWords(block)},`;
    const text = `${which} ${part} in the dynamic range ${startPort}-${endPort}`;
    covered.set(text, [...(covered.get(text) ?? []), addressFamily]);
  }
  const warnings = [...covered].map(
    ([text, families]) =>
      `${text} (${families.join(' and ')}), from which Windows assigns ports to programs that ` +
      'ask for any port. A reservation leaves them fewer ports, and one of them may take a port before you reserve the block. ' +
      'Choose a block outside the dynamic port range to avoid both.',
  );
  const wide = ranges.map(wideRangeCause).find((cause) => cause !== undefined);
  return wide === undefined || warnings.length === 0 ? warnings : [...warnings, wide];
}
