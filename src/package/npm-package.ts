/** Completes dllet's own npm package during the build: adds the bill of materials and the file catalog. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSEMBLIES } from '../generator/assemblies.js';
import { CATALOG_EXTENSION, renderCatalog } from './catalog.js';
import type { PackageFiles } from './files.js';
import { PACKAGE_LIST_FILE, type PackageList } from './package-list.js';
import { SBOM_EXTENSION } from './sbom.js';
import { type Manifest, renderNpmSbom } from './sbom-npm.js';

export const NPM_SBOM_FILE = `dist/dllet${SBOM_EXTENSION}`;
export const NPM_CATALOG_FILE = `dist/dllet${CATALOG_EXTENSION}`;

/** Everything else must already be in `dist`. `root` is the checkout. */
export function completeNpmPackage(root: string): void {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
  const packages = JSON.parse(readFileSync(path.join(root, PACKAGE_LIST_FILE), 'utf8')) as PackageList;
  writeFileSync(path.join(root, NPM_SBOM_FILE), renderNpmSbom(manifest, packages, ownBinaries(root)));
  const published = publishedFiles(root, manifest.files);
  const files = new Map(published.map((file) => [file, readFileSync(path.join(root, file))]));
  const head = {
    name: manifest.name,
    version: manifest.version,
    generator: `${manifest.name} ${manifest.version}`,
    notCovered: [NPM_CATALOG_FILE, 'node_modules/'],
  };
  writeFileSync(path.join(root, NPM_CATALOG_FILE), renderCatalog(head, files));
}

/** The assemblies by their path in the package; empty if the build had no .NET SDK. Such a package is not published. */
export function ownBinaries(root: string): PackageFiles {
  const files = ASSEMBLIES.map((assembly) => `dist/${assembly}`).filter((file) => existsSync(path.join(root, file)));
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file))]));
}

/**
 * Returns the files that the list `files` of a package.json includes, and those that npm always adds; relative to the
 * root, sorted.
 */
function publishedFiles(root: string, wanted: readonly string[]): string[] {
  const files = ['package.json', 'README.md', 'LICENSE', ...wanted].flatMap((entry) => expand(root, entry));
  return [...new Set(files)].sort();
}

function expand(root: string, entry: string): string[] {
  const folder = path.posix.dirname(entry);
  const pattern = path.posix.basename(entry);
  if (pattern.startsWith('*')) {
    const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(pattern.slice(1)));
    return names.map((name) => `${folder}/${name}`);
  }
  const place = path.join(root, entry);
  if (!existsSync(place)) throw new Error(`${entry} should be published, but does not exist`);
  if (!statSync(place).isDirectory()) return [entry];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.relative(root, path.join(one.parentPath, one.name)).split(path.sep).join('/'));
}
