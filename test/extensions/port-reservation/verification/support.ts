/** Callers that answer from memory, as documented, for what is verified about the verification. */
import type { Answer, Block, Caller, Pool } from '../../../../src/extensions/port-reservation/functions.js';

export interface Memory {
  readonly call: Caller;
  /** `udp 5000+20`, for instance. */
  reserved(): string[];
}

/** Reservations in memory. `overlaps` and the like are left to the simulation: here only exact blocks matter. */
export function memory(): Memory {
  const blocks = new Map<string, bigint>();
  let last = 100n;
  const call: Caller = async (pool, operation, block) => {
    const key = keyOf(pool, block);
    const token = blocks.get(key);
    if (operation === 'create') {
      if (token !== undefined) return { code: 32, token: undefined };
      last += 1n;
      blocks.set(key, last);
      return { code: 0, token: last };
    }
    if (token === undefined) return { code: 1168, token: undefined };
    if (operation === 'delete') blocks.delete(key);
    return operation === 'delete' ? { code: 0, token: undefined } : { code: 0, token };
  };
  return { call, reserved: () => [...blocks.keys()] };
}

export function keyOf(pool: Pool, { start, count }: Block): string {
  return `${pool.name} ${start}+${count}`;
}

/** A guard that records what it receives. */
export function recordingGuard(): {
  told: string[];
  add(what: object): Promise<void>;
  drop(what: object): Promise<void>;
} {
  const told: string[] = [];
  const tell = (verb: string) => async (what: object) => void told.push(`${verb} ${Object.values(what).join(' ')}`);
  return { told, add: tell('add'), drop: tell('drop') };
}

export const ANSWERS = {
  denied: { code: 5, token: undefined },
  done: { code: 0, token: undefined },
} satisfies Record<string, Answer>;
