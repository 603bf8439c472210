import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type {
  PortPool,
  Reservation,
  TokenSource,
} from '../../../src/extensions/port-reservation/simulation/port-reservation.js';

/** A directory that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'dllet-simulation-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A state file that does not exist yet, in a directory that does not exist yet either. */
export function freshStateFile(): string {
  return join(temporaryDirectory(), 'state', 'simulation.json');
}

/** The next number each time, from `first` on. */
export function countingTokens(first = 1n): TokenSource {
  let next = first;
  return () => next++;
}

/** These tokens, one after the other; the last one for ever. */
export function listedTokens(...tokens: bigint[]): TokenSource {
  let index = 0;
  return () => tokens[Math.min(index++, tokens.length - 1)] ?? 0n;
}

export function reservation(pool: PortPool, startPort: number, numberOfPorts: number, token: bigint): Reservation {
  return { pool, startPort, numberOfPorts, token };
}
