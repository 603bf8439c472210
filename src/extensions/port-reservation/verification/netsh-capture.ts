/** Captures the output of netsh about excluded ranges, and compares captures. */
import { messageOf } from '../../../definition/errors.js';
import { showArguments } from '../netsh/netsh.js';
import type { ProgramResult } from '../netsh/netsh-run.js';
import { parseExcludedRanges } from '../netsh/netsh-table.js';
import type { AddressFamily, ExcludedRange, Protocol, Store } from '../ports/types.js';
import type { NetshCapture } from './results.js';

/** Runs netsh with these arguments. */
export type RunNetsh = (args: readonly string[]) => Promise<ProgramResult>;

export interface Snapshot {
  readonly captures: readonly NetshCapture[];
  /** The rows of each table; undefined for a table that could not be read. */
  readonly tables: ReadonlyMap<string, readonly ExcludedRange[] | undefined>;
}

const FAMILIES: readonly AddressFamily[] = ['IPv4', 'IPv6'];
const PROTOCOLS: readonly Protocol[] = ['Tcp', 'Udp'];
const STORES: readonly Store[] = ['Active', 'Persistent'];

/** Captures all eight tables. */
export async function takeSnapshot(run: RunNetsh, when: string): Promise<Snapshot> {
  const captures: NetshCapture[] = [];
  const tables = new Map<string, readonly ExcludedRange[] | undefined>();
  for (const addressFamily of FAMILIES) {
    for (const protocol of PROTOCOLS) {
      for (const store of STORES) {
        const args = showArguments('excludedportrange', { addressFamily, protocol, store });
        const command = `netsh ${args.join(' ')}`;
        const result = await run(args).catch((error: unknown) => messageOf(error));
        const failure = typeof result === 'string' ? result : result.failure;
        const stdout = typeof result === 'string' ? Buffer.alloc(0) : result.stdout;
        const status = failure ?? `exit status ${(result as ProgramResult).status}`;
        captures.push({ when, command, status, text: asciiText(stdout) });
        tables.set(`${addressFamily} ${protocol} ${store}`, readTable(stdout, { addressFamily, protocol }));
      }
    }
  }
  return { captures, tables };
}

/** Returns the rows that are only in the later capture, by table, and the tables that could not be read. */
export function whatIsNew(before: Snapshot, after: Snapshot): string {
  const lines = [...after.tables].map(([table, rows]) => {
    const known = before.tables.get(table);
    if (!rows || !known) return `${table}: unreadable`;
    const isKnown = (row: ExcludedRange) =>
      known.some((one) => one.startPort === row.startPort && one.endPort === row.endPort);
    const fresh = rows.filter((row) => !isKnown(row));
    if (fresh.length === 0) return `${table}: no new row`;
    return `${table}: ${fresh.map((row) => `${row.startPort}-${row.endPort}${row.administered ? ' with a star' : ' without a star'}`).join(', ')}`;
  });
  return lines.join('; ');
}

/**
 * Returns the printable ASCII characters and line ends of an output, and every other byte as \xNN, to be independent of
 * the code page.
 */
export function asciiText(output: Buffer): string {
  return output
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replace(/[^\n -~]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function readTable(
  stdout: Buffer,
  query: { readonly addressFamily: AddressFamily; readonly protocol: Protocol },
): readonly ExcludedRange[] | undefined {
  try {
    return parseExcludedRanges(stdout, query);
  } catch {
    return undefined;
  }
}
