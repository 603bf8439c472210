// Verifies the module from a checkout on a real Windows: installs, builds, and runs the module's own program. Options
// are passed on: --report, --with-netsh-block, --region, --powershell, --library (see `--help`). The exit status is 0
// if everything is good.
import { spawnSync } from 'node:child_process';
import { buildAndGenerate, installPackages, requireNode, root } from './setup.mjs';

requireNode();
// The report is written relative to the directory in which the command was run.
const folder = process.env.INIT_CWD ?? process.cwd();
process.chdir(root);
installPackages();
buildAndGenerate();

const program = `${root}module/PersistentPortReservation/bin/verify.cjs`;
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { cwd: folder, stdio: 'inherit' });
process.exitCode = status ?? 1;
