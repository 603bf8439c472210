/** GUID, with its first three parts in the byte order of the machine (rpcdce.h). */
import type { StandardForm } from './form.js';

const GUID = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** Reverses the bytes of the three parts of a GUID that are numbers. */
function swapped(bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(bytes.subarray(0, 4)).reverse(),
    Buffer.from(bytes.subarray(4, 6)).reverse(),
    Buffer.from(bytes.subarray(6, 8)).reverse(),
    bytes.subarray(8, 16),
  ]);
}

export const guid: StandardForm = {
  size: 16,
  alignment: 4,
  powershellType: 'guid',
  wireType: 'guid',
  sample: '6b29fc40-ca47-1067-b31d-00dd010662da',
  expected: 'a GUID such as 6b29fc40-ca47-1067-b31d-00dd010662da',
  format: 'uuid',
  toBytes: (json) => {
    const parts = typeof json === 'string' ? GUID.exec(json) : null;
    return parts ? swapped(Buffer.from(parts.slice(1).join(''), 'hex')) : undefined;
  },
  fromBytes: (bytes) =>
    swapped(bytes)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
};
