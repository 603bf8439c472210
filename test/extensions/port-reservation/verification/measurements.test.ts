/** The results of the measurements with sockets, netsh and functions that give prepared answers. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../../../src/definition/load.js';
import { poolsOf } from '../../../../src/extensions/port-reservation/functions.js';
import type {
  ReservationSocket,
  ReservationSockets,
} from '../../../../src/extensions/port-reservation/native/reservation-socket.js';
import type { MeasuringBench } from '../../../../src/extensions/port-reservation/verification/bench.js';
import { createLedger, type Ledger } from '../../../../src/extensions/port-reservation/verification/ledger.js';
import { MEASUREMENTS, measure } from '../../../../src/extensions/port-reservation/verification/measurements/all.js';
import { type Snapshot, takeSnapshot } from '../../../../src/extensions/port-reservation/verification/netsh-capture.js';
import { type Memory, memory, recordingGuard } from './support.js';

const pools = poolsOf(await loadDefinition('PersistentPortReservation'));
let machine: Memory;
let ledger: Ledger;
let netshRuns: string[];

beforeEach(() => {
  machine = memory();
  ledger = createLedger(machine.call, recordingGuard());
  netshRuns = [];
});

/** Sockets as the reference expects them: a port of a block needs the token, and there are only two ports. */
function sockets(): ReservationSockets & { readonly open_: number } {
  const state = { open: 0, bound: 0 };
  return {
    get open_() {
      return state.open;
    },
    open: () => {
      state.open += 1;
      let associated = false;
      let port = 0;
      const socket: ReservationSocket = {
        associate: (token) => {
          associated = token > 100n && machine.reserved().length > 0;
          return associated ? 0 : 10_022;
        },
        bind: (wanted) => {
          if (!associated) return 10_013;
          if (wanted === 0 && state.bound >= 2) return 10_055;
          port = wanted === 0 ? 40_000 + state.bound : wanted;
          state.bound += 1;
          return 0;
        },
        port: () => port,
        close: () => {
          state.open -= 1;
          if (port !== 0) state.bound -= 1;
        },
      };
      return socket;
    },
  };
}

function bench(changes: Partial<MeasuringBench> = {}): MeasuringBench {
  return {
    pools,
    call: ledger.keep(machine.call),
    ordinary: machine.call,
    elevated: true,
    at: (offset, count) => ({ start: 40_000 + offset, count }),
    lastPortIsFree: true,
    sockets: sockets(),
    netsh: undefined,
    before: undefined,
    mayUseNetsh: false,
    undoLater: async () => ({ done: async () => undefined }),
    callWithMemory: (_pool, operation) => ({ code: operation === 'create' ? 32 : 1168, memory: 0n }),
    lookupWithNull: async () => 'the process ended without an answer: exit status 0xc0000005',
    capture: () => undefined,
    ...changes,
  };
}

async function ask(question: string, on: MeasuringBench) {
  const measurement = MEASUREMENTS.find((one) => one.question === question);
  if (!measurement) throw new Error(`there is no measurement "${question}"`);
  return measure(measurement, on);
}

/** netsh that lists what was added to it; and `add` ends with this status. */
function netsh(status = 0): MeasuringBench['netsh'] {
  const rows = new Set<string>();
  return async (args) => {
    netshRuns.push(args.join(' '));
    const verb = args[2];
    const start = args.find((one) => one.startsWith('startport='))?.slice(10) ?? '';
    if (verb === 'add' && status === 0) rows.add(start);
    if (verb === 'delete') rows.delete(start);
    const text = `\r\nx\r\n\r\na b\r\n---------- --------\r\n${[...rows].map((row) => `  ${row}  ${Number(row) + 19}  *\r\n`).join('')}\r\n* - x\r\n`;
    return { status: verb === 'add' ? status : 0, failure: null, stdout: Buffer.from(text), stderr: Buffer.alloc(0) };
  };
}

const EMPTY: Snapshot = { captures: [], tables: new Map() };

