import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/dsc/input.js';
import type { OperationName } from '../../src/dsc/operations.js';
import { block, LIST, makeComputer, ONE } from './engine.js';
import { type Simulated, simulatedResources } from './simulated.js';

const run = (computer: Simulated, operation: OperationName, input: JsonObject, whatIf = false) =>
  computer.run({ type: LIST, operation, input, whatIf });

async function withBlocks(...blocks: ReturnType<typeof block>[]): Promise<Simulated> {
  const computer = simulatedResources();
  for (const input of blocks) await computer.run({ type: ONE, operation: 'set', input });
  return computer;
}

describe('a list', () => {
  it('is one state with what was asked, in its order', async () => {
    const computer = await withBlocks(block(5000, 20));
    const reservations = [block(6000, 1, 'Tcp'), block(5000, 20)];
    const { lines } = await run(computer, 'test', { reservations });
    expect(lines).toEqual([
      {
        reservations: [
          { ...block(6000, 1, 'Tcp'), _exist: false },
          { ...block(5000, 20), token: expect.any(String), _exist: true },
        ],
        _inDesiredState: false,
      },
    ]);
  });

  it('creates and deletes what it names, deletions first, so that a block can be cut anew', async () => {
    const computer = await withBlocks(block(5000, 20));
    const reservations = [block(5000, 10), block(5010, 10), { ...block(5000, 20), _exist: false }];
    const { notes } = await run(computer, 'set', { reservations });
    expect(notes.map((note) => note.split(' ')[0])).toEqual(['Deleted', 'Created', 'Created']);
    expect(computer.blocks()).toEqual(['udp 5000 10', 'udp 5010 10']);
  });

  it('leaves what it does not name', async () => {
    const computer = await withBlocks(block(5000, 20));
    await run(computer, 'set', { reservations: [block(6000, 1)], _purge: false });
    expect(computer.blocks()).toEqual(['udp 5000 20', 'udp 6000 1']);
    expect(computer.calls).not.toContain('GetExcludedPortRange');
  });

  it('says what had been done before a failure', async () => {
    const computer = await withBlocks(block(5000, 20));
    const reservations = [block(4000, 1), block(5019, 2)];
    await expect(run(computer, 'set', { reservations })).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringMatching(/5019-5020 cannot be reserved.* Before that: Created .* UDP port 4000\./),
    });
  });

  it.each<[string, JsonObject, RegExp]>([
    ['no list', {}, /'reservations' is missing/],
    ['no array', { reservations: {} }, /'reservations' must be an array/],
    ['an item without keys', { reservations: [block(1, 1), {}] }, /^reservations\[1\]: 'protocol' is missing/],
    [
      'an item twice',
      { reservations: [block(1, 2), { ...block(1, 2), _exist: false }] },
      /\[1\] is the same instance as .*\[0\]/,
    ],
    [
      'overlapping items',
      { reservations: [block(5, 5), block(1, 5)] },
      /reservations\[1\] and reservations\[0\] overlap/,
    ],
    ['a purge without a scope', { reservations: [], _purge: true }, /'_purge' needs 'scope'/],
    [
      'a scope without a limit',
      { reservations: [], scope: [{ startPort: 1 }] },
      /^scope\[0\]: 'endPort' must be a whole/,
    ],
    [
      'a scope upside down',
      { reservations: [], scope: [{ startPort: 2, endPort: 1 }] },
      /'startPort' 2 is greater than 'endPort' 1/,
    ],
    [
      'a scope of another protocol',
      { reservations: [], scope: [{ protocol: 'x', startPort: 1, endPort: 2 }] },
      /must be "Udp"/,
    ],
    ['a property that is none', { reservations: [], purge: true }, /'purge' is not a property/],
  ])('%s is refused before anything is done', async (_name, input, message) => {
    const computer = simulatedResources();
    for (const operation of ['get', 'test', 'set'] as const)
      await expect(run(computer, operation, input)).rejects.toMatchObject({
        exitCode: 4,
        message: expect.stringMatching(message),
      });
    expect(computer.calls).toEqual([]);
  });

  it('blocks of different protocols do not overlap', async () => {
    const computer = simulatedResources();
    await run(computer, 'set', { reservations: [block(5, 5), block(5, 5, 'Tcp')] });
    expect(computer.blocks()).toEqual(['tcp 5 5', 'udp 5 5']);
  });
});

describe('purge', () => {
  const scope = [{ protocol: 'Udp' as const, startPort: 5000, endPort: 5999 }];

  it('removes unlisted reservations inside the scope, and says which; the others stay', async () => {
    const blocks = [block(5000, 20), block(5100, 1), block(4999, 1), block(5999, 2), block(5100, 1, 'Tcp')];
    const computer = await withBlocks(...blocks);
    const desired = { reservations: [block(5000, 20)], scope, _purge: true };
    const { lines } = await run(computer, 'test', desired);
    expect(lines[0]).toMatchObject({ _inDesiredState: false, scope });
    expect(lines[0]?.reservations).toHaveLength(2);
    const before = computer.bytes();
    const { notes: would } = await run(computer, 'set', desired, true);
    expect(would).toEqual(['Would delete the persistent reservation of just UDP port 5100.']);
    expect(computer.bytes()).toBe(before);
    const { lines: after } = await run(computer, 'set', desired);
    expect(after).toEqual([{ reservations: [{ ...block(5000, 20), token: expect.any(String), _exist: true }], scope }]);
    expect(computer.blocks()).toEqual(['tcp 5100 1', 'udp 4999 1', 'udp 5000 20', 'udp 5999 2']);
  });

  it('touches no exclusion that is no reservation', async () => {
    const computer = await withBlocks(block(5000, 20));
    const state = JSON.parse(computer.bytes() ?? '{}');
    const exclusions = [{ pool: 'udp', startPort: 5500, numberOfPorts: 100, administered: false }];
    writeFileSync(computer.state, JSON.stringify({ ...state, exclusions }));
    await run(computer, 'set', { reservations: [], scope, _purge: true });
    expect(JSON.parse(computer.bytes() ?? '{}')).toMatchObject({ reservations: [], exclusions });
    expect(computer.calls.filter((name) => name.startsWith('Delete'))).toHaveLength(1);
  });

  it('does nothing at all where the existing ones cannot be listed', async () => {
    const computer = await withBlocks(block(5000, 20));
    writeFileSync(computer.state, 'damaged');
    await expect(run(computer, 'set', { reservations: [], scope, _purge: true })).rejects.toMatchObject({
      exitCode: 9,
    });
  });
});

it('through the program: states are valid, set is idempotent, what-if changes nothing', async () => {
  const computer = await makeComputer();
  const dsc = computer.engine('3.3', LIST);
  const desired = {
    reservations: [block(5000, 20), block(7000, 1, 'Tcp')],
    scope: [{ startPort: 1, endPort: 65535 }],
    _purge: true,
  };
  await computer.engine().set(block(6000, 5));
  const before = computer.bytes();
  expect(await dsc.set(desired, { whatIf: true })).toMatchObject({
    whatIf: [
      expect.stringMatching(/^Would delete .* 6000-6004/),
      expect.stringMatching(/^Would create/),
      expect.stringMatching(/^Would create/),
    ],
  });
  expect(computer.bytes()).toBe(before);
  expect((await dsc.set(desired)).changedProperties).toEqual(['reservations']);
  expect(computer.blocks()).toEqual(['tcp 7000 1', 'udp 5000 20']);
  expect(await dsc.set(desired)).toMatchObject({ changedProperties: [], ran: false });
  expect(await dsc.test(desired)).toMatchObject({ inDesiredState: true });
});
