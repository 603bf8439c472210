/**
 * Runs the command line in the process of the test: the same parser, commands, output and exit status as `dllet` in
 * `cli.ts`, without starting node for each run.
 *
 * It cannot capture what is not written to `process.stdout`: the replies of `serve` and `call`, help (yargs prints it
 * to the console), and the output of commands on the native backend. Tests about the process itself (its working
 * directory, what it loads, how it exits) need `dllet`, too.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { vi } from 'vitest';
import { runCall } from '../../src/cli/call.js';
import { runDscCommand } from '../../src/cli/dsc.js';
import { runDsc } from '../../src/cli/dsc-run.js';
import { reportFailure } from '../../src/cli/failure.js';
import { runMain } from '../../src/cli/main.js';
import type { Finished } from './cli.js';
import type { Starter } from './dsc-engine.js';

export interface InsideOptions {
  /** The content of stdin; default: empty. */
  readonly input?: string | Buffer;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs `dllet` with these arguments. */
export function dlletInside(args: readonly string[], { input = '', environment }: InsideOptions = {}) {
  const [command, ...rest] = args;
  const stdin = Readable.from(input.length > 0 ? [Buffer.from(input)] : []);
  const fast =
    rest.length === 0 ? undefined : command === 'call' ? runCall : command === 'dsc' ? runDscCommand : undefined;
  return inside(() => (fast ? fast(rest) : runMain(args)), stdin, environment);
}

/** Runs the program of a module for a DSC operation, as a manifest starts it: `bin/dllet.cjs dsc <operation> ...`. */
export const startDscInside: Starter = ({ args: [script = '', , ...args], traceLevel, input }) => {
  const definition = JSON.parse(readFileSync(path.join(path.dirname(script), 'definition.json'), 'utf8'));
  const host = {
    usage: '',
    definition: async (rest: readonly string[]) => ({
      definition,
      directory: path.dirname(path.dirname(script)),
      rest,
    }),
    version: () => '',
    program: () => ({ script, command: (operation: string) => ['dsc', operation], root: path.dirname(script) }),
  };
  const open = new Readable({ read: () => undefined });
  const stdin = input === undefined ? open : Readable.from(input === '' ? [] : [Buffer.from(input)]);
  return inside(() => runDsc(args, host), stdin, { DSC_TRACE_LEVEL: traceLevel });
};

let last: Promise<unknown> = Promise.resolve();

/** Runs work that uses the streams, the environment and the exit code of the process; only one at a time. */
function inside(work: () => Promise<unknown>, stdin: Readable, environment: NodeJS.ProcessEnv = {}) {
  const run = last.then(() => runAlone(work, stdin, environment));
  last = run.catch(() => undefined);
  return run;
}

async function runAlone(
  work: () => Promise<unknown>,
  stdin: Readable,
  environment: NodeJS.ProcessEnv,
): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text: string | Uint8Array, ...rest: unknown[]) => {
      written[name] += Buffer.from(text as string).toString();
      const done = rest.find((one) => typeof one === 'function');
      done?.();
      return true;
    }),
  );
  const before = {
    stdin: Object.getOwnPropertyDescriptor(process, 'stdin') ?? {},
    exitCode: process.exitCode,
    environment: process.env,
  };
  Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
  process.exitCode = undefined;
  process.env = { ...process.env, ...environment };
  try {
    const status = await work().catch(reportFailure);
    return { status: typeof status === 'number' ? status : Number(process.exitCode ?? 0), ...written };
  } finally {
    process.env = before.environment;
    process.exitCode = before.exitCode;
    Object.defineProperty(process, 'stdin', before.stdin);
    for (const spy of spies) spy.mockRestore();
  }
}
