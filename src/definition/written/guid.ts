/** The GUID of a module whose definition has none. */
import { createHash } from 'node:crypto';

/** The namespace of these GUIDs, a random GUID. */
const NAMESPACE = '6a4e0a1c-5f0b-4f6e-9f0d-0d5c6a1b7e42';

/** Returns the GUID of a module name: version 5 of RFC 9562, in lower case. */
export function guidOf(name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
