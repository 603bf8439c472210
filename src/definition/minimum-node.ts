/** The minimum Node.js version of the program. A test compares it with `engines` of the package. */
export const MINIMUM_NODE = '20.19';

/** Whether a Node.js of this version (`22.1.0`) is new enough. */
export function isNodeNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = MINIMUM_NODE.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
