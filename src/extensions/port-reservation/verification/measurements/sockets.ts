/** Open points about sockets that use a reservation, and about sockets that do not. */

import type { Block, Pool } from '../../functions.js';
import type { ReservationSocket, ReservationSockets } from '../../native/reservation-socket.js';
import {
  type Measurement,
  type MeasuringBench,
  measured,
  NEEDS_ELEVATION,
  NEEDS_WINDOWS,
  protocolOf,
  reserve,
} from '../bench.js';
import type { Measured } from '../results.js';

const FAMILIES = ['IPv4', 'IPv6'] as const;

function lacks(bench: MeasuringBench): string | undefined {
  if (!bench.sockets) return NEEDS_WINDOWS;
  return bench.elevated ? undefined : NEEDS_ELEVATION;
}

export const bindWithoutToken: Measurement = {
  question: 'Bind without the token inside a Create-made block',
  lacks,
  run: (bench) =>
    eachPool(bench, async (pool, sockets) => {
      const block = bench.at(0, 20);
      await reserve(bench, pool, block);
      return FAMILIES.map((family) => {
        const code = using(sockets.open(protocolOf(pool), family), (socket) => socket.bind(block.start + 5));
        return measured(`Bind without the token, ${pool.name}, ${family}`, winsock(code), '10013');
      });
    }),
};

export const bindWithToken: Measurement = {
  question: 'Bind with the token',
  lacks,
  run: (bench) =>
    eachPool(bench, async (pool, sockets) => {
      const block = bench.at(0, 20);
      const token = await reserve(bench, pool, block);
      return FAMILIES.flatMap((family) =>
        [0, block.start + 5].map((port) => {
          const found = using(sockets.open(protocolOf(pool), family), (socket) => bound(socket, token, port, block));
          const how = port === 0 ? 'port 0' : 'a port of the block';
          return measured(`Bind with the token to ${how}, ${pool.name}, ${family}`, found, 'a port of the block');
        }),
      );
    }),
};

export const staleToken: Measurement = {
  question: 'ASSOCIATE with a stale token',
  lacks,
  run: (bench) =>
    eachPool(bench, async (pool, sockets) => {
      const token = await reserve(bench, pool, bench.at(0, 20));
      await bench.call(pool, 'delete', bench.at(0, 20));
      const ask = (what: string, given: bigint) => {
        const code = using(sockets.open(protocolOf(pool), 'IPv4'), (socket) => socket.associate(given));
        return measured(`ASSOCIATE with ${what}, ${pool.name}`, winsock(code));
      };
      return [ask('the token of a deleted block', token), ask('the token 0', 0n), ask('a made-up token', token ^ 1n)];
    }),
};

export const exhaustedBlock: Measurement = {
  question: 'Bind when the block is exhausted',
  lacks,
  run: (bench) =>
    eachPool(bench, async (pool, sockets) => {
      const block = bench.at(0, 2);
      const token = await reserve(bench, pool, block);
      const open: ReservationSocket[] = [];
      try {
        for (let number = 1; number <= block.count + 1; number++) {
          const socket = sockets.open(protocolOf(pool), 'IPv4');
          open.push(socket);
          const associated = socket.associate(token);
          if (associated !== 0) {
            return [measured(`Bind when the block is exhausted, ${pool.name}`, `ASSOCIATE ${winsock(associated)}`)];
          }
          const code = socket.bind(0);
          if (code === 0) continue;
          const found = `socket ${number} of a block of ${block.count}: ${winsock(code)}`;
          return [measured(`Bind when the block is exhausted, ${pool.name}`, found)];
        }
        const ports = open.map((socket) => socket.port()).join(', ');
        return [measured(`Bind when the block is exhausted, ${pool.name}`, `it still succeeds, on ${ports}`)];
      } finally {
        for (const socket of open) socket.close();
      }
    }),
};

async function eachPool(
  bench: MeasuringBench,
  ask: (pool: Pool, sockets: ReservationSockets) => Promise<Measured[]>,
): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const pool of bench.pools) {
    if (bench.sockets) results.push(...(await ask(pool, bench.sockets)));
  }
  return results;
}

function using<T>(socket: ReservationSocket, work: (socket: ReservationSocket) => T): T {
  try {
    return work(socket);
  } finally {
    socket.close();
  }
}

function bound(socket: ReservationSocket, token: bigint, port: number, block: Block): string {
  const associated = socket.associate(token);
  if (associated !== 0) return `ASSOCIATE ${winsock(associated)}`;
  const code = socket.bind(port);
  if (code !== 0) return `bind ${winsock(code)}`;
  const given = socket.port();
  return given >= block.start && given < block.start + block.count
    ? 'a port of the block'
    : `the port ${given}, outside`;
}

function winsock(code: number): string {
  return code === 0 ? '0 (it succeeds)' : String(code);
}
