/** Runs the compiled command line as a child process. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from './directories.js';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const CLI = path.join(ROOT, 'dist', 'cli.js');

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The content of stdin; default: empty. */
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs `dllet` with these arguments. */
export function dllet(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return runNode([CLI, ...args], options);
}

/** Runs node with these arguments, the first of which is a file of the build. */
export function runNode(
  args: readonly string[],
  { input = '', cwd = ROOT, environment = {} }: RunOptions = {},
): Promise<Finished> {
  const [program = ''] = args;
  if (!existsSync(program)) throw new Error(`${program} is missing: build it first with "npm run build"`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...environment } });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.on('error', reject).on('close', (status) => resolve({ status, ...output }));
    child.stdin.on('error', () => undefined).end(input);
  });
}

/**
 * Runs a file of the build and returns which scripts node loaded for it, CommonJS and ES modules, from node's coverage.
 */
export async function loadedScripts(
  args: readonly string[],
): Promise<Finished & { readonly scripts: readonly string[] }> {
  const directory = temporaryDirectory();
  const finished = await runNode(args, { environment: { NODE_V8_COVERAGE: directory } });
  const reports = readdirSync(directory).map((file) => readFileSync(path.join(directory, file), 'utf8'));
  const scripts = reports.flatMap((report) =>
    (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url),
  );
  return { ...finished, scripts: scripts.filter((url) => url.startsWith('file:')) };
}
