/** A PowerShell process that runs scripts one at a time and returns data instead of text. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { findPowerShell, resolveExecutable } from './find.js';
import { type PowerShellResult, parseResult } from './result.js';
import { closed, ended, notAbsolute, notFound, notStarted, timedOut } from './session-errors.js';
import { installLine, runLine } from './session-module.js';
import { type ProcessEnd, Shell } from './shell.js';

export interface PowerShellSessionOptions {
  /** An absolute path or a bare name to search in PATH. NODE_POWERSHELL of this process takes precedence. */
  readonly executable?: string | undefined;
  /** The environment of the process. @default process.env */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
  /** The timeout of a single script, and of the start. @default 60000 */
  readonly timeoutMs?: number | undefined;
}

export interface PowerShellSession {
  /** The absolute path of the running PowerShell. */
  readonly executable: string;
  /**
   * Runs a script in the global scope: variables and imports remain for the next one. Errors of the script are part of
   * the result. Rejects only if PowerShell does not answer, which ends the session.
   */
  run(script: string): Promise<PowerShellResult>;
  /** Lets PowerShell exit, so that modules unload, and kills it if it does not exit. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 1000 * 60;
const CLOSE_TIMEOUT_MS = 1000 * 5;

/** Starts PowerShell and waits until it answers. */
export async function openPowerShell(options: PowerShellSessionOptions = {}): Promise<PowerShellSession> {
  const environment = options.environment ?? process.env;
  const executable = chooseExecutable(options.executable, environment);
  const shell = startShell(executable, environment, options.cwd);
  const session = new Session(executable, shell, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    await session.install();
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

class Session implements PowerShellSession {
  readonly executable: string;
  readonly #shell: Shell;
  readonly #timeoutMs: number;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(executable: string, shell: Shell, timeoutMs: number) {
    this.executable = executable;
    this.#shell = shell;
    this.#timeoutMs = timeoutMs;
  }

  async install(): Promise<void> {
    await this.#invoke(installLine());
    await this.run('');
  }

  run(script: string): Promise<PowerShellResult> {
    const result = this.#queue.then(() => this.#runNow(script));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (!this.#shell.isAlive) return;
    this.#shell.exit();
    const graceful = await this.#within(CLOSE_TIMEOUT_MS, this.#shell.end);
    if (graceful === undefined) await this.#kill();
  }

  async #runNow(script: string): Promise<PowerShellResult> {
    const marker = `<dllet-${randomUUID()}>`;
    return parseResult(await this.#invoke(runLine(script, marker)), marker, this.#shell.errorText);
  }

  /** Returns everything that the line wrote to standard output. */
  async #invoke(line: string): Promise<string> {
    if (this.#isClosed) throw closed(this.executable);
    const shell = this.#shell;
    if (!shell.isAlive) throw ended(this.executable, await shell.end, shell.errorText);
    // When the process exits, node-powershell may reject, resolve without text, or never settle: `end` has the reason.
    const answer: Promise<string | ProcessEnd> = shell.invoke(line).then(
      async (text) => text ?? (await shell.end),
      () => shell.end,
    );
    const outcome = await this.#within(this.#timeoutMs, Promise.race([answer, shell.end]));
    if (outcome === undefined) {
      await this.#kill();
      throw timedOut(this.executable, this.#timeoutMs);
    }
    if (typeof outcome !== 'string') throw ended(this.executable, outcome, shell.errorText);
    return outcome;
  }

  async #kill(): Promise<void> {
    this.#shell.kill();
    await this.#within(CLOSE_TIMEOUT_MS, this.#shell.end);
  }

  /** Returns the result of the promise, or undefined after the timeout. */
  async #within<T>(timeoutMs: number, promise: Promise<T>): Promise<T | undefined> {
    const stopped = new AbortController();
    const timeout = delay(timeoutMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    try {
      return await Promise.race([promise, timeout]);
    } finally {
      stopped.abort();
    }
  }
}

/**
 * NODE_POWERSHELL of this process takes precedence, because node-powershell runs it instead of any other executable.
 */
function chooseExecutable(wanted: string | undefined, environment: NodeJS.ProcessEnv): string {
  const named = process.env.NODE_POWERSHELL;
  if (named) return findPowerShell({ NODE_POWERSHELL: named }) ?? fail(notAbsolute(named));
  const found = wanted === undefined ? findPowerShell(environment) : resolveExecutable(wanted, environment);
  return found ?? fail(notFound(wanted));
}

function fail(error: Error): never {
  throw error;
}

function startShell(executable: string, environment: NodeJS.ProcessEnv, cwd: string | undefined): Shell {
  try {
    return new Shell({ executable, environment, cwd });
  } catch (cause) {
    throw notStarted(executable, cause instanceof Error ? cause : new Error(String(cause)));
  }
}
