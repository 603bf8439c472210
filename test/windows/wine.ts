/** Runs Windows programs in Wine, with a separate prefix, a clean environment, and paths of both systems. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of everything that the lane downloads and builds. It is kept. */
export const BUILD = path.join(ROOT, 'build', 'windows');

/** The Wine prefix of the lane: registry and drives. */
export const PREFIX = path.join(BUILD, 'prefix');

export const WINE = 'wine';

export interface WindowsRunOptions {
  /** The content of stdin; default: empty. */
  readonly input?: string;
  /** The working directory, a folder of this system. */
  readonly cwd?: string;
  /** Additional variables. WINEPATH comes first in the PATH of Windows. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface WindowsRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program until it exits. All standard streams are files, because node.exe does not accept pipes that were not
 * created by Windows.
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
 * Returns the environment of a program in Wine: only what Wine needs, because Windows programs would see every other
 * variable. No display, no menus.
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

/** Converts `/tmp/x` to the Windows path `Z:\tmp\x`. */
export function windowsPath(file: string): string {
  return `Z:${path.resolve(file).replaceAll('/', '\\')}`;
}

/** Converts `Z:\tmp\x` to the path of this system. */
export function unixPath(file: string): string {
  return file.replace(/^[Zz]:/, '').replaceAll('\\', '/');
}
