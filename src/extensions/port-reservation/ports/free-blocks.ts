/** Finds free blocks of ports. */
import { DlletError } from '../../../definition/errors.js';
import type { ReservedBlock } from '../verdict/verdict-types.js';
import { counted } from './range-words.js';
import type { DynamicRange, ExcludedRange, PortUse, Protocol } from './types.js';

/** The first port above the well-known ones. */
export const DEFAULT_MINIMUM = 1024;
export const LAST_PORT = 65_535;

export interface FreeBlockQuery {
  readonly numberOfPorts: number;
  /** The block must be free for all of them. */
  readonly protocols: readonly Protocol[];
  /** The first port to consider; default: 1024. */
  readonly minimum?: number;
  /** The last port to consider; default: 65535. */
  readonly maximum?: number;
  /** True to include ports of the dynamic range; default: false. */
  readonly includeDynamicRange?: boolean;
  readonly exclusions: readonly ExcludedRange[];
  readonly uses: readonly PortUse[];
  readonly dynamicRanges: readonly DynamicRange[];
  readonly reservations?: readonly ReservedBlock[];
  /** If given, the blocks closest to this port come first, and each begins as close to it as possible. */
  readonly near?: number;
  /** Ports that refused a bind. */
  readonly refused?: readonly number[];
}

/** A free block, and the gap that contains it. */
export interface FreeBlock {
  readonly startPort: number;
  readonly endPort: number;
  readonly numberOfPorts: number;
  readonly gapStartPort: number;
  readonly gapEndPort: number;
}

/**
 * Returns one block for each gap that is large enough: the smallest gap first, to keep the large ones whole, or those
 * closest to `near`.
 */
export function findFreeBlocks(query: FreeBlockQuery): FreeBlock[] {
  const { numberOfPorts, near } = query;
  const blocks = freeGaps(query)
    .filter(({ startPort, endPort }) => endPort - startPort + 1 >= numberOfPorts)
    .map((gap) => blockIn(gap, numberOfPorts, near));
  return blocks.sort((one, other) => rankOf(one, near) - rankOf(other, near) || one.startPort - other.startPort);
}

/** A gap: neighbouring ports that are all free. */
export interface Gap {
  readonly startPort: number;
  readonly endPort: number;
}

/** Returns the gaps between the limits, in order. Throws DlletError for invalid limits. */
export function freeGaps(query: FreeBlockQuery): Gap[] {
  const { minimum = DEFAULT_MINIMUM, maximum = LAST_PORT } = query;
  checkQuery(query, minimum, maximum);
  return gapsBetween(takenPorts(query), minimum, maximum);
}

function blockIn(gap: Gap, numberOfPorts: number, near: number | undefined): FreeBlock {
  const last = gap.endPort - numberOfPorts + 1;
  const startPort = near === undefined ? gap.startPort : Math.min(Math.max(near, gap.startPort), last);
  return {
    startPort,
    endPort: startPort + numberOfPorts - 1,
    numberOfPorts,
    gapStartPort: gap.startPort,
    gapEndPort: gap.endPort,
  };
}

/** The size of the gap, or the distance from the port. */
function rankOf({ startPort, gapStartPort, gapEndPort }: FreeBlock, near: number | undefined): number {
  return near === undefined ? gapEndPort - gapStartPort : Math.abs(startPort - near);
}

/** Contains 1 for every port that is not free for at least one of the protocols. */
function takenPorts(query: FreeBlockQuery): Uint8Array {
  const taken = new Uint8Array(LAST_PORT + 1);
  const asked = ({ protocol }: { readonly protocol?: Protocol }) =>
    protocol === undefined || query.protocols.includes(protocol);
  const take = (startPort: number, endPort: number) => taken.fill(1, Math.max(startPort, 0), Math.max(endPort + 1, 0));

  for (const range of query.exclusions.filter(asked)) take(range.startPort, range.endPort);
  for (const use of query.uses.filter(asked)) take(use.port, use.port);
  for (const port of query.refused ?? []) take(port, port);
  const blocks = [...(query.reservations ?? []), ...(query.includeDynamicRange ? [] : query.dynamicRanges)];
  for (const block of blocks.filter(asked)) take(block.startPort, block.startPort + block.numberOfPorts - 1);
  return taken;
}

function gapsBetween(taken: Uint8Array, minimum: number, maximum: number): Gap[] {
  const gaps: Gap[] = [];
  let startPort = taken.indexOf(0, minimum);
  while (startPort !== -1 && startPort <= maximum) {
    const next = taken.indexOf(1, startPort);
    const endPort = Math.min(next === -1 ? LAST_PORT : next - 1, maximum);
    gaps.push({ startPort, endPort });
    startPort = taken.indexOf(0, endPort + 1);
  }
  return gaps;
}

function checkQuery({ numberOfPorts, protocols, near }: FreeBlockQuery, minimum: number, maximum: number): void {
  checkWholeNumber('NumberOfPorts', numberOfPorts);
  checkWholeNumber('Minimum', minimum);
  checkWholeNumber('Maximum', maximum);
  if (near !== undefined) checkWholeNumber('Near', near);
  if (protocols.length === 0) {
    throw new DlletError({
      id: 'InvalidParameter',
      category: 'InvalidArgument',
      message: 'Protocol is empty.',
      recommendedAction: 'Give Tcp, Udp or both for Protocol.',
      data: { parameter: 'Protocol' },
    });
  }
  if (minimum > maximum) {
    throw invalidRange(
      `Minimum is ${minimum}, which is greater than Maximum, ${maximum}.`,
      'Give a Minimum that is at most Maximum.',
      { minimum, maximum },
    );
  }
  const room = maximum - minimum + 1;
  if (numberOfPorts > room) {
    throw invalidRange(
      `A block of ${numberOfPorts} ports does not fit between ${minimum} and ${maximum}, where there ${room === 1 ? 'is' : 'are'} only ${counted(room, 'port')}.`,
      `Ask for at most ${counted(room, 'port')}, or change Minimum and Maximum (1 to ${LAST_PORT}).`,
      { numberOfPorts, minimum, maximum },
    );
  }
}

function checkWholeNumber(parameter: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= LAST_PORT) return;
  throw new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `${parameter} is ${value}: it must be a whole number from 1 to ${LAST_PORT}.`,
    recommendedAction: `Give a whole number from 1 to ${LAST_PORT} for ${parameter}.`,
    data: { parameter, value, minimum: 1, maximum: LAST_PORT },
  });
}

function invalidRange(message: string, recommendedAction: string, data: Readonly<Record<string, number>>): DlletError {
  return new DlletError({ id: 'InvalidPortRange', category: 'InvalidArgument', message, recommendedAction, data });
}
