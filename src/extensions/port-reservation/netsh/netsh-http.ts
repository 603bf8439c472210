/** The URLs of HTTP.sys, as `netsh http` tells them. */
import type { HttpUrl } from '../ports/types.js';
import { parseServiceState, parseUrlReservations } from './http-table.js';
import { type NetshOptions, runNetsh } from './netsh.js';

/**
 * Returns the URLs that programs listen on, and those that are reserved. They only explain other facts, so what cannot
 * be read is left out: without elevation, `servicestate` is refused.
 */
export async function readHttpUrls(options: NetshOptions = {}): Promise<HttpUrl[]> {
  const ask = async (args: readonly string[], parse: (output: Buffer) => HttpUrl[]) => {
    try {
      return parse((await runNetsh(options, ['http', 'show', ...args])).result.stdout);
    } catch {
      return [];
    }
  };
  const [listening, reserved] = await Promise.all([
    ask(['servicestate', 'view=requestq'], parseServiceState),
    ask(['urlacl'], parseUrlReservations),
  ]);
  return [...listening, ...reserved];
}
