/** Checks the version of Node.js for dllet and the programs of modules. */
import { isNodeNewEnough, MINIMUM_NODE } from '../definition/minimum-node.js';
import { UsageError } from './usage.js';

/** Reports a Node.js that is too old at once; later errors would not name the cause. */
export function requireNode(): void {
  if (isNodeNewEnough(process.versions.node)) return;
  throw new UsageError(
    `dllet needs Node.js ${MINIMUM_NODE} or later, but ${process.execPath} is version ${process.versions.node}.\n` +
      'Install a later version from https://nodejs.org, or use one that is already installed.',
  );
}
