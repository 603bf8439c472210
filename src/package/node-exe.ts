/** Examines a node.exe that is to be packed into a module: platform, version, and signature. */
import { fileVersion, readImage } from './pe-image.js';

export interface NodeExecutable {
  /** As in `--platform`: `win32-x64`. */
  readonly platform: string;
  /** `20.19.5`. */
  readonly version: string;
  /** True if it has an Authenticode signature; only Windows can validate it. */
  readonly isSigned: boolean;
}

/** A node.exe to pack into a module. */
export interface VendoredNode {
  readonly content: Buffer;
  readonly facts: NodeExecutable;
  /** The LICENSE beside it, as in the zip of a release. */
  readonly licence: string | undefined;
}

/** The minimum version for the program. */
const OLDEST: readonly [number, number] = [20, 19];

const MACHINES: Readonly<Record<number, string>> = { 34404: 'win32-x64', 43620: 'win32-arm64', 332: 'win32-ia32' };

/** Throws an Error that says what is wrong with the file; the message continues its path. */
export function examineNode(file: Buffer): NodeExecutable {
  const image = readImage(file);
  const platform = MACHINES[image.machine];
  if (platform === undefined) throw new Error('is for a processor that is not x64, arm64 or ia32');
  const version = fileVersion(image)?.slice(0, 3).join('.');
  if (version === undefined || !image.resources.includes(Buffer.from('Node.js', 'utf16le'))) {
    throw new Error('is no node.exe: its version resource does not say Node.js');
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new Error(`is Node.js ${version}; the module needs ${OLDEST.join('.')} or later`);
  }
  return { platform, version, isSigned: image.isSigned };
}
