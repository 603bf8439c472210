import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyOperation,
  blocksOverlap,
  compareBlocks,
  PORT_POOLS,
  type PortBlock,
  type ReservationOutcome,
  type Reservations,
  restartReservations,
} from '../../../../src/extensions/port-reservation/simulation/port-reservation.js';

/** Few ports near both ends, so that blocks meet often; and some zeros. */
const port = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 65_520, max: 65_535 }), fc.nat(65_535));
const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.nat(65_535));
const block: fc.Arbitrary<PortBlock> = fc.record({
  pool: fc.constantFrom(...PORT_POOLS),
  startPort: port,
  numberOfPorts: count,
});
/** Tokens from a handful of numbers collide all the time; the last ones are free, so a draw always ends. */
const tokens = fc.infiniteStream(fc.oneof(fc.bigInt({ min: 0n, max: 40n }), fc.bigInt({ min: 0n, max: 1n << 65n })));
const steps = fc.array(
  fc.record({
    operation: fc.constantFrom('create', 'create', 'delete', 'lookup', 'restart'),
    block,
    // Aims at an existing block, for otherwise an exact one is hardly ever hit.
    aim: fc.option(fc.nat(), { nil: undefined }),
    rights: fc.constantFrom('elevated', 'elevated', 'elevated', 'unelevated'),
  }),
  { maxLength: 40 },
);

/** Who owns each port: one entry a port, the identity of the block it was reserved in. */
class Oracle {
  private readonly owners = new Map<string, string>();

  answer(operation: 'create' | 'delete' | 'lookup', at: PortBlock, rights: 'elevated' | 'unelevated'): number {
    const ports = this.portsOf(at);
    if (at.startPort === 0 || at.numberOfPorts === 0) return 87;
    if (operation === 'create' && at.startPort + at.numberOfPorts > 65_536) return 87;
    if (operation !== 'lookup' && rights === 'unelevated') return 5;
    const identity = `${at.startPort}+${at.numberOfPorts}`;
    if (operation === 'create') {
      if (ports.some((key) => this.owners.has(key))) return 32;
      for (const key of ports) this.owners.set(key, identity);
      return 0;
    }
    if (this.owners.get(`${at.pool} ${at.startPort}`) !== identity) return 1168;
    if (operation === 'delete') for (const key of ports) this.owners.delete(key);
    return 0;
  }

  private portsOf(at: PortBlock): string[] {
    return Array.from({ length: at.numberOfPorts }, (_, index) => `${at.pool} ${at.startPort + index}`);
  }
}

function expectSound(reservations: Reservations): void {
  for (const [index, one] of reservations.entries()) {
    for (const other of reservations.slice(index + 1)) {
      expect(blocksOverlap(one, other)).toBe(false);
      expect(one.token).not.toBe(other.token);
      expect(compareBlocks(one, other)).toBeLessThan(0);
    }
    expect(one.token).toBeGreaterThan(0n);
    expect(one.token).toBeLessThan(1n << 64n);
  }
}

describe('any sequence of operations', () => {
  it('answers as one who writes down the owner of every port, and stays sound', () => {
    fc.assert(
      fc.property(steps, tokens, (sequence, stream) => {
        const drawToken = () => stream.next().value;
        const oracle = new Oracle();
        let reservations: Reservations = [];
        for (const step of sequence) {
          if (step.operation === 'restart') {
            const before = new Set(reservations.map(({ token }) => token));
            reservations = restartReservations(reservations, drawToken);
            for (const { token } of reservations) expect(before.has(token)).toBe(false);
          } else {
            const operation = step.operation as 'create' | 'delete' | 'lookup';
            const rights = step.rights as 'elevated' | 'unelevated';
            const aimed = step.aim === undefined ? undefined : reservations[step.aim % reservations.length];
            const outcome: ReservationOutcome = applyOperation(reservations, operation, aimed ?? step.block, {
              rights,
              drawToken,
            });
            expect(outcome.returnValue).toBe(oracle.answer(operation, aimed ?? step.block, rights));
            reservations = outcome.reservations;
          }
          expectSound(reservations);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('looks up the token that the creation gave', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 15 }), tokens, (blocks, stream) => {
        const surroundings = { rights: 'elevated', drawToken: () => stream.next().value } as const;
        let reservations: Reservations = [];
        for (const at of blocks) {
          const created = applyOperation(reservations, 'create', at, surroundings);
          reservations = created.reservations;
          if (created.returnValue !== 0) continue;
          const found = applyOperation(reservations, 'lookup', at, { rights: 'unelevated', drawToken: () => 0n });
          expect(found).toEqual({ returnValue: 0, reservations, token: created.token });
        }
      }),
    );
  });

  it('leaves, after creating and deleting a block, what was there before', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), block, tokens, (blocks, at, stream) => {
        const surroundings = { rights: 'elevated', drawToken: () => stream.next().value } as const;
        const before = blocks.reduce<Reservations>(
          (list, next) => applyOperation(list, 'create', next, surroundings).reservations,
          [],
        );
        const created = applyOperation(before, 'create', at, surroundings);
        fc.pre(created.returnValue === 0);
        expect(applyOperation(created.reservations, 'delete', at, surroundings).reservations).toEqual(before);
      }),
    );
  });
});
