/** What the programs inside a module need before they can begin. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage.js';

/** Too old a Node.js is told by its version, not by what it then stumbles over. */
export function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new UsageError(`Node.js 20.19 or later is needed; ${process.execPath} is ${process.versions.node}`);
}

/**
 * koffi must be the one beside this program. Were it missing, node would look for it in the `node_modules` of every
 * folder above, where somebody else may have put it. `directory` is that of the program.
 */
export function requireOwnKoffi(directory: string): void {
  const addon = `koffi-${process.platform}-${process.arch}`;
  for (const file of ['koffi/index.cjs', `@koromix/${addon}/index.js`]) {
    const needed = path.join(directory, 'node_modules', file);
    if (!existsSync(needed))
      throw new UsageError(`the module is incomplete, or not made for this platform: ${needed} is missing`);
  }
}
