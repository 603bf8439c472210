/**
 * Runs `dllet serve` under a watch that ends it when a byte beside the memory of a Buffer is accessed.
 *
 * AddressSanitizer reports what happened and where, but only checks code that it compiled and the functions of libc.
 * Guard pages report nothing, but check all code.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CLI, ROOT } from './cli.js';
import { temporaryDirectory } from './directories.js';

const GUARD_PAGES = fileURLToPath(new URL('../native/fixtures/guard_pages.c', import.meta.url));

export const WATCHES = ['AddressSanitizer', 'guard pages'] as const;
export type Watch = (typeof WATCHES)[number];

/** The exit status or signal of a program after an invalid access. */
export const CAUGHT = { AddressSanitizer: 99, 'guard pages': 'SIGSEGV' } as const;

const SANITIZE = ['-g', '-O1', '-fno-builtin', '-fsanitize=address'];
const FLAGS: Readonly<Record<Watch, readonly string[]>> = {
  AddressSanitizer: SANITIZE,
  'guard pages': ['-O1', '-fno-builtin'],
};

/** The path of the AddressSanitizer library; undefined if the compiler has none. */
export function sanitizerLibrary(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const file = execFileSync('gcc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim();
    return path.isAbsolute(file) && existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Compiles C text for a watch. Returns the path of the library. */
export function compileFor(watch: Watch, directory: string, name: string, source: string): string {
  const file = path.join(directory, `${name}.so`);
  writeFileSync(`${file}.c`, source);
  compile([...FLAGS[watch], '-o', file, `${file}.c`]);
  return file;
}

function compile(args: readonly string[]): void {
  execFileSync('gcc', ['-shared', '-fPIC', '-std=gnu11', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}

function environmentFor(watch: Watch): NodeJS.ProcessEnv {
  if (watch === 'AddressSanitizer') {
    const options = `detect_leaks=0:halt_on_error=1:abort_on_error=0:exitcode=${CAUGHT.AddressSanitizer}`;
    return { LD_PRELOAD: sanitizerLibrary(), ASAN_OPTIONS: options };
  }
  const library = path.join(temporaryDirectory(), 'guard_pages.so');
  compile(['-O2', '-Wall', '-Wextra', '-o', library, GUARD_PAGES]);
  return { LD_PRELOAD: library };
}

export interface Call {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly id: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string; readonly data: Readonly<Record<string, unknown>> };
}

/** The end of `dllet serve`. */
export interface Ending {
  /** The exit status, or the signal. */
  readonly ended: number | string | null;
  readonly stderr: string;
}

export const CLEAN: Ending = { ended: 0, stderr: '' };

export interface Session {
  /** Makes the calls, and resolves with the answers in order; there are fewer if the program has ended. */
  call(calls: readonly Call[]): Promise<readonly Answer[]>;
  /** Ends the input. */
  end(): Promise<Ending>;
}

/** Starts `dllet serve` under a watch. */
export function serveWatched(watch: Watch, definition: { readonly name: string }, library?: string): Session {
  const file = path.join(temporaryDirectory(), `${definition.name}.json`);
  writeFileSync(file, JSON.stringify(definition));
  const args = [CLI, 'serve', file, ...(library === undefined ? [] : ['--library', library])];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...environmentFor(watch) } });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  const answers = new Map<number, Answer>();
  let wake = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    answers.set(answer.id, answer);
    wake();
  });
  let asked = 0;
  return {
    async call(calls) {
      const first = asked;
      asked += calls.length;
      const lines = calls.map((one, index) => `${JSON.stringify({ jsonrpc: '2.0', id: first + index, ...one })}\n`);
      const answered = new Promise<void>((resolve) => {
        wake = () => {
          if (answers.size === asked) resolve();
        };
      });
      child.stdin.write(lines.join(''));
      if (calls.length > 0) await Promise.race([answered, closed]);
      return calls.flatMap((_one, index) => answers.get(first + index) ?? []);
    },
    async end() {
      child.stdin.end();
      const [status, signal] = await closed;
      return { ended: signal ?? status, stderr };
    },
  };
}
