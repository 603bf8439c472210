/** node-powershell's process, observed so that its end is always known. */
import type { ChildProcess } from 'node:child_process';
import { PowerShell } from 'node-powershell';

/** Why the process exited. */
export type ProcessEnd =
  | { readonly kind: 'notStarted'; readonly error: Error }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

export interface ShellOptions {
  /** The absolute path. node-powershell prefers NODE_POWERSHELL of this process, if that is set. */
  readonly executable: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd: string | undefined;
}

const ERROR_TEXT_LIMIT = 4000;

/** The lines that node-powershell writes before and after a command, to find its output. */
const DELIMITER_LINE = /^[0-9A-Za-z]{16}$/gm;

/**
 * On systems other than Windows, PowerShell 7 switches the keypad mode of the terminal around each command, even if its
 * output is a pipe. After a delimiter, that would block node-powershell forever, because it looks for one only at the
 * very end.
 */
const NO_TERMINAL: NodeJS.ProcessEnv = process.platform === 'win32' ? {} : { TERM: 'dumb' };

/** One PowerShell process. `end` always settles; `invoke` may not after the process exited, so race the two. */
export class Shell {
  readonly end: Promise<ProcessEnd>;
  readonly #powerShell: PowerShell;
  readonly #process: ChildProcess;
  #hasEnded = false;
  #errorText = '';

  /** Throws if the operating system refuses the options. */
  constructor({ executable, environment, cwd }: ShellOptions) {
    this.#powerShell = new PowerShell({
      executable,
      executableOptions: { '-NoProfile': true, '-NonInteractive': true, ...bypassOfExecutionPolicy() },
      spawnOptions: {
        env: { ...environment, ...NO_TERMINAL },
        ...(cwd === undefined ? {} : { cwd }),
        windowsHide: true,
      },
      throwOnInvocationError: false,
    });
    this.#process = this.#takeProcess();
    this.end = this.#observeEnd();
    this.#ignoreBrokenPipes();
    this.#powerShell.streams.stderr.on('data', (text: string) => {
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

  /** Runs one line. Returns what it wrote to standard output, or undefined if the process exited meanwhile. */
  async invoke(line: string): Promise<string | undefined> {
    const { stdout } = await this.#powerShell.invoke(line);
    // node-powershell keeps every command with its output.
    this.#powerShell.history.length = 0;
    return stdout?.toString('utf8');
  }

  /** Asks the process to exit. */
  exit(): void {
    this.#powerShell.streams.stdin.end('exit\n');
  }

  /** Kills the process. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /**
   * Two fields are private in node-powershell but needed here. `process` has the exit status and signal, which no public
   * member reports. `exitPromise` rejects when the process fails between two commands; without a handler, that rejection
   * would end this program.
   */
  #takeProcess(): ChildProcess {
    // biome-ignore-start lint/complexity/useLiteralKeys: TypeScript allows access to a private field only in this form.
    this.#powerShell['exitPromise'].catch(() => undefined);
    return this.#powerShell['process'];
    // biome-ignore-end lint/complexity/useLiteralKeys: see above
  }

  #observeEnd(): Promise<ProcessEnd> {
    return new Promise<ProcessEnd>((resolve) => {
      const settle = (end: ProcessEnd) => {
        this.#hasEnded = true;
        resolve(end);
      };
      this.#process.once('error', (error) => settle({ kind: 'notStarted', error }));
      this.#process.once('exit', (code, signal) => settle({ kind: 'exited', code, signal }));
    });
  }

  // `end` reports the exit of the process; errors of its pipes add nothing.
  #ignoreBrokenPipes(): void {
    const { stdin, stdout, stderr } = this.#powerShell.streams;
    for (const stream of [stdin, stdout, stderr]) stream.on('error', () => undefined);
  }
}

/** Only Windows has an execution policy. A module under verification may be unsigned. */
function bypassOfExecutionPolicy(): Record<string, string> {
  return process.platform === 'win32' ? { '-ExecutionPolicy': 'Bypass' } : {};
}
