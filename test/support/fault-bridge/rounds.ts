/** Chooses at random, from a seed, which fault happens to which command. */
import type { PortPool } from '../../../src/extensions/port-reservation/simulation/port-reservation.js';
import { FAULTS, type Fault, type Verb } from './faults.js';

export interface Round {
  readonly name: string;
  readonly fault: Fault;
  readonly verb: Verb;
  readonly pool: PortPool;
  /** The first ports of its blocks, each of SIZE ports. One block is a scalar call, several are a pipeline. */
  readonly ports: readonly number[];
  /** The number of the call that fails, from 1. */
  readonly at: number;
  readonly chance: number;
  /** True if the next call repeats a New- instead of a lookup. */
  readonly repeats: boolean;
}

export const SIZE = 2;
const PIPELINE = 4;
const FIRST_PORT = 10_000;

/**
 * Returns `count` rounds in random order. Every kind of fault gets its share; faults that take a second or more get
 * less, and the ways to be killed get twice as much.
 */
export function drawRounds(seed: number, count: number): Round[] {
  const random = generator(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const names = Object.keys(FAULTS);
  const slow = names.filter((name) => secondsOf(name) >= 1);
  const quick = names.filter((name) => secondsOf(name) < 1);
  quick.push(...quick.filter(isKill));
  const slowCount = Math.round(count / 20);
  const drawn = Array.from({ length: count }, (_, index) => {
    const kinds = index < slowCount ? slow : quick;
    // Every kind occurs once before any occurs twice.
    return { name: kinds[index % kinds.length] as string, order: random() };
  });
  drawn.sort((a, b) => a.order - b.order);
  return drawn.map(({ name }, index) => {
    const fault = FAULTS[name] as Fault;
    const verb = pick<Verb>(fault.verbs ?? ['Get', 'Test', 'New', 'Remove']);
    // A fault that is only detected later reaches the next call of a pipeline only by chance.
    const length = fault.isSometime ? PIPELINE : fault.ends || fault.deafens ? 1 : pick([1, PIPELINE]);
    const first = FIRST_PORT + index * SIZE * PIPELINE;
    return {
      name,
      fault,
      verb,
      pool: pick<PortPool>(['udp', 'tcp']),
      ports: Array.from({ length }, (_, block) => first + block * SIZE),
      // Lookups are sent in batches, the first of one record: there is always a second call, but not always a third.
      at: fault.isSometime
        ? 1
        : 1 + Math.floor(random() * (length === 1 ? 1 : verb === 'New' || verb === 'Remove' ? length : 2)),
      chance: random(),
      repeats: random() < 0.5,
    };
  });
}

/** True for a fault in which the process is killed from outside, at some moment. */
export function isKill(name: string): boolean {
  return name.startsWith('killed ');
}

function secondsOf(name: string): number {
  return FAULTS[name]?.seconds ?? 0;
}

/** mulberry32: small, and the same on every platform. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
