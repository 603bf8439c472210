/** Real processes that work on one state file: `worker.ts`, bundled once and started with node. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface WorkerResult {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Worker {
  readonly process: ChildProcess;
  readonly ended: Promise<WorkerResult>;
  /** Resolves when the worker has printed at least so many lines, or has ended. */
  readonly printed: (lines: number) => Promise<void>;
}

/** Bundles the worker program into `outfile`. */
export async function buildWorker(outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
}

export function startWorker(program: string, ...args: string[]): Worker {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<WorkerResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  const printed = (lines: number): Promise<void> =>
    Promise.race([
      ended.then(() => undefined),
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (stdout.split('\n').length > lines) resolve();
        };
        child.stdout.on('data', look);
        look();
      }),
    ]);
  return { process: child, ended, printed };
}
