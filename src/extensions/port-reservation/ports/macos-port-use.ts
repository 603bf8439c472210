/**
 * macOS: the ports in use, from lsof, which is part of the system. Not tested on macOS; the conversion of lsof's output
 * is tested with lsof on Linux.
 */
import { execFile } from 'node:child_process';
import { parseLsof } from './macos-lsof.js';
import type { PortUse } from './types.js';
import { portUseUnavailable } from './use-errors.js';
import type { PortUseQuery } from './use-source.js';

/**
 * Returns what lsof shows: for an unprivileged user, only the sockets of the user's own processes. Rejects with
 * DlletError `PortUseUnavailable`.
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
 * -n and -P: numbers instead of names; -w: no warnings; -i: all internet sockets; -F: output for programs. Not `-iTCP
 * -iUDP`: with both, lsof 4.95 lists only TCP.
 */
const ARGUMENTS = ['-nPw', '-i', '-F', 'pcfnPtT'];

/**
 * lsof also exits with 1 if there is nothing to list; only an error message distinguishes the two (lsof(8),
 * DIAGNOSTICS).
 */
function run(lsof: string): Promise<string> {
  const options = { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024, timeout: 30_000, env: { LC_ALL: 'C' } } as const;
  return new Promise((resolve, reject) => {
    execFile(lsof, ARGUMENTS, options, (error, stdout, stderr) => {
      if (error === null || (error.code === 1 && stderr.trim() === '')) resolve(stdout);
      else reject(stderr.trim() === '' ? error : new Error(stderr.trim()));
    });
  });
}
