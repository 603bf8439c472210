/** Assembles the files of a module's package. */
import type { Definition } from '../definition/types.js';
import { assembliesOf } from '../generator/assemblies.js';
import { generateModule, programVersion } from '../generator/generate.js';
import { programFiles } from '../generator/program.js';
import { PROGRAM_DIRECTORY } from '../generator/write.js';
import type { Addon } from './addons.js';
import { CATALOG_EXTENSION, renderCatalog } from './catalog.js';
import { type PackageFiles, sorted } from './files.js';
import type { NodeExecutable, VendoredNode } from './node-exe.js';
import { NOTICES_FILE, renderNotices } from './notices.js';
import type { ModuleIdentity } from './pack-types.js';
import type { PackageList } from './package-list.js';
import { SBOM_EXTENSION } from './sbom.js';
import { renderModuleSbom } from './sbom-module.js';

export interface ModuleParts {
  readonly definition: Definition;
  readonly packages: PackageList;
  readonly addons: readonly Addon[];
  /** The licence of the module, and that of dllet. */
  readonly licence: string;
  readonly ownLicence: string;
  readonly node: VendoredNode | undefined;
  /** The library files, if the library comes with the module. */
  readonly libraries?: PackageFiles;
}

/** Everything except the bill of materials and the catalog. */
export async function assembleModule(parts: ModuleParts): Promise<PackageFiles> {
  const { definition, packages, addons, licence, ownLicence, node, libraries = new Map() } = parts;
  const files = new Map<string, Uint8Array>();
  const rendered = generateModule(definition, { hasNode: node !== undefined });
  for (const [file, text] of rendered) files.set(file, Buffer.from(text));
  for (const [file, content] of await programFiles(definition)) files.set(`${PROGRAM_DIRECTORY}/${file}`, content);
  for (const addon of addons) {
    for (const [file, content] of addon.files) {
      files.set(`${PROGRAM_DIRECTORY}/node_modules/${addon.facts.name}/${file}`, content);
    }
  }
  for (const [file, content] of libraries) files.set(file, content);
  if (node) files.set(`${PROGRAM_DIRECTORY}/node.exe`, node.content);
  files.set('LICENSE', Buffer.from(licence));
  files.set(
    NOTICES_FILE,
    Buffer.from(renderNotices(packages, assembliesOf(definition), ownLicence, node?.facts, node?.licence)),
  );
  return sorted(files);
}

/** Adds a bill of materials and a catalog of the current files. */
export function sealed(
  module: ModuleIdentity,
  packages: PackageList,
  files: PackageFiles,
  node: NodeExecutable | undefined,
): PackageFiles {
  const all = new Map(files);
  const catalog = catalogOf(module.name);
  all.set(`${module.name}${SBOM_EXTENSION}`, Buffer.from(renderModuleSbom(module, packages, sorted(files), node)));
  const head = {
    name: module.name,
    version: module.version,
    generator: `dllet ${programVersion()}`,
    notCovered: [catalog, `${module.name}.cat`, 'PSGetModuleInfo.xml'],
  };
  all.set(catalog, Buffer.from(renderCatalog(head, all)));
  return sorted(all);
}

/** The path of the catalog in a module. */
export function catalogOf(name: string): string {
  return `${name}${CATALOG_EXTENSION}`;
}

export function identityOf({ name, version, module }: Definition): ModuleIdentity {
  return { name, version, ...module };
}

/** The functions that the manifest exports. */
export function exportedCommands(files: PackageFiles, name: string): string[] {
  const manifest = Buffer.from(files.get(`${name}.psd1`) ?? '').toString('utf8');
  const list = /FunctionsToExport\s*=\s*@\(([^)]*)\)/.exec(manifest)?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map(([, command]) => command as string).sort();
}
