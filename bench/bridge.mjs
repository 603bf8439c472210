// Measures the module's program without PowerShell: its start, and one line for each request.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { BLOCK } from './setup.mjs';

export const LOOKUP = 'LookupPersistentUdpPortReservation';
export const CREATE = 'CreatePersistentUdpPortReservation';

/**
 * The environment that a module gives its program. Settings such as NODE_EXTRA_CA_CERTS double the start time of a bare
 * node, and a module removes them.
 */
export function bareEnvironment() {
  const names = process.platform === 'win32' ? ['SystemRoot', 'LOCALAPPDATA', 'TEMP'] : ['HOME', 'PATH'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Starts the program as a module does. `request` resolves with the line of the reply. */
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

/** Returns the milliseconds from the start of the program to its first reply. */
export async function timeToFirstReply(options) {
  const started = performance.now();
  const bridge = startBridge(options);
  await bridge.request(LOOKUP);
  const elapsed = performance.now() - started;
  await bridge.end();
  return elapsed;
}
