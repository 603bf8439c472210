/** Compiles Windows DLLs and programs for the lane with mingw-w64, only if a source is newer. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildWindowsStandIn } from '../standin/build.js';
import { BUILD, ROOT } from './wine.js';

export const MINGW = 'x86_64-w64-mingw32-gcc';

/** The compiler for 32-bit Windows, which need not be there. */
export const MINGW_32 = 'i686-w64-mingw32-gcc';

const STANDIN_SOURCE = path.join(ROOT, 'test', 'standin');

/**
 * The path that `buildStandIn` uses when it runs on Windows, where the library is a `.dll` and there is no compiler.
 */
const STANDIN_OUTPUT = path.join(ROOT, 'build', 'standin');

/** The stand-in, and the one without an export, under the names that test/standin/build.ts uses on Windows. */
export const STANDIN = path.join(STANDIN_OUTPUT, 'persistent_port_reservation.dll');
export const STANDIN_WITHOUT_ONE_EXPORT = path.join(STANDIN_OUTPUT, 'without_lookup_tcp.dll');

/** An Iphlpapi.dll that leaves a mark, a file beside itself, when any program loads it. */
export const PLANTED = path.join(BUILD, 'planted', 'Iphlpapi.dll');

/** The same with a name that Windows does not have, and a library that depends on it. */
const PLANTED_UNKNOWN = path.join(BUILD, 'planted', 'dlletplanted.dll');
const NEEDS_PLANTED = path.join(BUILD, 'planted', 'needs_planted.dll');

/** A node.exe that exits at once; see its source. */
export const QUITS = path.join(BUILD, 'planted', 'quits.exe');

/** A node.exe that never exits; see its source. */
export const HANGS = path.join(BUILD, 'planted', 'hangs.exe');

/** The same program, under the name under which it keeps Windows up. */
export const KEEPER = path.join(BUILD, 'planted', 'keeper.exe');

export function compileLibraries(): void {
  const sources = readdirSync(STANDIN_SOURCE)
    .filter((name) => /\.[ch]$|^build\.ts$/.test(name))
    .map((name) => path.join(STANDIN_SOURCE, name));
  make(STANDIN, sources, (target) => copyFileSync(buildWindowsStandIn(), target));
  make(STANDIN_WITHOUT_ONE_EXPORT, sources, (target) =>
    compile(
      target,
      sources.filter((file) => file.endsWith('.c')),
      ['-shared', '-DSTANDIN_WITHOUT_LOOKUP_TCP'],
    ),
  );
  const planted = path.join(ROOT, 'test', 'windows', 'planted.c');
  for (const target of [PLANTED, PLANTED_UNKNOWN]) make(target, [planted], (fresh) => compile(fresh, [planted]));
  const needs = path.join(ROOT, 'test', 'windows', 'needs_planted.c');
  make(NEEDS_PLANTED, [needs, PLANTED_UNKNOWN], (fresh) => compile(fresh, [needs, PLANTED_UNKNOWN]));
  for (const [program, source] of [
    [QUITS, 'quits.c'],
    [HANGS, 'hangs.c'],
    [KEEPER, 'hangs.c'],
  ] as const) {
    const file = path.join(ROOT, 'test', 'windows', source);
    make(program, [file], (fresh) => compile(fresh, [file], []));
  }
}

/**
 * Creates the file in another folder first: a library that a process has loaded must not be overwritten, and a library
 * keeps the name that it had when it was linked.
 */
function make(target: string, sources: readonly string[], action: (target: string) => void): void {
  if (existsSync(target) && sources.every((file) => statSync(file).mtimeMs < statSync(target).mtimeMs)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  const scratch = mkdtempSync(`${target}.`);
  const fresh = path.join(scratch, path.basename(target));
  action(fresh);
  renameSync(fresh, target);
  rmSync(scratch, { recursive: true });
}

function compile(target: string, sources: readonly string[], flags: readonly string[] = ['-shared']): void {
  const options = ['-O2', '-std=gnu11', '-Wall', '-Wextra', '-Werror', '-static-libgcc'];
  execFileSync(MINGW, [...options, ...flags, '-o', target, ...sources], { stdio: ['ignore', 'ignore', 'pipe'] });
}
