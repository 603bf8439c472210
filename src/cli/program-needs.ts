/** Requirements of a module's programs, checked before they start. */
import { UsageError } from './usage.js';

/** Checks the Node.js version first, so that an outdated one is reported as such. */
export function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new UsageError(`Node.js 20.19 or later is needed; ${process.execPath} is ${process.versions.node}`);
}
