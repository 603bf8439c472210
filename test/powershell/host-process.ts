/** Runs the test host to its end, for tests of what a process does: streams and exit status. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { buildPowerShellHost } from '../host/build.js';

/** Starts the host with these arguments and, as standard input, these lines. */
export function runHost(args: readonly string[], input: readonly string[] = []): SpawnSyncReturns<string> {
  const text = input.map((line) => `${line}\n`).join('');
  return spawnSync(buildPowerShellHost(), args, { input: text, encoding: 'utf8', timeout: 1000 * 60 });
}

/** Runs lines as node-powershell would send them. */
export function runLines(...lines: string[]): SpawnSyncReturns<string> {
  return runHost(['-NoLogo', '-NoExit', '-Command', '-'], lines);
}
