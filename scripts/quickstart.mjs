// Goes from a new checkout to a looked-up token: installs, builds, generates the module, and uses it. Nothing outside
// this folder changes: the reservation is made on the simulated backend, in a temporary state file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildAndGenerate, installPackages, node, requireNode, root } from './setup.mjs';

requireNode();
process.chdir(root);
installPackages();
buildAndGenerate();

const folder = mkdtempSync(path.join(tmpdir(), 'dllet-quickstart-'));
try {
  node('Using it', ['scripts/first-token.mjs', path.join(folder, 'simulation.json')]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
