/** Windows DLLs and a program for the lane, by mingw-w64; built again only when a source is newer. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildWindowsStandIn } from '../standin/build.js';
import { BUILD, ROOT } from './wine.js';

export const MINGW = 'x86_64-w64-mingw32-gcc';

const STANDIN_SOURCE = path.join(ROOT, 'test', 'standin');

/** Where `buildStandIn` looks when it runs in Windows: there, the library is `.dll`, and there is no compiler. */
const STANDIN_OUTPUT = path.join(ROOT, 'build', 'standin');

/** The stand-in and the one without an export, under the names that test/standin/build.ts has for them in Windows. */
export const STANDIN = path.join(STANDIN_OUTPUT, 'persistent_port_reservation.dll');
export const STANDIN_WITHOUT_ONE_EXPORT = path.join(STANDIN_OUTPUT, 'without_lookup_tcp.dll');

/** An Iphlpapi.dll that leaves a mark, a file beside itself, when anything loads it. */
export const PLANTED = path.join(BUILD, 'planted', 'Iphlpapi.dll');

/** The same under a name that Windows does not have, and a library that needs it. */
const PLANTED_UNKNOWN = path.join(BUILD, 'planted', 'dlletplanted.dll');
const NEEDS_PLANTED = path.join(BUILD, 'planted', 'needs_planted.dll');

/** A node.exe that ends at once; see its source. */
export const QUITS = path.join(BUILD, 'planted', 'quits.exe');

/** A node.exe that never ends; see its source. */
export const HANGS = path.join(BUILD, 'planted', 'hangs.exe');

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
  ] as const) {
    const file = path.join(ROOT, 'test', 'windows', source);
    make(program, [file], (fresh) => compile(fresh, [file], []));
  }
}

/**
 * Makes the file in another folder first: a library that a process has loaded must not be written over, and one that
 * is linked to keeps the name that it was made under.
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
