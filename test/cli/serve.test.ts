/** `dllet serve` as a process: what is on its streams, and when it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDirectory } from '../support/directories.js';
import { type Bridge, handshake, request, serve } from '../support/serve.js';
import { writeStandInDefinition } from '../support/standin-definition.js';

function simulated(...args: string[]): Bridge {
  const state = path.join(temporaryDirectory(), 'state.json');
  return serve('PersistentPortReservation', '--backend', 'simulated', '--state', state, ...args);
}

const block = { StartPort: 5000, NumberOfPorts: 20 };

describe('the streams', () => {
  it('stdout is protocol and nothing else; stderr is empty', async () => {
    const bridge = simulated();
    bridge.child.stdin.write('no JSON\n\n');
    bridge.send(
      handshake(1),
      request(2, 'CreatePersistentUdpPortReservation', block),
      request(3, 'CreatePersistentUdpPortReservation', block),
      request(4, 'GetExcludedPortRange', { Protocol: ['udp'], AddressFamily: ['IPv4'] }),
      { jsonrpc: '2.0', method: 'LookupPersistentUdpPortReservation', params: block },
    );
    expect(await bridge.finish()).toMatchObject({ status: 0 });
    expect(bridge.stderr).toBe('');
    expect(bridge.stdout).toMatch(/^(?:[ -~]+\n)+$/);
    const replies = await bridge.replies(5);
    const byId = new Map(replies.map((reply) => [reply.id, reply]));
    expect(replies).toHaveLength(5);
    expect(byId.get(null)).toMatchObject({ error: { code: -32700 } });
    expect(byId.get(1)).toMatchObject({ result: { backend: 'simulated', pid: bridge.child.pid } });
    expect(byId.get(2)).toMatchObject({ result: { Token: expect.stringMatching(/^[0-9]+$/) } });
    expect(byId.get(3)).toMatchObject({ error: { data: { id: 'PortRangeInUse', existing: byId.get(2)?.result } } });
    // The ranges are read from the file, which the create before may not have written yet.
    expect(byId.get(4)?.result).toHaveProperty('Rows');
  });

  it('--trace tells both directions on stderr', async () => {
    const bridge = simulated('--trace');
    bridge.send(handshake(7));
    await bridge.finish();
    expect(bridge.stderr.split('\n')[0]).toBe(`<- ${JSON.stringify(handshake(7))}`);
    expect(bridge.stderr.split('\n')[1]).toBe(`-> ${bridge.stdout.trimEnd()}`);
  });

  it('a last request without a line feed is answered', async () => {
    const bridge = simulated();
    bridge.child.stdin.write(JSON.stringify(handshake(1)));
    expect((await bridge.finish()).status).toBe(0);
    expect(await bridge.replies(1)).toMatchObject([{ id: 1 }]);
  });
});

describe('the end', () => {
  it('waits for a slow reader: no answer is lost', async () => {
    const bridge = simulated();
    bridge.child.stdout.pause();
    bridge.send(...Array.from({ length: 5_000 }, (_, id) => handshake(id)));
    bridge.child.stdin.end();
    await delay(1_000);
    bridge.child.stdout.resume();
    expect((await bridge.ended).status).toBe(0);
    const replies = await bridge.replies(5_000);
    expect(replies.map(({ id }) => id)).toEqual(Array.from({ length: 5_000 }, (_, id) => id));
  });

  it('comes at once with the end of stdin', async () => {
    const bridge = simulated();
    bridge.send(handshake(1));
    await bridge.replies(1);
    const { status, milliseconds } = await bridge.finish();
    expect(status).toBe(0);
    expect(milliseconds).toBeLessThan(500);
  });

  it('comes without a single request too', async () => {
    expect((await simulated().finish()).status).toBe(0);
  });

  it('comes when the parent is gone, although somebody else holds the pipe', async () => {
    const parent = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60000)'], { stdio: 'ignore' });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const bridge = simulated('--parent', String(parent.pid));
    bridge.send(handshake(1));
    await bridge.replies(1);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const before = performance.now();
    const { status, at } = await bridge.ended;
    expect(status).toBe(0);
    expect(at - before).toBeLessThan(6_000);
    expect(bridge.stderr).toBe('');
  });

  it('does not come while the parent lives', async () => {
    const bridge = simulated('--parent', String(process.pid));
    bridge.send(handshake(1));
    await bridge.replies(1);
    await delay(2_500);
    bridge.send(handshake(2));
    expect(await bridge.replies(2)).toHaveLength(2);
  });

  it('comes when nobody reads the answers any more', async () => {
    const bridge = simulated();
    bridge.send(handshake(1));
    await bridge.replies(1);
    bridge.child.stdout.destroy();
    const before = performance.now();
    for (let id = 2; bridge.child.exitCode === null && id < 200; id += 1) {
      bridge.send(handshake(id));
      await delay(10);
    }
    const { status, at } = await bridge.ended;
    expect(status).toBe(0);
    expect(at - before).toBeLessThan(2_000);
    expect(bridge.stderr).toBe('');
  });

  it.each([
    ['a parent that is none', ['--parent', 'me'], /--parent must be a process ID, not 'me'/],
    ['an unknown option', ['--colour'], /--colour/],
    ['a second definition', ['another'], /usage: dllet serve <definition>/],
  ])('is at the start, with status 2, for %s', async (_name, args, message) => {
    const bridge = simulated(...args);
    expect(await bridge.finish()).toMatchObject({ status: 2 });
    expect(bridge.stdout).toBe('');
    expect(bridge.stderr).toMatch(message);
  });
});

describe('a function that may block', () => {
  function sleeping(): Bridge {
    const { file, library } = writeStandInDefinition(temporaryDirectory(), { mayBlock: true });
    return serve(file, '--library', library);
  }

  const sleep = (id: number, Milliseconds: number) => request(id, 'StandinSleep', { Milliseconds });
  const number = (id: number) => request(id, 'AnyUnsigned64', { Number: String(2n ** 64n - 1n) });

  it('holds up nobody but its own next call, a batch waits for it, and the end answers what is under way', async () => {
    const bridge = sleeping();
    bridge.send(number(1));
    await bridge.replies(1);
    const before = performance.now();
    bridge.send(sleep(2, 500), number(4), [sleep(5, 200), number(6)], sleep(3, 100));
    expect((await bridge.replies(2))[1]).toEqual({ jsonrpc: '2.0', id: 4, result: { Value: String(2n ** 64n - 1n) } });
    expect(performance.now() - before).toBeLessThan(400);
    expect(await bridge.finish()).toMatchObject({ status: 0 });
    const order = (await bridge.replies(5)).map((reply) =>
      Array.isArray(reply) ? reply.map(({ id }) => id) : reply.id,
    );
    expect(order).toEqual([1, 4, 2, [5, 6], 3]);
  });

  it.each<[string, (bridge: Bridge) => void]>([
    ['stdin has ended', ({ child }) => child.stdin.end()],
    [
      'nobody reads any more',
      (bridge) => {
        bridge.child.stdout.destroy();
        bridge.send(number(3), number(4));
      },
    ],
  ])('that hangs does not keep the process alive when %s', async (_name, leave) => {
    const bridge = sleeping();
    bridge.send(sleep(1, 30_000), number(2));
    await bridge.replies(1);
    const before = performance.now();
    leave(bridge);
    expect((await bridge.ended).at - before).toBeLessThan(4_000);
    expect(bridge.stdout).not.toContain('"id":1,');
  });
});
