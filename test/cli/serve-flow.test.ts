/** A resident program whose reader is slow or gone, and one that is sent a signal: it neither grows nor ends. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CLI, ROOT } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';
import { Bridge, handshake, request, serve } from '../support/serve.js';
import { writeStandInDefinition } from '../support/standin-definition.js';

function simulated(...args: string[]): Bridge {
  const state = path.join(temporaryDirectory(), 'state.json');
  return serve('PersistentPortReservation', '--backend', 'simulated', '--state', state, ...args);
}

/** Mebibytes in memory. */
function memoryOf(pid: number): number {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

/** Sends lines for as long as they are taken, at most for so long; the bytes that were taken. */
async function flood(bridge: Bridge, line: string, milliseconds: number): Promise<number> {
  const block = Buffer.from(line.repeat(Math.ceil(65_536 / line.length)));
  const until = performance.now() + milliseconds;
  let sent = 0;
  while (performance.now() < until) {
    if (bridge.child.stdin.writableLength < 1 << 20) {
      bridge.child.stdin.write(block);
      sent += block.length;
    } else await delay(5);
  }
  return sent;
}

const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('a reader that does not read', () => {
  it('does not make the bridge grow: it stops reading, and goes on when its answers are taken', async () => {
    const bridge = simulated();
    bridge.send(handshake(1));
    await bridge.replies(1);
    bridge.child.stdout.pause();
    const before = memoryOf(bridge.child.pid ?? 0);
    const line = `${JSON.stringify(request(2, 'No'))}\n`;
    const sent = await flood(bridge, line, 4_000);
    expect(memoryOf(bridge.child.pid ?? 0) - before).toBeLessThan(100);
    expect(sent).toBeLessThan(8 << 20);
    bridge.child.stdout.resume();
    const { status } = await bridge.finish();
    expect(status).toBe(0);
    expect(bridge.stdout.split('\n')).toHaveLength(sent / line.length + 2);
  });

  it('of diagnostics loses some of them, and is told how many', async () => {
    const bridge = simulated('--trace');
    bridge.child.stderr.pause();
    const before = memoryOf(bridge.child.pid ?? 0);
    await flood(bridge, `${JSON.stringify(request(2, 'No'))}\n`, 3_000);
    expect(memoryOf(bridge.child.pid ?? 0) - before).toBeLessThan(120);
    bridge.child.stderr.resume();
    await delay(500);
    bridge.send(handshake(3));
    expect((await bridge.finish()).status).toBe(0);
    expect(bridge.stderr).toMatch(/^\(\d+ messages were discarded, because stderr was not read\)$/m);
  });

  it('requests that wait are as bounded: those of a function that blocks', async () => {
    const { file, library } = writeStandInDefinition(temporaryDirectory(), { mayBlock: true });
    const bridge = serve(file, '--library', library);
    bridge.send(handshake(1));
    await bridge.replies(1);
    const sent = await flood(
      bridge,
      `${JSON.stringify(request(2, 'StandinSleep', { Milliseconds: 60_000 }))}\n`,
      3_000,
    );
    expect(sent).toBeLessThan(8 << 20);
    bridge.child.kill('SIGKILL');
  });
});

describe('a stderr that nobody has', () => {
  it('does not end a bridge with --trace', async () => {
    const bridge = simulated('--trace');
    bridge.child.stderr.destroy();
    for (let id = 1; id <= 20; id += 1) {
      bridge.send(handshake(id));
      await bridge.replies(id);
      await delay(10);
    }
    expect(await bridge.finish()).toMatchObject({ status: 0 });
  });
});

describe.skipIf(process.platform === 'win32')('SIGUSR1', () => {
  const state = () => path.join(temporaryDirectory(), 'state.json');
  const module = path.join(ROOT, 'module', 'PersistentPortReservation', 'bin', 'dllet.cjs');
  it.each([
    ['dllet', () => [CLI, 'serve', 'PersistentPortReservation', '--backend', 'simulated', '--state', state()]],
    ['the program of a module', () => [module, 'serve', '--backend', 'simulated', '--state', state()]],
  ])('opens no inspector in %s', async (_name, args) => {
    const bridge = new Bridge(spawn(process.execPath, args(), { cwd: ROOT }));
    bridge.send(handshake(1));
    await bridge.replies(1);
    bridge.child.kill('SIGUSR1');
    await delay(500);
    bridge.send(handshake(2));
    await bridge.replies(2);
    expect(await bridge.finish()).toMatchObject({ status: 0 });
    expect(bridge.stderr).toBe('');
  });
});
