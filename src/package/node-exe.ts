/** Identifies a node.exe for a module: its platform, its version, and whether it has a signature. */
import { isNodeNewEnough, MINIMUM_NODE } from '../definition/minimum-node.js';
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

const MACHINES: Readonly<Record<number, string>> = { 34404: 'win32-x64', 43620: 'win32-arm64', 332: 'win32-ia32' };

/** Throws an Error about the file. Its message is written to follow the file's path. */
export function identifyNode(file: Buffer): NodeExecutable {
  const image = readImage(file);
  const platform = MACHINES[image.machine];
  if (platform === undefined) throw new Error('is for a processor that is not x64, arm64 or ia32');
  const version = fileVersion(image)?.slice(0, 3).join('.');
  if (version === undefined || !image.resources.includes(Buffer.from('Node.js', 'utf16le'))) {
    throw new Error('is not a node.exe, because its version resource does not say Node.js');
  }
  if (!isNodeNewEnough(version)) {
    throw new Error(`is Node.js ${version}; the module needs ${MINIMUM_NODE} or later`);
  }
  return { platform, version, isSigned: image.isSigned };
}
