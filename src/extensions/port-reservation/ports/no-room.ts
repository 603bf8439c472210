/** Explains why there is no free block of ports, and which settings would allow one. */
import { DEFAULT_DYNAMIC_RANGE } from './default-dynamic-range.js';
import { DEFAULT_MINIMUM, type FreeBlockQuery, freeGaps, type Gap, LAST_PORT } from './free-blocks.js';
import type { DynamicRange, Protocol } from './types.js';

/** The names of the settings in messages: parameters of the cmdlet, or options of the command. */
export interface RoomSwitches {
  readonly includeDynamicRange: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly protocol: string;
}

const PARAMETERS: RoomSwitches = {
  includeDynamicRange: '-IncludeDynamicRange',
  minimum: '-Minimum',
  maximum: '-Maximum',
  protocol: '-Protocol',
};

/** Returns the sentences for a query that finds no block. */
export function explainNoRoom(query: FreeBlockQuery, switches: RoomSwitches = PARAMETERS): string {
  return [notFree(query), ...inTheWay(query), ...cures(query, switches)].join(' ');
}

function notFree(query: FreeBlockQuery): string {
  const { numberOfPorts, protocols, minimum = DEFAULT_MINIMUM, maximum = LAST_PORT } = query;
  const names = protocols.map((one) => one.toUpperCase()).join(' and ');
  if (minimum === maximum) return `Port ${minimum} is not free for ${names}.`;
  if (numberOfPorts === 1) return `There is no port between ${minimum} and ${maximum} that is free for ${names}.`;
  const block = `block of ${numberOfPorts} ports`;
  return `There is no ${block} between ${minimum} and ${maximum} that is free for ${names}: ${largest(query)}.`;
}

function largest(query: FreeBlockQuery): string {
  const gap = largestGap(query);
  if (gap === undefined) return 'no port is free';
  const count = sizeOf(gap);
  return count === 1
    ? `the largest gap is the single port ${gap.startPort}`
    : `the largest gap has ${count} ports, ${gap.startPort}-${gap.endPort}`;
}

/** Returns a sentence for each thing that takes ports between the limits. */
function inTheWay(query: FreeBlockQuery): string[] {
  const { minimum = DEFAULT_MINIMUM, maximum = LAST_PORT, protocols, refused = [] } = query;
  const isThere = (startPort: number, endPort: number) => startPort <= maximum && minimum <= endPort;
  const ranges = query.exclusions.filter(
    (row) => protocols.includes(row.protocol) && isThere(row.startPort, row.endPort),
  );
  const excluded = new Set(ranges.map(({ protocol, startPort, endPort }) => `${protocol} ${startPort} ${endPort}`))
    .size;
  const used = new Set(
    query.uses.filter((use) => protocols.includes(use.protocol) && isThere(use.port, use.port)).map(({ port }) => port),
  ).size;
  const spans = dynamicSpans(query);
  const dynamic = query.includeDynamicRange
    ? []
    : spans.filter(({ startPort, endPort }) => isThere(startPort, endPort));
  const named = [
    ...dynamic.map(
      ({ startPort, endPort, of }) => `the dynamic range ${spans.length > 1 ? `of ${of} ` : ''}${startPort}-${endPort}`,
    ),
    ...(excluded === 0 ? [] : [counted(excluded, 'excluded range')]),
    ...(used === 0 ? [] : [counted(used, 'port in use', 'ports in use')]),
    ...(refused.length === 0 ? [] : [`${counted(refused.length, 'port')} that could not be bound`]),
  ];
  return named.length === 0 ? [] : [`In the way: ${named.join(', ')}.`];
}

function cures(query: FreeBlockQuery, switches: RoomSwitches): string[] {
  const { numberOfPorts, protocols, minimum = DEFAULT_MINIMUM, maximum = LAST_PORT } = query;
  const fits = (change: Partial<FreeBlockQuery>) => {
    const gap = largestGap({ ...query, ...change });
    return gap !== undefined && sizeOf(gap) >= numberOfPorts;
  };
  const moved = query.includeDynamicRange ? [] : movedRanges(query);
  const one = protocols.length > 1 ? protocols.find((protocol) => fits({ protocols: [protocol] })) : undefined;
  const found = [
    ...(!query.includeDynamicRange && fits({ includeDynamicRange: true })
      ? [`${switches.includeDynamicRange} also finds blocks in the dynamic port range.`]
      : []),
    ...moved.map(
      (protocol) =>
        `The dynamic range of ${protocol.toUpperCase()} starts below the default, ${DEFAULT_DYNAMIC_RANGE.startPort}. To restore the default, run ` +
        `Set-DynamicPortRange -Protocol ${protocol} -Default.`,
    ),
    ...((minimum > DEFAULT_MINIMUM || maximum < LAST_PORT) && fits({ minimum: DEFAULT_MINIMUM, maximum: LAST_PORT })
      ? [`A wider range (${switches.minimum}, ${switches.maximum}) has a free block.`]
      : []),
    ...(one === undefined ? [] : [`${switches.protocol} ${one} finds one for that protocol alone.`]),
  ];
  const gap = largestGap(query);
  if (found.length > 0) return found;
  return [
    gap === undefined
      ? 'Stop programs that use these ports, or remove exclusions.'
      : `Ask for at most ${counted(sizeOf(gap), 'port')}.`,
  ];
}

/** The requested protocols whose dynamic range begins below the default. */
function movedRanges({ protocols, dynamicRanges }: FreeBlockQuery): Protocol[] {
  const isMoved = (range: DynamicRange) => range.startPort < DEFAULT_DYNAMIC_RANGE.startPort;
  return protocols.filter((protocol) => dynamicRanges.some((range) => range.protocol === protocol && isMoved(range)));
}

function largestGap(query: FreeBlockQuery): Gap | undefined {
  // Asks for one port, because the requested number must not be compared with the limits here.
  const gaps = freeGaps({ ...query, numberOfPorts: 1 });
  return gaps.reduce<Gap | undefined>((best, gap) => (best && sizeOf(best) >= sizeOf(gap) ? best : gap), undefined);
}

/** The different dynamic ranges of the requested protocols; `of`: `TCP and UDP`. */
function dynamicSpans({ dynamicRanges, protocols }: FreeBlockQuery): (Gap & { readonly of: string })[] {
  const spans = new Map<string, Gap & { readonly owners: Set<string> }>();
  for (const { protocol, startPort, numberOfPorts } of dynamicRanges) {
    if (!protocols.includes(protocol)) continue;
    const key = `${startPort} ${numberOfPorts}`;
    const span = spans.get(key) ?? { startPort, endPort: startPort + numberOfPorts - 1, owners: new Set() };
    span.owners.add(protocol.toUpperCase());
    spans.set(key, span);
  }
  return [...spans.values()].map(({ owners, ...span }) => ({ ...span, of: [...owners].join(' and ') }));
}

function sizeOf({ startPort, endPort }: Gap): number {
  return endPort - startPort + 1;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `one ${one}` : `${count} ${many}`;
}
