// The module's program without PowerShell: one start, one line for a request.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { BLOCK } from './setup.mjs';

export const LOOKUP = 'LookupPersistentUdpPortReservation';
export const CREATE = 'CreatePersistentUdpPortReservation';

/**
 * What a module lets its program have: settings such as NODE_EXTRA_CA_CERTS cost a bare node as much as the rest of its start, and
 * a module keeps them away.
 */
export function bareEnvironment() {
  const names = process.platform === 'win32' ? ['SystemRoot', 'LOCALAPPDATA', 'TEMP'] : ['HOME', 'PATH'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** The program as a module starts it; `request` resolves with the reply's line. */
export function startBridge({ program, library }) {
  const args = ['--max-semi-space-size=1', program, 'serve', '--library', library];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env: bareEnvironment() });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    async request(method) {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: BLOCK })}\n`);
      const { value } = await lines.next();
      if (!value?.includes('"result"')) throw new Error(`the bridge answered ${value}`);
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Milliseconds from the start of the program to its first reply. */
export async function timeToFirstReply(options) {
  const started = performance.now();
  const bridge = startBridge(options);
  await bridge.request(LOOKUP);
  const elapsed = performance.now() - started;
  await bridge.end();
  return elapsed;
}
