/** Where the verification works: 100 ports that nothing uses, as high as they can be had below the default dynamic range. */
import type { Block, Caller, Pool } from '../functions.js';

export const REGION_LENGTH = 100;

/** The default dynamic range begins at 49152; below it nothing is given out by chance. */
const HIGHEST = 48_900;
const LOWEST = 10_000;

/** Ports that something holds, or that are excluded; host order. */
export type IsTaken = (port: number) => boolean;

/**
 * The first port of the region. Where the caller may create, the choice is tried out: the whole region is reserved once
 * in each pool and deleted again. Throws an Error when there is no such place.
 */
export async function chooseRegion(options: {
  readonly isTaken: IsTaken;
  readonly pools: readonly Pool[];
  /** Deletes what it creates, also when something fails; undefined where nothing may be created. */
  readonly call: Caller | undefined;
}): Promise<number> {
  for (let start = HIGHEST; start >= LOWEST; start -= REGION_LENGTH) {
    if (isFree(start, options.isTaken) && (await canBeReserved({ start, count: REGION_LENGTH }, options))) return start;
  }
  throw new Error(`There are no ${REGION_LENGTH} free ports between ${LOWEST} and ${HIGHEST + REGION_LENGTH - 1}.`);
}

function isFree(start: number, isTaken: IsTaken): boolean {
  // The contract tells a port from the one of swapped bytes.
  if (start >> 8 === (start & 0xff)) return false;
  for (let port = start; port < start + REGION_LENGTH; port++) if (isTaken(port)) return false;
  return true;
}

async function canBeReserved(
  block: Block,
  { pools, call }: { readonly pools: readonly Pool[]; readonly call: Caller | undefined },
): Promise<boolean> {
  if (!call) return true;
  for (const pool of pools) {
    const { code } = await call(pool, 'create', block);
    // 32: something is in the way. Whatever else is wrong is not about the place.
    if (code === 32) return false;
    if (code !== 0) return true;
    await call(pool, 'delete', block);
  }
  return true;
}
