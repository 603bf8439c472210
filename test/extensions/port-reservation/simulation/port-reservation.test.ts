import { describe, expect, it } from 'vitest';
import {
  applyOperation,
  type PortPool,
  type ReservationOperation,
  type Reservations,
  restartReservations,
} from '../../../../src/extensions/port-reservation/simulation/port-reservation.js';
import type { CallerRights } from '../../../../src/simulation/simulation.js';
import { countingTokens, listedTokens, reservation } from '../../../simulation/support/fixtures.js';

/** UDP 5000-5019 and 65535, TCP 5000-5019. */
const PRESENT: Reservations = [
  reservation('tcp', 5000, 20, 13n),
  reservation('udp', 5000, 20, 11n),
  reservation('udp', 65_535, 1, 12n),
];

function apply(operation: ReservationOperation, pool: PortPool, start: number, count: number, rights: CallerRights) {
  const block = { pool, startPort: start, numberOfPorts: count };
  return applyOperation(PRESENT, operation, block, { rights, drawToken: countingTokens(100n) });
}

describe('one operation', () => {
  type Row = readonly [ReservationOperation, PortPool, number, number, CallerRights, number, string];
  const rows: readonly Row[] = [
    ['create', 'udp', 6000, 10, 'elevated', 0, 'free block'],
    ['create', 'udp', 1, 1, 'elevated', 0, 'the first port'],
    ['create', 'tcp', 65_535, 1, 'elevated', 0, 'the last port, reserved in the other pool only'],
    ['create', 'udp', 5020, 10, 'elevated', 0, 'right after a reservation'],
    ['create', 'udp', 4990, 10, 'elevated', 0, 'right before a reservation'],
    ['create', 'udp', 0, 10, 'elevated', 87, 'start 0'],
    ['create', 'udp', 10, 0, 'elevated', 87, 'count 0'],
    ['create', 'udp', 65_535, 2, 'elevated', 87, 'one port too many'],
    ['create', 'udp', 2, 65_535, 'elevated', 87, 'the greatest count, one port too high'],
    ['create', 'udp', 5000, 20, 'elevated', 32, 'an equal block'],
    ['create', 'udp', 5019, 1, 'elevated', 32, 'the last port of a reservation'],
    ['create', 'udp', 4999, 2, 'elevated', 32, 'the first port of a reservation'],
    ['create', 'udp', 5005, 3, 'elevated', 32, 'inside a reservation'],
    ['create', 'udp', 1, 65_535, 'elevated', 32, 'around all reservations'],
    ['create', 'udp', 6000, 10, 'unelevated', 5, 'free block'],
    ['create', 'udp', 5000, 20, 'unelevated', 5, 'an equal block: rights come first'],
    ['create', 'udp', 0, 20, 'unelevated', 87, 'start 0: arguments come first'],
    ['create', 'udp', 65_535, 2, 'unelevated', 87, 'too long: arguments come first'],
    ['delete', 'udp', 5000, 20, 'elevated', 0, 'the exact block'],
    ['delete', 'udp', 5000, 19, 'elevated', 1168, 'a part'],
    ['delete', 'udp', 5001, 20, 'elevated', 1168, 'another start'],
    ['delete', 'tcp', 65_535, 1, 'elevated', 1168, 'reserved in the other pool only'],
    ['delete', 'udp', 0, 20, 'elevated', 87, 'start 0'],
    ['delete', 'udp', 5000, 0, 'elevated', 87, 'count 0'],
    ['delete', 'udp', 65_535, 2, 'elevated', 1168, 'past the end is only not found'],
    ['delete', 'udp', 5000, 20, 'unelevated', 5, 'the exact block'],
    ['delete', 'udp', 5000, 19, 'unelevated', 5, 'no such block: rights come first'],
    ['delete', 'udp', 0, 20, 'unelevated', 87, 'start 0: arguments come first'],
    ['lookup', 'udp', 5000, 20, 'elevated', 0, 'the exact block'],
    ['lookup', 'udp', 5000, 20, 'unelevated', 0, 'the exact block, without rights'],
    ['lookup', 'udp', 5000, 21, 'elevated', 1168, 'more than the block'],
    ['lookup', 'udp', 5000, 10, 'elevated', 1168, 'a part'],
    ['lookup', 'udp', 34_835, 20, 'elevated', 1168, 'the start with its bytes exchanged'],
    ['lookup', 'tcp', 65_535, 1, 'elevated', 1168, 'reserved in the other pool only'],
    ['lookup', 'udp', 0, 20, 'elevated', 87, 'start 0'],
    ['lookup', 'udp', 5000, 0, 'elevated', 87, 'count 0'],
    ['lookup', 'udp', 65_535, 2, 'elevated', 1168, 'past the end is only not found'],
  ];

  it.each(rows)('%s %s %i+%i (%s) returns %i: %s', (operation, pool, start, count, rights, returnValue) => {
    const outcome = apply(operation, pool, start, count, rights);
    expect(outcome.returnValue).toBe(returnValue);
    if (returnValue !== 0 || operation === 'lookup') expect(outcome.reservations).toBe(PRESENT);
    else expect(outcome.reservations).toHaveLength(PRESENT.length + (operation === 'create' ? 1 : -1));
  });

  it('gives the token of the pool that was asked for', () => {
    expect(apply('lookup', 'udp', 5000, 20, 'elevated')).toMatchObject({ token: 11n });
    expect(apply('lookup', 'tcp', 5000, 20, 'elevated')).toMatchObject({ token: 13n });
  });

  it('removes exactly the block that was named', () => {
    const outcome = apply('delete', 'udp', 5000, 20, 'elevated');
    expect(outcome.reservations).toEqual([PRESENT[0], PRESENT[2]]);
    expect(outcome).not.toHaveProperty('token');
  });

  it('keeps the list sorted, and changes no list that it was given', () => {
    const before = structuredClone(PRESENT);
    const outcome = apply('create', 'udp', 1, 1, 'elevated');
    expect(outcome.reservations.map(({ pool, startPort }) => `${pool} ${startPort}`)).toEqual([
      'tcp 5000',
      'udp 1',
      'udp 5000',
      'udp 65535',
    ]);
    expect(PRESENT).toEqual(before);
  });
});

describe('tokens', () => {
  const block = { pool: 'udp', startPort: 100, numberOfPorts: 1 } as const;
  const create = (drawToken: () => bigint) =>
    applyOperation(PRESENT, 'create', block, { rights: 'elevated', drawToken });

  it('passes over 0, tokens in use in any pool, and what is no unsigned 64-bit number', () => {
    expect(create(listedTokens(0n, 11n, 13n, -1n, 1n << 64n, 77n))).toMatchObject({ token: 77n });
  });

  it('uses the whole range', () => {
    expect(create(listedTokens(1n))).toMatchObject({ token: 1n });
    expect(create(listedTokens((1n << 64n) - 1n))).toMatchObject({ token: (1n << 64n) - 1n });
  });

  it('does not wait for ever for a source that is broken', () => {
    expect(() => create(() => 0n)).toThrow('no unused token');
  });
});

describe('restart', () => {
  it('gives every reservation a token that none had before', () => {
    const after = restartReservations(PRESENT, listedTokens(11n, 12n, 13n, 0n, 21n, 21n, 22n, 23n));
    expect(after.map(({ token }) => token)).toEqual([21n, 22n, 23n]);
    expect(after.map(({ token, ...block }) => block)).toEqual(PRESENT.map(({ token, ...block }) => block));
  });

  it('is possible without any reservation', () => {
    expect(restartReservations([], () => 0n)).toEqual([]);
  });
});
