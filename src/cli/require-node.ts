/** The Node.js that dllet and the programs inside a module need. */
import { isNodeNewEnough, MINIMUM_NODE } from '../definition/minimum-node.js';
import { UsageError } from './usage.js';

/** Too old a Node.js is told by its version, not by what it then stumbles over. */
export function requireNode(): void {
  if (isNodeNewEnough(process.versions.node)) return;
  throw new UsageError(
    `dllet needs Node.js ${MINIMUM_NODE} or later, but ${process.execPath} is version ${process.versions.node}.\n` +
      'Install a later version from https://nodejs.org, or use one that is already installed.',
  );
}
