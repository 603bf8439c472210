/**
 * Gets the excluded and dynamic port ranges of Windows from netsh, because no API lists them.
 *
 * Commands and spellings: Microsoft Learn, "netsh interface" (MicrosoftDocs/windowsserverdocs,
 * netsh-interface.md); `show` needs no elevation.
 */

import path from 'node:path';
import { advised } from '../../../definition/audience.js';
import { DlletError, messageOf } from '../../../definition/errors.js';
import type { AddressFamily, Protocol, RangeQuery, RangeSource, Store } from '../ports/types.js';
import { type ProgramCall, type ProgramResult, type RunProgram, runProgram } from './netsh-run.js';
import { parseDynamicRange, parseExcludedRanges } from './netsh-table.js';
import { escapedExcerpt } from './netsh-text.js';

export interface NetshOptions {
  /** The absolute path of netsh; default `netsh.exe` in the system directory. */
  readonly netshPath?: string;
  /** Default: that of this process. On every platform except `win32`, the source rejects with PlatformNotSupported. */
  readonly platform?: NodeJS.Platform;
  /** Default: GetSystemDirectoryW through the native layer, which is loaded on first use. */
  readonly systemDirectory?: () => string | undefined | Promise<string | undefined>;
  /** Default: execFile. */
  readonly run?: RunProgram;
  /** The timeout of one run of netsh; default 15 s. */
  readonly timeoutMs?: number;
}

/**
 * Returns a source of the ranges that netsh reports. It rejects if a run fails or its output cannot be read, instead of
 * returning an empty list: `NetshFailed`, `NetshOutputUnreadable`; on systems other than Windows
 * `PlatformNotSupported`.
 */
export function createNetshSource(options: NetshOptions = {}): RangeSource {
  const netsh = (args: readonly string[]) => runNetsh(options, args);
  return {
    excludedRanges: async (query) => {
      const output = await netsh(showArguments('excludedportrange', query));
      return readOutput(output, (stdout) => parseExcludedRanges(stdout, query));
    },
    dynamicRange: async (query) => {
      const ask = async (name: string) => {
        const output = await netsh(showArguments(name, query));
        return readOutput(output, (stdout) => parseDynamicRange(stdout, query));
      };
      try {
        return await ask('dynamicportrange');
      } catch (error) {
        if (!answered(error)) throw error;
        return await ask('dynamicport').catch((second: unknown) => {
          throw withCause(second, error);
        });
      }
    },
  };
}

/** Runs netsh in its own directory, without this process's environment variables. */
export function netshCall(netshPath: string, args: readonly string[], timeoutMs = TIMEOUT_MS): ProgramCall {
  const folder = path.win32.dirname(netshPath);
  return { path: netshPath, args, cwd: folder, env: environment(folder), timeoutMs };
}

interface NetshOutput {
  readonly commandLine: string;
  readonly result: ProgramResult;
}

const FAMILY_CONTEXT: Readonly<Record<AddressFamily, string>> = { IPv4: 'ipv4', IPv6: 'ipv6' };
const PROTOCOL_NAME: Readonly<Record<Protocol, string>> = { Tcp: 'tcp', Udp: 'udp' };
const STORE_NAME: Readonly<Record<Store, string>> = { Active: 'active', Persistent: 'persistent' };
const TIMEOUT_MS = 15_000;

/** `interface ipv4 show excludedportrange protocol=tcp store=active`, for instance. */
export function showArguments(name: string, query: RangeQuery & { readonly store: Store }): string[] {
  const { protocol, store } = query;
  return [...contextOf(query), 'show', name, protocolArgument(protocol), storeArgument(store)];
}

export const contextOf = ({ addressFamily }: RangeQuery): string[] => ['interface', FAMILY_CONTEXT[addressFamily]];
export const protocolArgument = (protocol: Protocol): string => `protocol=${PROTOCOL_NAME[protocol]}`;
export const storeArgument = (store: Store): string => `store=${STORE_NAME[store]}`;

/** Returns the output of netsh. Rejects with DlletError unless it exited with code 0. */
export async function runNetsh(options: NetshOptions, args: readonly string[]): Promise<NetshOutput> {
  const { platform = process.platform, run = runProgram, timeoutMs = TIMEOUT_MS } = options;
  if (platform !== 'win32') throw unsupported(platform);
  const netshPath = await locateNetsh(options);
  const commandLine = [/\s/.test(netshPath) ? `"${netshPath}"` : netshPath, ...args].join(' ');
  const result = await run(netshCall(netshPath, args, timeoutMs)).catch((error: unknown) => {
    throw netshFailed(commandLine, `it could not be started (${messageOf(error)})`, error);
  });
  if (result.status !== 0) throw runFailed({ commandLine, result });
  return { commandLine, result };
}

