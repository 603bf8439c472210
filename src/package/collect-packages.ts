/**
 * Collects, during the build, the packages in the program and their dependencies, from the inputs of esbuild and npm's
 * lock file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Dependency, PackageFacts, PackageList, RedistributedPackage } from './package-list.js';

/** The used members of a lock file (version 3). Keys are paths: `node_modules/a/node_modules/b`. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** `root` is the checkout; `inputs` are the paths, from there, of all files in the bundle. */
export function collectPackages(root: string, inputs: readonly string[]): PackageList {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as LockFile;
  // koffi is both in the bundle and beside it, so it has a separate entry.
  const bundled = new Set(inputs.map(folderOf).filter((folder) => folder !== undefined));
  bundled.delete(KOFFI);
  return {
    bundled: [...bundled].sort().map((folder) => redistributed(root, lock, folder)),
    koffi: redistributed(root, lock, KOFFI),
    addons: Object.keys(lock.packages)
      .filter((key) => key.startsWith('node_modules/@koromix/koffi-'))
      .sort()
      .map((key) => facts(lock, key)),
    dependencies: unique(
      Object.keys(lock.packages)
        .filter((key) => key !== '' && lock.packages[key]?.dev !== true)
        .sort()
        .map((key) => dependency(lock, key)),
    ),
    direct: needs(lock, ''),
  };
}

const KOFFI = 'node_modules/koffi';

/** Returns the package of a file in `node_modules`, as a key of the lock file. */
function folderOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

function redistributed(root: string, lock: LockFile, key: string): RedistributedPackage {
  const folder = path.join(root, key);
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  if (file === undefined) throw new Error(`${key} is passed on with dllet, but has no file with its licence`);
  const licenseText = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return { ...facts(lock, key), licenseText };
}

function facts(lock: LockFile, key: string): PackageFacts {
  const { version, license, integrity } = lock.packages[key] ?? {};
  if (version === undefined || license === undefined || !integrity?.startsWith('sha512-')) {
    throw new Error(`the lock file lacks the version, the licence or the SHA-512 of ${key}`);
  }
  return { name: nameOf(key), version, license, integrity };
}

function dependency(lock: LockFile, key: string): Dependency {
  return { ...facts(lock, key), isOptional: lock.packages[key]?.optional === true, needs: needs(lock, key) };
}

/** The same version may be installed in several places; the dependencies of all of them count. */
function unique(all: readonly Dependency[]): Dependency[] {
  const found = new Map<string, Dependency>();
  for (const one of all) {
    const key = `${one.name}@${one.version}`;
    const earlier = found.get(key);
    found.set(key, earlier ? { ...earlier, isOptional: earlier.isOptional && one.isOptional } : one);
  }
  return [...found.values()];
}

function needs(lock: LockFile, key: string): string[] {
  const { dependencies, optionalDependencies } = lock.packages[key] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .map((name) => resolve(lock, key, name))
    .filter((found) => found !== undefined)
    .map((found) => `${nameOf(found)}@${lock.packages[found]?.version}`)
    .sort();
}

/** Node's resolution: the nearest `node_modules` that has the package. */
function resolve(lock: LockFile, from: string, name: string): string | undefined {
  const candidate = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (Object.hasOwn(lock.packages, candidate)) return candidate;
  if (from === '') return undefined;
  const above = from.lastIndexOf('/node_modules/');
  return resolve(lock, above === -1 ? '' : from.slice(0, above), name);
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
