// From a checkout, on a real Windows: installs, builds, and verifies the module with its own program. Options are passed on:
// --report, --with-netsh-block, --region, --powershell, --library (see `--help`). The exit status is 0 where all is well.
import { spawnSync } from 'node:child_process';
import { buildAndGenerate, installPackages, requireNode, root } from './setup.mjs';

requireNode();
// Where the command was given is where the report belongs.
const folder = process.env.INIT_CWD ?? process.cwd();
process.chdir(root);
installPackages();
buildAndGenerate();

const program = `${root}module/PersistentPortReservation/bin/verify.cjs`;
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { cwd: folder, stdio: 'inherit' });
process.exitCode = status ?? 1;
