/** Programs for Windows, run in Wine: a prefix of our own, a clean environment, paths of both worlds. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that the lane fetches and builds; made once and kept. */
export const BUILD = path.join(ROOT, 'build', 'windows');

/** The Windows of the lane: registry and drives. */
export const PREFIX = path.join(BUILD, 'prefix');

export const WINE = 'wine';

export interface WindowsRunOptions {
  /** What stdin holds; it is at its end at once without. */
  readonly input?: string;
  /** A folder of this system. */
  readonly cwd?: string;
  /** Beyond the clean environment. WINEPATH comes first on the PATH of Windows. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface WindowsRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end. All three standard streams are files: node.exe takes no pipe that Windows did not make.
 */
export async function runWindows(
  program: string,
  args: readonly string[],
  options: WindowsRunOptions = {},
): Promise<WindowsRun> {
  const directory = mkdtempSync(path.join(tmpdir(), 'dllet-wine-'));
  const file = (name: string) => path.join(directory, name);
  writeFileSync(file('in'), options.input ?? '');
  const streams = [openSync(file('in'), 'r'), openSync(file('out'), 'w'), openSync(file('err'), 'w')];
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      const child = spawn(WINE, [program, ...args], {
        stdio: streams,
        cwd: options.cwd ?? directory,
        env: { ...wineEnvironment(), ...options.environment },
        timeout: options.timeoutMs ?? 1000 * 60 * 2,
        killSignal: 'SIGKILL',
      });
      child.once('error', reject).once('exit', resolve);
    });
    return { status, stdout: readFileSync(file('out'), 'utf8'), stderr: readFileSync(file('err'), 'utf8') };
  } finally {
    for (const stream of streams) closeSync(stream);
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * The environment of a program in Wine: what Wine needs, and nothing else of ours, because Windows programs would see
 * it. No display, no menus.
 */
export function wineEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USER', 'LOGNAME', 'XDG_RUNTIME_DIR'];
  const own = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return {
    ...own,
    LANG: 'C.UTF-8',
    WINEPREFIX: PREFIX,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'winemenubuilder.exe=',
  };
}

/** `/tmp/x` as Windows sees it: `Z:\tmp\x`. */
export function windowsPath(file: string): string {
  return `Z:${path.resolve(file).replaceAll('/', '\\')}`;
}

/** `Z:\tmp\x` as this system sees it. */
export function unixPath(file: string): string {
  return file.replace(/^[Zz]:/, '').replaceAll('\\', '/');
}