/**
 * The environment variables that system programs need: the Windows directory, and a PATH without user directories. (On
 * Windows libuv adds a few variables of this process, such as TEMP, and would add PATH if it were missing.)
 */
function environment(systemDirectory: string): Record<string, string> {
  const windows = path.win32.dirname(systemDirectory);
  return { SystemRoot: windows, windir: windows, PATH: systemDirectory };
}

async function locateNetsh(options: NetshOptions): Promise<string> {
  const { netshPath } = options;
  if (netshPath !== undefined) {
    // isAbsolute would accept \foo, which depends on the current drive.
    if (path.resolve(netshPath) === path.normalize(netshPath) && !netshPath.includes('\0')) return netshPath;
    throw new DlletError({
      id: 'InvalidParameter',
      category: 'InvalidArgument',
      message: `The path of netsh ${JSON.stringify(netshPath)} is not an absolute path.`,
      recommendedAction: 'Give the full path, such as C:\\Windows\\System32\\netsh.exe.',
      data: { path: netshPath },
    });
  }
  return locateSystemProgram('netsh.exe', options);
}

/** The absolute path of a program of the system directory. */
export async function locateSystemProgram(
  name: string,
  { systemDirectory = nativeSystemDirectory }: Pick<NetshOptions, 'systemDirectory'>,
): Promise<string> {
  try {
    const folder = await systemDirectory();
    if (folder === undefined) throw new Error('the system directory of Windows is unknown');
    return path.win32.join(folder, name);
  } catch (error) {
    throw netshFailed(name, `the system directory of Windows is unknown (${messageOf(error)})`, error);
  }
}

async function nativeSystemDirectory(): Promise<string | undefined> {
  const { nativeSystem } = await import('../../../native/system.js');
  return nativeSystem('win32').systemDirectory();
}

/** Returns the parsed table; a parser error is reported together with the command and its output. */
function readOutput<T>({ commandLine, result }: NetshOutput, parse: (stdout: Buffer) => T): T {
  try {
    return parse(result.stdout);
  } catch (error) {
    if (!(error instanceof DlletError)) throw error;
    const output = excerptOf(result);
    throw new DlletError({
      id: error.id,
      category: error.category,
      message: `${error.message} Command: ${commandLine}. Exit status: ${result.status}. ${printed(output)}`,
      recommendedAction: error.recommendedAction,
      data: { ...error.data, command: commandLine, exitStatus: result.status ?? 'none', output },
      cause: error,
    });
  }
}

/** True if netsh reported the error, so that the older spelling may work; false if netsh gave no answer. */
function answered(error: unknown): boolean {
  if (!(error instanceof DlletError)) return false;
  return error.id === 'NetshOutputUnreadable' || (error.id === 'NetshFailed' && 'exitStatus' in error.data);
}

/** The error of the older spelling, with that of the newer one as its cause and its command in the message. */
function withCause(error: unknown, first: unknown): unknown {
  if (!(error instanceof DlletError) || !(first instanceof DlletError)) return error;
  const { id, category, recommendedAction, data } = error;
  const message = `${error.message} Before it, ${String(first.data.command)} had failed as well.`;
  return new DlletError({ id, category, message, recommendedAction, data, cause: first });
}

function runFailed({ commandLine, result }: NetshOutput): DlletError {
  const output = excerptOf(result);
  const reason = result.failure ?? `it ended with exit status ${result.status}`;
  const data = result.status === null ? { output } : { output, exitStatus: result.status };
  return netshFailed(commandLine, `${reason}. ${printed(output)}`, undefined, data);
}

function netshFailed(
  commandLine: string,
  reason: string,
  cause?: unknown,
  data: Readonly<Record<string, string | number>> = {},
): DlletError {
  return new DlletError({
    id: 'NetshFailed',
    category: 'ResourceUnavailable',
    message: `netsh did not answer: ${reason.replace(/\.$/, '')}. Command: ${commandLine}.`,
    recommendedAction:
      'Run the same command in a console to see what is wrong. This error does not mean that no range is excluded.',
    data: { ...data, command: commandLine },
    cause,
  });
}

/** netsh reports its errors on stdout; stderr is included for programs that stand in for it. */
export function excerptOf({ stdout, stderr }: ProgramResult): string {
  return escapedExcerpt(stdout) || escapedExcerpt(stderr);
}

function printed(output: string): string {
  return output === '' ? 'It printed nothing.' : `It printed: "${output}"${output.endsWith('.') ? '' : '.'}`;
}

export function unsupported(platform: NodeJS.Platform): DlletError {
  return new DlletError({
    id: 'PlatformNotSupported',
    category: 'NotImplemented',
    message: `Excluded and dynamic port ranges can only be read on Windows, with netsh. This system is ${platform}.`,
    recommendedAction: `Run this on Windows. To try it here, use the simulated backend: ${advised('simulated')}`,
    data: { platform },
  });
}
