/** Says of a block that could not be removed as a reservation what it is instead. */
import type { Block } from './block-review.js';
import { excludedRangesIfAny, type PortsContext } from './context.js';
import type { ExcludedRange } from './types.js';

/** Returns one or two sentences, or nothing if the block is a reservation, or not known at all. */
export async function reviewRemoval(context: PortsContext, block: Block): Promise<string[]> {
  if (await isReserved(context, block)) return [];
  const rows = await excludedRangesIfAny(context.ranges, [block.protocol]).catch(() => []);
  const around = rows.find((row) => row.startPort <= block.startPort && lastPortOf(block) <= row.endPort);
  if (around === undefined) return [];
  const whole = { ...around, numberOfPorts: around.endPort - around.startPort + 1 };
  return (await isReserved(context, whole)) ? [describePart(block, whole)] : [describe(block, around)];
}

function describePart(block: Block, { protocol, startPort, numberOfPorts }: Block): string {
  const part = inWords(block.startPort, lastPortOf(block));
  return (
    `${protocol.toUpperCase()} ${part} ${block.numberOfPorts === 1 ? 'is' : 'are'} only a part of a reservation, which ` +
    `is removed as a whole: -StartPort ${startPort} -NumberOfPorts ${numberOfPorts}.`
  );
}

async function isReserved({ lookup }: PortsContext, { protocol, startPort, numberOfPorts }: Block): Promise<boolean> {
  const found = await lookup(protocol)?.(startPort, numberOfPorts).catch(() => undefined);
  return found?.returnValue === 0;
}

function describe(block: Block, { protocol, startPort, endPort, administered }: ExcludedRange): string {
  const isWhole = startPort === block.startPort && endPort === lastPortOf(block);
  const range = inWords(startPort, endPort);
  const name = `${protocol.toUpperCase()} ${inWords(block.startPort, lastPortOf(block))}`;
  const kind = administered ? 'administered exclusion' : 'exclusion';
  const isOne = block.numberOfPorts === 1;
  const place = isWhole
    ? `${name} ${isOne ? 'is' : 'are'} an ${kind}`
    : `${name} ${isOne ? 'lies' : 'lie'} in the ${kind} of ${range}`;
  const removal = administered
    ? `Remove-ExcludedPortRange -Protocol ${protocol} -StartPort ${startPort} -NumberOfPorts ${endPort - startPort + 1} removes it.`
    : `Test-PortBinding -Port ${block.startPort} -Protocol ${protocol} tells who likely holds it, and what to do.`;
  return `${place}, not a persistent reservation. ${removal}`;
}

function inWords(startPort: number, endPort: number): string {
  return startPort === endPort ? `port ${startPort}` : `ports ${startPort}-${endPort}`;
}

function lastPortOf({ startPort, numberOfPorts }: Block): number {
  return startPort + numberOfPorts - 1;
}
