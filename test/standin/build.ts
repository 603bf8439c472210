/**
 * Builds the C stand-in (once, and again when its source is newer) and hands out private copies of it.
 *
 * A loaded library keeps its reservations in memory and is steered by files next to it, so a test that wants a state of
 * its own takes a copy; tests that only read may share the built file.
 */
import { execFileSync } from 'node:child_process';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const OUTPUT = fileURLToPath(new URL('../../build/standin/', import.meta.url));
const EXTENSION: Partial<Record<NodeJS.Platform, string>> = { win32: '.dll', darwin: '.dylib' };

/** How a copy of the stand-in behaves; each is a file next to the library, described in the C source. */
export interface StandInSteering {
  /** Keeps reservations in a file: lines such as `udp 5000 20 1234567890\n`; the empty string for none yet. */
  readonly state?: string;
  /** Writes down every call. */
  readonly record?: boolean;
  /** Create and Delete answer 5. */
  readonly unelevated?: boolean;
  /** Every function answers this code. */
  readonly fail?: number;
}

/** Path of the stand-in for this platform. Throws when there is no C compiler. */
export function buildStandIn(): string {
  return build('gcc', `persistent_port_reservation${EXTENSION[process.platform] ?? '.so'}`, hostFlags());
}

/** The stand-in without the export LookupPersistentTcpPortReservation. */
export function buildStandInWithoutOneExport(): string {
  const name = `without_lookup_tcp${EXTENSION[process.platform] ?? '.so'}`;
  return build('gcc', name, [...hostFlags(), '-DSTANDIN_WITHOUT_LOOKUP_TCP']);
}

/** The stand-in as a 64-bit Windows DLL, by mingw-w64. Throws when that compiler is missing. */
export function buildWindowsStandIn(): string {
  return build('x86_64-w64-mingw32-gcc', 'persistent_port_reservation.x64.dll', ['-static-libgcc']);
}

/** True when the Windows DLL can be made here. */
export function canBuildWindowsStandIn(): boolean {
  return hasCompiler('x86_64-w64-mingw32-gcc');
}

/**
 * A private copy in `directory` (which is made), steered from the start. Returns the path of the copy.
 * Throws when the directory has one already: a library that is in use must not be written over.
 */
export function copyStandIn(directory: string, steering: StandInSteering = {}, library = buildStandIn()): string {
  mkdirSync(directory, { recursive: true });
  const copy = path.join(directory, path.basename(library));
  copyFileSync(library, copy, constants.COPYFILE_EXCL);
  steerStandIn(copy, steering);
  return copy;
}

/** Compiles a library of a test's own from C text into `directory`, which must be there. Returns its path. */
export function compileLibrary(directory: string, name: string, source: string): string {
  const target = path.join(directory, `${name}${EXTENSION[process.platform] ?? '.so'}`);
  compileText(source, target, 'gcc', hostFlags());
  return target;
}

/** As `compileLibrary`, as a 64-bit Windows DLL. */
export function compileWindowsLibrary(directory: string, name: string, source: string): string {
  const target = path.join(directory, `${name}.dll`);
  compileText(source, target, 'x86_64-w64-mingw32-gcc', ['-static-libgcc']);
  return target;
}

/** Steers an existing copy further; what is not named stays as it is. */
export function steerStandIn(library: string, steering: StandInSteering): void {
  if (steering.state !== undefined) writeFileSync(`${library}.state`, steering.state);
  if (steering.record) writeFileSync(`${library}.record`, '');
  if (steering.unelevated) writeFileSync(`${library}.unelevated`, '');
  if (steering.fail !== undefined) writeFileSync(`${library}.fail`, String(steering.fail));
}

function hostFlags(): string[] {
  return process.platform === 'win32' ? [] : ['-fPIC', '-fvisibility=hidden'];
}

function build(compiler: string, fileName: string, flags: readonly string[]): string {
  const target = path.join(OUTPUT, fileName);
  const sources = readdirSync(SOURCE).filter((name) => /\.[ch]$/.test(name));
  if (isCurrent(target, sources)) return target;
  mkdirSync(OUTPUT, { recursive: true });
  // Test files run side by side: each builds under a name of its own, and the last rename wins.
  const fresh = `${target}.${process.pid}.${process.hrtime.bigint()}`;
  const files = sources.filter((name) => name.endsWith('.c')).map((name) => path.join(SOURCE, name));
  compile(compiler, ['-shared', '-O2', '-std=gnu11', '-Wall', '-Wextra', '-Werror', ...flags, '-o', fresh, ...files]);
  renameSync(fresh, target);
  return target;
}

function compileText(source: string, target: string, compiler: string, flags: readonly string[]): void {
  writeFileSync(`${target}.c`, source);
  compile(compiler, ['-shared', '-O2', '-std=gnu11', ...flags, '-I', SOURCE, '-o', target, `${target}.c`]);
}

function isCurrent(target: string, sources: readonly string[]): boolean {
  if (!existsSync(target)) return false;
  const built = statSync(target).mtimeMs;
  return [...sources, 'build.ts'].every((name) => statSync(path.join(SOURCE, name)).mtimeMs < built);
}

function compile(compiler: string, args: readonly string[]): void {
  if (!hasCompiler(compiler)) {
    throw new Error(
      `The tests need the C compiler '${compiler}' to build the stand-in library. On Debian: ${hint(compiler)}`,
    );
  }
  execFileSync(compiler, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function hasCompiler(compiler: string): boolean {
  try {
    execFileSync(compiler, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function hint(compiler: string): string {
  return `apt-get install ${compiler === 'gcc' ? 'gcc libc6-dev' : 'gcc-mingw-w64-x86-64'}`;
}
