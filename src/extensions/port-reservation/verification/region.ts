/** Finds the region of the verification: 100 unused ports, as high as possible below the default dynamic range. */
import type { Block, Caller, Pool } from '../functions.js';

export const REGION_LENGTH = 100;

/** The default dynamic range begins at 49152; below it the system assigns no ports automatically. */
const HIGHEST = 48_900;
const LOWEST = 10_000;

/** Ports that are in use or excluded, in host order. */
export type IsTaken = (port: number) => boolean;

/**
 * Returns the first port of the region. If the caller may create, the choice is tested: the whole region is reserved
 * once in each pool and deleted again. Throws an Error if there is no such region.
 */
export async function chooseRegion(options: {
  readonly isTaken: IsTaken;
  readonly pools: readonly Pool[];
  /** Deletes what it creates, even if something fails; undefined if it may not create. */
  readonly call: Caller | undefined;
}): Promise<number> {
  for (let start = HIGHEST; start >= LOWEST; start -= REGION_LENGTH) {
    if (isFree(start, options.isTaken) && (await canBeReserved({ start, count: REGION_LENGTH }, options))) return start;
  }
  throw new Error(`There are no ${REGION_LENGTH} free ports between ${LOWEST} and ${HIGHEST + REGION_LENGTH - 1}.`);
}

function isFree(start: number, isTaken: IsTaken): boolean {
  // The contract distinguishes a port from the one with swapped bytes.
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
    // 32 means that ports of the region are taken. Other errors do not depend on the location.
    if (code === 32) return false;
    if (code !== 0) return true;
    await call(pool, 'delete', block);
  }
  return true;
}
