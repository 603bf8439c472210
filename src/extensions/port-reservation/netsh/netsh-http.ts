/** Reads the URLs of HTTP.sys from `netsh http`. */
import type { HttpUrl } from '../ports/types.js';
import { parseServiceState, parseUrlReservations } from './http-table.js';
import { type NetshOptions, runNetsh } from './netsh.js';

/**
 * Returns the URLs that programs listen on, and those that are reserved. Output that cannot be read is left out,
 * because URLs only explain other facts. `servicestate` needs elevation.
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
