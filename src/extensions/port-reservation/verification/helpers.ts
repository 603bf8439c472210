/** The helper processes of a verification. */
import { spawn } from 'node:child_process';
import { print, useOutput } from '../../../cli/output.js';
import { EXIT, UsageError } from '../../../cli/usage.js';
import type { Definition } from '../../../definition/types.js';

/** Deletes what the verification left, after the verification has closed its end of the pipe. */
export async function runGuard(definition: Definition, library: string | undefined): Promise<number> {
  const { guard } = await import('./guard.js');
  const { createNativeBackend } = await import('../../../native/backend.js');
  const { callPool, poolsOf } = await import('../functions.js');
  const backend = createNativeBackend({ definition, libraryPath: library });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(name, () => undefined);
  await guard(process.stdin, async (what) => {
    if (what.kind === 'netsh') return runNetsh(what.args);
    const pool = poolsOf(definition).find(({ name }) => name === what.pool);
    if (!pool) return;
    await untilDone(async () => {
      const { code } = await callPool(backend, pool, 'delete', { start: what.start, count: what.count });
      return code === 0 || code === NOT_FOUND;
    });
  });
  return EXIT.done;
}

const NOT_FOUND = 1168;
const ATTEMPTS = 40;
const PAUSE_MS = 250;

/** A process that was killed during a call may block others for a moment. */
async function untilDone(attempt: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < ATTEMPTS && !(await attempt()); count++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function runNetsh(args: readonly string[]): Promise<void> {
  const path = await import('node:path');
  const { nativeSystem } = await import('../../../native/system.js');
  const { netshCall } = await import('../netsh/netsh.js');
  const { runProgram } = await import('../netsh/netsh-run.js');
  const folder = nativeSystem('win32').systemDirectory() ?? '';
  await runProgram(netshCall(path.win32.join(folder, 'netsh.exe'), args));
}

/** Prints the result of a lookup with a NULL pointer, if it returns at all. */
export async function lookupWithNull(
  definition: Definition,
  library: string | undefined,
  [fn = '', start, count]: readonly string[],
): Promise<number> {
  const wanted = Object.hasOwn(definition.functions, fn) ? definition.functions[fn] : undefined;
  if (!wanted) throw new UsageError(`there is no function ${fn}`);
  const { createNativeBackend } = await import('../../../native/backend.js');
  const { callWithTokenMemory } = await import('../native/token-memory.js');
  const backend = createNativeBackend({ definition, libraryPath: library });
  useOutput(backend.ownStdout());
  // Loads the library in the usual way, with the rules about its location.
  backend.bind(wanted);
  const { code } = callWithTokenMemory(backend.locate(), fn, { start: Number(start), count: Number(count) }, null);
  print(`answer ${code}`);
  return EXIT.done;
}

/** Runs `lookupWithNull` in another process and returns how that process ended. */
export function lookupInOtherProcess(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { windowsHide: true, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => {
      const answer = /^answer \d+$/m.exec(said)?.[0];
      const crash = signal ?? (status === null ? 'unknown' : `exit status 0x${(status >>> 0).toString(16)}`);
      resolve(answer ?? `the process ended without an answer: ${crash}`);
    });
  });
}
