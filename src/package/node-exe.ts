/** Examines a node.exe that is to go into a module: what it is for, which version, and whether it carries a signature. */

export interface NodeExecutable {
  /** As in `--platform`: `win32-x64`. */
  readonly platform: string;
  /** `20.19.5`. */
  readonly version: string;
  /** True when it holds an Authenticode signature; whether that is valid, only Windows can say. */
  readonly isSigned: boolean;
}

/** A node.exe that goes into a module. */
export interface VendoredNode {
  readonly content: Buffer;
  readonly facts: NodeExecutable;
  /** The LICENSE beside it, as in the zip of a release. */
  readonly licence: string | undefined;
}

/** The oldest version that the program runs on. */
const OLDEST: readonly [number, number] = [20, 19];

const MACHINES: Readonly<Record<number, string>> = { 34404: 'win32-x64', 43620: 'win32-arm64', 332: 'win32-ia32' };

/** Throws an Error that says what is wrong with the file; the message reads on from its path. */
export function examineNode(file: Buffer): NodeExecutable {
  const image = readImage(file);
  const platform = MACHINES[image.machine];
  if (platform === undefined) throw new Error('is for a processor that is not x64, arm64 or ia32');
  const version = versionOf(image.resources);
  if (version === undefined || !image.resources.includes(Buffer.from('Node.js', 'utf16le'))) {
    throw new Error('is no node.exe: its version resource does not say Node.js');
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new Error(`is Node.js ${version}; the module needs ${OLDEST.join('.')} or later`);
  }
  return { platform, version, isSigned: image.isSigned };
}

interface Image {
  readonly machine: number;
  readonly resources: Buffer;
  readonly isSigned: boolean;
}

/** Offsets are those of the PE format: headers, data directories (resources 2, certificates 4), sections. */
function readImage(file: Buffer): Image {
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

function noProgram(): Error {
  return new Error('is no Windows program');
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

/** The file version of VS_FIXEDFILEINFO, which starts with a number of its own. */
function versionOf(resources: Buffer): string | undefined {
  const at = resources.indexOf(Buffer.from([0xbd, 0x04, 0xef, 0xfe]));
  if (at === -1 || at + 16 > resources.length) return undefined;
  const high = resources.readUInt32LE(at + 8);
  const low = resources.readUInt32LE(at + 12);
  return `${high >>> 16}.${high & 0xffff}.${low >>> 16}`;
}
