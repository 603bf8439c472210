/** Writes the bill of materials and the file catalog of dllet's own npm package to `dist`. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CLIENT } from '../generator/program.js';
import { BILL_FILE, type Bill } from './bill.js';
import { CATALOG_EXTENSION, renderCatalog } from './catalog.js';
import type { PackageFiles } from './files.js';
import { type Component, fileComponent, licenses, npmComponent, npmPurl, renderBom, SBOM_EXTENSION } from './sbom.js';

export const NPM_SBOM_FILE = `dist/dllet${SBOM_EXTENSION}`;
export const NPM_CATALOG_FILE = `dist/dllet${CATALOG_EXTENSION}`;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly files: readonly string[];
}

/** Call it when everything else is in `dist`. `root` is the checkout. */
export function writeNpmPapers(root: string): void {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
  const bill = JSON.parse(readFileSync(path.join(root, BILL_FILE), 'utf8')) as Bill;
  writeFileSync(path.join(root, NPM_SBOM_FILE), renderNpmBom(manifest, bill, ownBinaries(root)));
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

/** The client, by its path in the package; empty if the build had no .NET SDK. Such a package is not published. */
export function ownBinaries(root: string): PackageFiles {
  const file = `dist/${CLIENT}`;
  const place = path.join(root, file);
  return new Map(existsSync(place) ? [[file, readFileSync(place)]] : []);
}

/**
 * The versions are those that dllet is built and tested with; npm may install newer transitive dependencies. `binaries`
 * are dllet's own binary files in the package.
 */
export function renderNpmBom(manifest: Manifest, bill: Bill, binaries: PackageFiles): string {
  const purl = npmPurl(manifest.name, manifest.version);
  const subject: Component = {
    type: 'application',
    'bom-ref': purl,
    name: manifest.name,
    version: manifest.version,
    description: manifest.description,
    licenses: licenses(manifest.license),
    purl,
    components: [...binaries].map(([file, content]) => fileComponent(file, content)),
  };
  const refs = (names: readonly string[]) => names.map((one) => npmPurl(...split(one)));
  return renderBom({
    subject,
    components: bill.dependencies.map((one) => ({
      ...npmComponent(one),
      scope: one.isOptional ? 'optional' : 'required',
    })),
    dependencies: {
      [purl]: refs(bill.direct),
      ...Object.fromEntries(bill.dependencies.map((one) => [npmPurl(one.name, one.version), refs(one.needs)])),
    },
    generator: { name: manifest.name, version: manifest.version },
  });
}

function split(nameAndVersion: string): [string, string] {
  const at = nameAndVersion.lastIndexOf('@');
  return [nameAndVersion.slice(0, at), nameAndVersion.slice(at + 1)];
}

/**
 * Returns the files matched by `files` of a package.json, and those that npm always adds; relative to the root, sorted.
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
  if (!existsSync(place)) throw new Error(`${entry} is to be published, but is not there`);
  if (!statSync(place).isDirectory()) return [entry];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.relative(root, path.join(one.parentPath, one.name)).split(path.sep).join('/'));
}
