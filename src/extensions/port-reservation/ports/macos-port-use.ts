/**
 * macOS: the ports in use, from lsof, which belongs to the system. Could not be run on macOS here; the way from lsof to
 * rows is tested with lsof on Linux.
 */
import { execFile } from 'node:child_process';
import { parseLsof } from './macos-lsof.js';
import type { PortUse } from './types.js';
import { portUseUnavailable } from './use-errors.js';
import type { PortUseQuery } from './use-source.js';

/**
 * What lsof shows: for a user without privileges, sockets of the user's own processes only.
 * Rejects with DlletError `PortUseUnavailable`.
 */
export async function macosPortUse(query: PortUseQuery, lsof = '/usr/sbin/lsof'): Promise<PortUse[]> {
  try {
    const uses = parseLsof(await run(lsof));
    return uses.filter(
      ({ protocol, addressFamily }) =>
        query.protocols.includes(protocol) && query.addressFamilies.includes(addressFamily),
    );
  } catch (cause) {
    throw portUseUnavailable(lsof, cause);
  }
}

/**
 * -n and -P: numbers, no names; -w: no warnings; -i: all of the internet; -F: fields for programs.
 * Not `-iTCP -iUDP`: of these two, lsof 4.95 lists TCP only.
 */
const ARGUMENTS = ['-nPw', '-i', '-F', 'pcfnPtT'];

/** lsof also exits with 1 when there is nothing to list; only a complaint tells the two apart (lsof(8), DIAGNOSTICS). */
function run(lsof: string): Promise<string> {
  const options = { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024, timeout: 30_000, env: { LC_ALL: 'C' } } as const;
  return new Promise((resolve, reject) => {
    execFile(lsof, ARGUMENTS, options, (error, stdout, stderr) => {
      if (error === null || (error.code === 1 && stderr.trim() === '')) resolve(stdout);
      else reject(stderr.trim() === '' ? error : new Error(stderr.trim()));
    });
  });
}