describe('every open point', () => {
  it('is answered, or says why it is not, on an elevated and on an ordinary session', async () => {
    for (const changes of [{}, { elevated: false }, { sockets: undefined }, { ordinary: undefined }]) {
      for (const { question } of MEASUREMENTS) {
        const answers = await ask(question, bench(changes));
        expect(answers.length, question).toBeGreaterThan(0);
        for (const { found, isMeasured } of answers) {
          expect(found, question).toMatch(/\w/);
          if (!isMeasured) expect(found).toMatch(/^not measured: \w/);
        }
        await ledger.clear();
        expect(machine.reserved(), question).toEqual([]);
      }
    }
  });

  it('creates nothing in a session that is not elevated', async () => {
    for (const { question } of MEASUREMENTS) await ask(question, bench({ elevated: false }));
    expect(machine.reserved()).toEqual([]);
  });

  it('is not measured where it fails, and says why', async () => {
    const failing = bench({ call: async () => ({ code: 5, token: undefined }) });
    const [answer] = await ask('Bind with the token', failing);
    expect(answer).toMatchObject({ isMeasured: false, found: expect.stringContaining('answered 5') });
  });
});

describe('sockets', () => {
  it('bind without the token: the code for each protocol and family', async () => {
    const answers = await ask('Bind without the token inside a Create-made block', bench());
    expect(answers).toHaveLength(4);
    for (const { found, expected } of answers)
      expect({ found, expected }).toEqual({ found: '10013', expected: '10013' });
  });

  it('bind with the token: a port of the block', async () => {
    const answers = await ask('Bind with the token', bench());
    expect(answers).toHaveLength(8);
    for (const { found } of answers) expect(found).toBe('a port of the block');
  });

  it('associate with a stale token, and bind in an exhausted block: the codes', async () => {
    const stale = await ask('ASSOCIATE with a stale token', bench());
    expect(stale.map(({ found }) => found)).toEqual(Array(6).fill('10022'));
    const exhausted = await ask('Bind when the block is exhausted', bench());
    expect(exhausted.map(({ found }) => found)).toEqual(Array(2).fill('socket 3 of a block of 2: 10055'));
  });

  it('are all closed', async () => {
    const opened = sockets();
    for (const { question } of MEASUREMENTS) {
      await ask(question, bench({ sockets: opened }));
      await ledger.clear();
    }
    expect(opened.open_).toBe(0);
  });
});

describe('a netsh-made block', () => {
  const QUESTION = 'Lookup and Delete on a netsh-made block';

  it('is made only when it was asked for', async () => {
    const [answer] = await ask(QUESTION, bench({ netsh: netsh() }));
    expect(answer?.found).toContain('--with-netsh-block');
    expect(netshRuns).toEqual([]);
  });

  it('is removed again, also when something fails on the way', async () => {
    for (const [status, call] of [
      [0, ledger.keep(machine.call)],
      [1, ledger.keep(machine.call)],
      [
        0,
        async () => {
          throw new Error('broken');
        },
      ],
    ] as const) {
      const undone: string[] = [];
      const undoLater = async (args: readonly string[]) => {
        undone.push(`later ${args[2]}`);
        return { done: async () => void undone.push('done') };
      };
      netshRuns = [];
      await ask(
        QUESTION,
        bench({ netsh: netsh(status), mayUseNetsh: true, undoLater, call, pools: pools.slice(0, 1) }),
      );
      expect(netshRuns.filter((one) => / (add|delete) /.test(one))).toEqual([
        expect.stringContaining('add excludedportrange protocol=udp startport=40000 numberofports=20'),
        expect.stringContaining('delete excludedportrange protocol=udp startport=40000 numberofports=20'),
      ]);
      expect(undone).toEqual(['later delete', 'done']);
      await ledger.clear();
      expect(machine.reserved()).toEqual([]);
    }
  });
});

describe('what netsh shows of a block', () => {
  it('is told for every table', async () => {
    const before = await takeSnapshot(netsh() as NonNullable<MeasuringBench['netsh']>, 'before');
    const answers = await ask('How a Create-made block prints in netsh', bench({ netsh: netsh(), before }));
    expect(answers).toHaveLength(2);
    expect(answers[0]?.found).toContain('IPv6 Tcp Persistent: no new row');
    expect(await ask('How a Create-made block prints in netsh', bench({ before: EMPTY }))).toMatchObject([
      { isMeasured: false },
    ]);
  });
});
