/** A running `dllet serve`, with its streams as text and its exit. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { CLI, ROOT } from './cli.js';

export interface Reply {
  readonly id: number | null;
  readonly result?: object;
  readonly error?: { readonly code: number };
}

/** A running `dllet serve`, which exits at the end of the test. */
export class Bridge {
  stdout = '';
  stderr = '';
  readonly ended: Promise<{ readonly status: number | null; readonly at: number }>;

  constructor(readonly child: ChildProcessWithoutNullStreams) {
    child.stdin.on('error', () => undefined);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = once(child, 'close').then(([status]) => ({ status, at: performance.now() }));
    onTestFinished(() => void child.kill('SIGKILL'));
  }

  send(...messages: object[]): void {
    this.child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  }

  /** Returns the replies as soon as there are this many. */
  async replies(count: number): Promise<Reply[]> {
    while (this.stdout.split('\n').length <= count) await Promise.race([delay(5), this.ended]);
    return this.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  /** Ends the input. Returns the status, and the milliseconds until the exit. */
  async finish(): Promise<{ readonly status: number | null; readonly milliseconds: number }> {
    const before = performance.now();
    this.child.stdin.end();
    const { status, at } = await this.ended;
    return { status, milliseconds: at - before };
  }
}

/** Starts `dllet serve` with these arguments. */
export const serve = (...args: string[]): Bridge =>
  new Bridge(spawn(process.execPath, [CLI, 'serve', ...args], { cwd: ROOT }));

export const request = (id: number, method: string, params: object = {}) => ({ jsonrpc: '2.0', id, method, params });
export const handshake = (id: number) => request(id, 'dllet.handshake');
