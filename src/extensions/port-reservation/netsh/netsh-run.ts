/** Runs a console program so that only its absolute path and its arguments determine what runs. */
import { type ExecFileException, execFile } from 'node:child_process';

export interface ProgramCall {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The complete environment: nothing is added from this process. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface ProgramResult {
  /** The exit code; null if the program did not start or was killed. */
  readonly status: number | null;
  /** Why there is no exit code, in a few words; null if there is one. */
  readonly failure: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Runs a program to its end and returns its outcome. Rejects only if Node itself refuses the call. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramResult>;

/** `execFile`: no shell, no window, an empty stdin, output as bytes; killed after the time limit. */
export const runProgram: RunProgram = ({ path, args, cwd, env, timeoutMs }) =>
  new Promise((resolve) => {
    const child = execFile(
      path,
      args,
      {
        cwd,
        env,
        encoding: 'buffer',
        killSignal: 'SIGKILL',
        maxBuffer: LONGEST_OUTPUT,
        shell: false,
        timeout: timeoutMs,
        windowsHide: true,
      },
      (error, stdout, stderr) => resolve({ ...ending(error, timeoutMs), stdout, stderr }),
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });

/** In bytes: twice the size of 65,535 rows of 30 characters in UTF-16. */
const LONGEST_OUTPUT = 8 * 1024 * 1024;

function ending(error: ExecFileException | null, timeoutMs: number): Pick<ProgramResult, 'status' | 'failure'> {
  if (error === null) return { status: 0, failure: null };
  if (typeof error.code === 'number') return { status: error.code, failure: null };
  return { status: null, failure: failureOf(error, timeoutMs) };
}

function failureOf(error: ExecFileException, timeoutMs: number): string {
  // `code` is typed as a number, but for a system error it is a name such as ENOENT.
  const code: unknown = error.code;
  if (code === 'ENOENT') return 'it could not be started because the file does not exist (ENOENT)';
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it printed more than ${LONGEST_OUTPUT} bytes`;
  if (typeof code === 'string') return `it could not be started (${code})`;
  if (error.killed === true) return `it did not end within ${timeoutMs / 1000} s and was stopped`;
  return `it was stopped by ${error.signal ?? 'something unknown'}`;
}
