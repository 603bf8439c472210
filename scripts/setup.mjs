// The steps that quickstart and test share: install the packages if the lock file requires it, build, generate.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Exits with a message if this Node is too old for the product. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const [, oldest, oldestMajor, oldestMinor] = /((\d+)\.(\d+))/.exec(engines.node);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestMajor || (major === Number(oldestMajor) && minor >= oldestMinor)) return;
  // The same message as in src/cli/require-node.ts, which is not built yet.
  console.error(
    `dllet needs Node.js ${oldest} or later, but ${process.execPath} is version ${process.versions.node}.\n` +
      'Install a later version from https://nodejs.org, or use one that is already installed.',
  );
  process.exit(2);
}

/** Runs a program in the repository, and exits if it fails. */
export function run(title, command, args, options = {}) {
  console.log(`\n> ${title}`);
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    console.error(
      `\n${title}: failed (${[command, ...args].join(' ')}), exit status ${result.status ?? result.signal}`,
    );
    process.exit(result.status ?? 1);
  }
  return result;
}

/** Runs a script of this repository or of an installed package with this node. */
export function node(title, args, options) {
  return run(title, process.execPath, args, options);
}

/** Returns npm, found through the npm that runs this script, so that Windows needs no shell. */
export function npm(title, args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return node(title, [cli, ...args]);
  return run(title, 'npm', args, { shell: process.platform === 'win32' });
}

/** Installs the locked packages unless they are already installed. */
export function installPackages() {
  const marker = `${root}node_modules/.package-lock.json`;
  const lock = `${root}package-lock.json`;
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs && isComplete()) return;
  npm('Installing the locked packages', ['ci', '--no-audit', '--no-fund']);
}

function isComplete() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
    existsSync(`${root}node_modules/${name}/package.json`),
  );
}

export function buildAndGenerate() {
  node('Building', ['scripts/build.mjs']);
  node('Generating the module', [
    'dist/cli.js',
    'generate',
    'PersistentPortReservation',
    '--out',
    'module/PersistentPortReservation',
  ]);
}
