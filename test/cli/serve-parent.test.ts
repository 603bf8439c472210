/** A bridge whose caller is killed goes too, although it is in a native call that never returns. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CLI } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';
import { request } from '../support/serve.js';
import { writeStandInDefinition } from '../support/standin-definition.js';

/** Starts a bridge, prints its process id, sends what it receives, and stays alive. */
const PARENT = `
const { spawn } = require('node:child_process');
const [cli, file, library, watched, lines] = process.argv.slice(1);
const bridge = spawn(process.execPath, [cli, 'serve', file, '--library', library, '--parent', watched || String(process.pid)]);
bridge.stdout.once('data', () => process.stdout.write(bridge.pid + '\\n'));
bridge.stdin.write(lines);
process.stdin.on('data', (text) => bridge.stdin.write(text));
setInterval(() => {}, 60_000);
`;

const lines = (...messages: object[]) => messages.map((message) => `${JSON.stringify(message)}\n`).join('');
const greeting = request(1, 'dllet.handshake');
const hang = request(2, 'StandinSleep', { Milliseconds: 600_000 });

/** A process that runs; one that has ended and waits for whoever started it does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function start(watched: string, first: string) {
  const { file, library } = writeStandInDefinition(temporaryDirectory());
  const parent = spawn(process.execPath, ['-e', PARENT, CLI, file, library, watched, first], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [text] = await once(parent.stdout, 'data');
  const pid = Number(String(text));
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  });
  return { parent, pid };
}

async function secondsUntilGone(pid: number): Promise<number> {
  const before = performance.now();
  while (isRunning(pid) && performance.now() - before < 12_000) await delay(50);
  return (performance.now() - before) / 1000;
}

describe.skipIf(process.platform === 'win32')('a bridge in a call that never returns ends with its caller', () => {
  it('when that is its first call', async () => {
    const { parent, pid } = await start('', lines(greeting, hang));
    await delay(500);
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await secondsUntilGone(pid)).toBeLessThan(6);
  });

  it('when it has run for a while', async () => {
    const { parent, pid } = await start('', lines(greeting));
    await delay(3_500);
    parent.stdin.write(lines(hang));
    await delay(1_000);
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await secondsUntilGone(pid)).toBeLessThan(6);
  });

  it('when the caller is not the one who started it', async () => {
    const caller = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
    onTestFinished(() => void caller.kill('SIGKILL'));
    const { pid } = await start(String(caller.pid), lines(greeting, hang));
    await delay(1_500);
    expect(isRunning(pid)).toBe(true);
    caller.kill('SIGKILL');
    await once(caller, 'exit');
    expect(await secondsUntilGone(pid)).toBeLessThan(6);
  });
});
