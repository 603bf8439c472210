/** What the programs inside a module need before they can begin. */
import { UsageError } from './usage.js';

/** Too old a Node.js is told by its version, not by what it then stumbles over. */
export function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new UsageError(`Node.js 20.19 or later is needed; ${process.execPath} is ${process.versions.node}`);
}
