/** Reads the headers of a Windows program or library: processor, version, and presence of a signature. */

export interface PeImage {
  /** IMAGE_FILE_HEADER.Machine. */
  readonly machine: number;
  /** The section with the resources; empty if there are none. */
  readonly resources: Buffer;
  /** True if it has an Authenticode signature; only Windows can validate it. */
  readonly isSigned: boolean;
}

/**
 * Reads the headers. Offsets are those of the PE format: headers, data directories (resources 2, certificates 4),
 * sections. Throws an Error whose message is written to follow the file's path.
 */
export function readImage(file: Buffer): PeImage {
  try {
    const header = file.readUInt32LE(0x3c);
    if (file.toString('latin1', 0, 2) !== 'MZ' || file.toString('latin1', header, header + 4) !== 'PE\0\0')
      throw noProgram();
    const optional = header + 24;
    const directories = optional + (file.readUInt16LE(optional) === 0x20b ? 112 : 96);
    const resources = file.readUInt32LE(directories + 2 * 8);
    const certificates = file.readUInt32LE(directories + 4 * 8);
    const certificatesSize = file.readUInt32LE(directories + 4 * 8 + 4);
    return {
      machine: file.readUInt16LE(header + 4),
      resources: sectionAt(file, header, resources),
      isSigned: certificatesSize > 0 && certificates + certificatesSize <= file.length,
    };
  } catch (error) {
    if (error instanceof RangeError) throw noProgram();
    throw error;
  }
}

/**
 * The four numbers of the file version, from VS_FIXEDFILEINFO, which starts with a signature; undefined if there is
 * none.
 */
export function fileVersion({ resources }: PeImage): readonly [number, number, number, number] | undefined {
  const at = resources.indexOf(Buffer.from([0xbd, 0x04, 0xef, 0xfe]));
  if (at === -1 || at + 16 > resources.length) return undefined;
  const high = resources.readUInt32LE(at + 8);
  const low = resources.readUInt32LE(at + 12);
  return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff];
}

function noProgram(): Error {
  return new Error('is not a Windows program');
}

function sectionAt(file: Buffer, header: number, address: number): Buffer {
  const count = file.readUInt16LE(header + 6);
  const sections = header + 24 + file.readUInt16LE(header + 20);
  for (let index = 0; index < count; index++) {
    const section = sections + index * 40;
    const start = file.readUInt32LE(section + 12);
    const size = file.readUInt32LE(section + 16);
    const offset = file.readUInt32LE(section + 20);
    if (address !== 0 && address >= start && address < start + size) return file.subarray(offset, offset + size);
  }
  return Buffer.alloc(0);
}
