// Writes the transcripts of examples/ by running their sessions: in PowerShell on Linux, and in Wine.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');

for (const project of ['powershell', 'windows']) {
  const file = `test/${project}/example-modules.test.ts`;
  const args = [vitest, 'run', '--update', '--project', project, file];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
