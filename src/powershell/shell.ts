/**
 * node-powershell's process, as a child that always says how it ended. Three of the methods that node-powershell leaves to subclasses
 * are overridden and two of its private fields are read, because none of its options and public members do the same:
 *
 * - `setExecutable` prefers NODE_POWERSHELL of this process to the executable that it is given, also when the session has another
 *   environment, and leaves a bare name to the system's search, which on Windows begins in the current folder.
 * - `writeToOutput` and `writeToError` end a delimiter with the system's line end, but the reader looks for the second delimiter from
 *   one character before the end only: where lines end in CR LF and both delimiters arrive in one piece, it waits forever.
 * - `process` and `exitPromise`: `invoke` tells an exit with status 0 and an exit between two calls without status or signal, `dispose`
 *   only ends a process, and a rejection of `exitPromise` that nobody handles ends this process.
 */
import type { ChildProcess } from 'node:child_process';
import { PowerShell } from 'node-powershell';

/** Why the process exited. */
export type ProcessEnd =
  | { readonly kind: 'notStarted'; readonly error: Error }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

export interface ShellOptions {
  readonly executable: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd: string | undefined;
}

interface Inner {
  readonly process: ChildProcess;
  readonly exitPromise: Promise<void>;
}

const ERROR_TEXT_LIMIT = 4000;

const DELIMITER_LINE = /^[0-9A-Za-z]{16}$/gm;

/**
 * On systems other than Windows, PowerShell 7 switches the keypad mode of the terminal around each command, even if its
 * output is a pipe. After a delimiter, that would block node-powershell forever, because it looks for one only at the
 * very end.
 */
const NO_TERMINAL: NodeJS.ProcessEnv = process.platform === 'win32' ? {} : { TERM: 'dumb' };

/** One PowerShell process. `end` always settles; `invoke` may not after the process exited, so race the two. */
export class Shell extends PowerShell {
  readonly end: Promise<ProcessEnd>;
  readonly #inner: Inner;
  #hasEnded = false;
  #errorText = '';

  constructor({ executable, environment, cwd }: ShellOptions) {
    super({
      executable,
      executableOptions: { '-NoProfile': true, '-NonInteractive': true, ...bypassOfExecutionPolicy() },
      spawnOptions: {
        env: { ...environment, ...NO_TERMINAL },
        ...(cwd === undefined ? {} : { cwd }),
        windowsHide: true,
      },
      throwOnInvocationError: false,
    });
    this.#inner = this as unknown as Inner;
    this.end = this.#observeEnd();
    this.#ignoreBrokenPipes();
    this.streams.stderr.on('data', (text: string) => {
      this.#errorText = (this.#errorText + text).slice(-ERROR_TEXT_LIMIT);
    });
  }

  /** False as soon as the process is known to have exited. */
  get isAlive(): boolean {
    return !this.#hasEnded;
  }

  /** The end of standard error, without node-powershell's delimiters. */
  get errorText(): string {
    return this.#errorText.replaceAll(DELIMITER_LINE, '').trim();
  }

  /** Kills the process. */
  kill(): void {
    this.#inner.process.kill('SIGKILL');
  }

  protected override setExecutable({ executable }: { executable?: string }): string {
    return executable ?? '';
  }

  protected override writeToOutput(delimiter: string): string {
    return `[Console]::Out.Write("${delimiter}\`n")`;
  }

  protected override writeToError(delimiter: string): string {
    return `[Console]::Error.Write("${delimiter}\`n")`;
  }

  #observeEnd(): Promise<ProcessEnd> {
    // Rejects if the process fails, even without a caller waiting.
    this.#inner.exitPromise.catch(() => undefined);
    return new Promise<ProcessEnd>((resolve) => {
      const settle = (end: ProcessEnd) => {
        this.#hasEnded = true;
        resolve(end);
      };
      const child = this.#inner.process;
      child.once('error', (error) => settle({ kind: 'notStarted', error }));
      child.once('exit', (code, signal) => settle({ kind: 'exited', code, signal }));
    });
  }

  // `end` reports the exit of the process; errors of its pipes add nothing.
  #ignoreBrokenPipes(): void {
    for (const stream of [this.streams.stdin, this.streams.stdout, this.streams.stderr]) {
      stream.on('error', () => undefined);
    }
  }
}

/** Only Windows has an execution policy. A module under verification may be unsigned. */
function bypassOfExecutionPolicy(): Record<string, string> {
  return process.platform === 'win32' ? { '-ExecutionPolicy': 'Bypass' } : {};
}
