/** Explains what a block is that could not be removed as a reservation. */
import type { Block } from './block-review.js';
import { excludedRangesIfAny, type PortsContext } from './context.js';
import { isOrAre, portWords, rangeWords } from './range-words.js';
import type { ExcludedRange } from './types.js';

/** Returns one or two sentences; none if the block is a reservation, or if nothing is known about it. */
export async function reviewRemoval(context: PortsContext, block: Block): Promise<string[]> {
  if (await isReserved(context, block)) return [];
  const rows = await excludedRangesIfAny(context.ranges, [block.protocol]).catch(() => []);
  const around = rows.find((row) => row.startPort <= block.startPort && lastPortOf(block) <= row.endPort);
  if (around === undefined) return [];
  const whole = { ...around, numberOfPorts: around.endPort - around.startPort + 1 };
  return (await isReserved(context, whole)) ? [describePart(block, whole)] : [describe(block, around)];
}

function describePart(block: Block, { protocol, startPort, numberOfPorts }: Block): string {
  return (
    `${rangeWords(block)} ${isOrAre(block)} only part of a reservation. To remove the ` +
    `whole reservation, run Remove-Persistent${protocol}PortReservation ${startPort} ${numberOfPorts}.`
  );
}

async function isReserved({ lookup }: PortsContext, { protocol, startPort, numberOfPorts }: Block): Promise<boolean> {
  const found = await lookup(protocol)?.(startPort, numberOfPorts).catch(() => undefined);
  return found?.returnValue === 0;
}

function describe(block: Block, { protocol, startPort, endPort, administered }: ExcludedRange): string {
  const isWhole = startPort === block.startPort && endPort === lastPortOf(block);
  const name = rangeWords(block);
  const kind = administered ? 'administered exclusion' : 'exclusion';
  const lies = block.numberOfPorts === 1 ? 'lies' : 'lie';
  const place = isWhole
    ? `${name} ${isOrAre(block)} an ${kind}`
    : `${name} ${lies} in the ${kind} of ${portWords(startPort, endPort)}`;
  const removal = administered
    ? `To remove it, run Remove-ExcludedPortRange -Protocol ${protocol} -StartPort ${startPort} -NumberOfPorts ${endPort - startPort + 1}.`
    : `To see what likely holds it, run Test-PortBinding -Port ${block.startPort} -Protocol ${protocol}.`;
  return `${place}, not a persistent reservation. ${removal}`;
}

function lastPortOf({ startPort, numberOfPorts }: Block): number {
  return startPort + numberOfPorts - 1;
}
