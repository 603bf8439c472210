/** Which fault happens to which command, drawn from a seed. */
import type { PortPool } from '../../../src/extensions/port-reservation/simulation/port-reservation.js';
import { FAULTS, type Fault, type Verb } from './faults.js';

export interface Round {
  readonly name: string;
  readonly fault: Fault;
  readonly verb: Verb;
  readonly pool: PortPool;
  /** The first ports of its blocks, each of SIZE ports; one is a scalar call, more are a pipeline. */
  readonly ports: readonly number[];
  /** Which of its calls goes wrong, from 1. */
  readonly at: number;
  readonly chance: number;
  /** Whether the call afterwards repeats a New- instead of looking. */
  readonly repeats: boolean;
}

export const SIZE = 2;
const PIPELINE = 4;
const FIRST_PORT = 10_000;

/** `count` rounds: every kind of fault gets its share, in random order; those of a second and more get less. */
export function drawRounds(seed: number, count: number): Round[] {
  const random = generator(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const names = Object.keys(FAULTS);
  const slow = names.filter((name) => secondsOf(name) >= 1);
  const quick = names.filter((name) => secondsOf(name) < 1);
  const slowCount = Math.round(count / 20);
  const drawn = Array.from({ length: count }, (_, index) => {
    const kinds = index < slowCount ? slow : quick;
    // Each kind once before any comes twice.
    return { name: kinds[index % kinds.length] as string, order: random() };
  });
  drawn.sort((a, b) => a.order - b.order);
  return drawn.map(({ name }, index) => {
    const fault = FAULTS[name] as Fault;
    const verb = pick<Verb>(fault.verbs ?? ['Get', 'Test', 'New', 'Remove']);
    // Of a fault that shows only later, a pipeline's next call would know by chance alone.
    const length = fault.isSometime ? PIPELINE : fault.ends || fault.deafens ? 1 : pick([1, PIPELINE]);
    const first = FIRST_PORT + index * SIZE * PIPELINE;
    return {
      name,
      fault,
      verb,
      pool: pick<PortPool>(['udp', 'tcp']),
      ports: Array.from({ length }, (_, block) => first + block * SIZE),
      // What looks up is sent in batches, the first of one record: the second call is certain, a third is not.
      at: fault.isSometime
        ? 1
        : 1 + Math.floor(random() * (length === 1 ? 1 : verb === 'New' || verb === 'Remove' ? length : 2)),
      chance: random(),
      repeats: random() < 0.5,
    };
  });
}

function secondsOf(name: string): number {
  return FAULTS[name]?.seconds ?? 0;
}

/** mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
