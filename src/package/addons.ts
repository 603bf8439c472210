/** koffi's native addons for a module's target platforms. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { koffiDirectory } from '../generator/program.js';
import { PackError } from './errors.js';
import { type FetchOptions, fetchPackage } from './fetch-package.js';
import { type PackageFiles, readFiles } from './files.js';
import type { PackageFacts, PackageList } from './package-list.js';
import { readTarball } from './tarball.js';

/** The default platforms of a module. */
export const WINDOWS_PLATFORMS: readonly string[] = ['win32-x64', 'win32-arm64', 'win32-ia32'];

export interface Addon {
  readonly facts: PackageFacts;
  /** The files of its package that are needed at run time. */
  readonly files: PackageFiles;
}

/** Takes addons of this platform from the installed packages, and those of other platforms from npm. */
export async function collectAddons(
  packages: PackageList,
  platforms: readonly string[],
  options: FetchOptions = {},
): Promise<Addon[]> {
  const wanted = [...new Set(platforms)].sort().map((platform) => addonOf(packages, platform));
  const addons: Addon[] = [];
  for (const facts of wanted) {
    const files = (await installed(facts)) ?? readTarball(await fetchPackage(facts, options));
    addons.push({ facts, files: new Map([...files].filter(([file]) => isNeeded(file))) });
  }
  return addons;
}

/** Every platform that koffi has an addon for. */
export function knownPlatforms(packages: PackageList): string[] {
  return packages.addons.map(({ name }) => name.slice(PREFIX.length));
}

const PREFIX = '@koromix/koffi-';

function addonOf(packages: PackageList, platform: string): PackageFacts {
  const found = packages.addons.find(({ name }) => name === `${PREFIX}${platform}`);
  if (found) return found;
  throw new PackError(`koffi has no addon for '${platform}'; it has: ${knownPlatforms(packages).join(', ')}`);
}

/** The installed package, if it has the version that dllet was built with. */
async function installed({ name, version }: PackageFacts): Promise<PackageFiles | undefined> {
  const folder = path.resolve(koffiDirectory(), '..', name);
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const found = (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
  return found === version ? readFiles(folder) : undefined;
}

/** Excludes documents and import libraries for linkers. */
function isNeeded(file: string): boolean {
  return file === 'package.json' || /\.(js|cjs|node)$/.test(file);
}
