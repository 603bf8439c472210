/**
 * Creates the package of a module: a directory `<Name>/<version>` for a PowerShell module path, and the same files as a
 * .nupkg.
 *
 * The version directory is the layout of PowerShell's installers since 5.0. Versions are side by side, so a new one can
 * be installed while sessions use the old one, whose loaded .node files and client cannot be replaced on Windows.
 */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory } from '../definition/directories.js';
import type { Definition } from '../definition/types.js';
import { refuseLinks } from '../generator/links.js';
import { ownLibraryNames, readOwnLibraries } from '../generator/own-libraries.js';
import { ForeignFileError } from '../generator/write.js';
import { collectAddons, WINDOWS_PLATFORMS } from './addons.js';
import { assembleModule, catalogOf, exportedCommands, identityOf, sealed } from './assemble.js';
import { CATALOG_EXTENSION, compareWithCatalog, parseCatalog } from './catalog.js';
import { PackError } from './errors.js';
import type { FetchOptions } from './fetch-package.js';
import { listFiles, type PackageFiles, readFiles, writeFiles } from './files.js';
import { identifyNode, type NodeExecutable, type VendoredNode } from './node-exe.js';
import { isOwnNupkg, renderNupkg } from './nupkg.js';
import type { ModuleIdentity } from './pack-types.js';
import { PACKAGE_ROOT, readPackageList } from './package-list.js';
import { SBOM_EXTENSION } from './sbom.js';

export interface PackOptions extends FetchOptions {
  readonly definition: Definition;
  /** The directory of the definition, for a library that comes with the module. */
  readonly directory?: string | undefined;
  /** The directory for the module's directory and the .nupkg. */
  readonly out: string;
  /** Such as `win32-x64`; default: the three Windows platforms. */
  readonly platforms?: readonly string[] | undefined;
  /** A node.exe to include in the module. */
  readonly nodeFile?: string | undefined;
  /** The licence of the module; default: dllet's own. */
  readonly licenceFile?: string | undefined;
  /** Called before each step with its number, the number of steps, and its description. */
  readonly progress?: ((done: number, of: number, what: string) => void) | undefined;
}

export interface Packed {
  /** The module's directory, which contains the manifest. */
  readonly directory: string;
  readonly nupkg: string;
  readonly files: readonly string[];
  readonly node: NodeExecutable | undefined;
  /** Notices for the author of the package. */
  readonly notes: readonly string[];
}

export async function packModule(options: PackOptions): Promise<Packed> {
  const { definition, progress = () => {} } = options;
  const step = (done: number, what: string) => progress(done, 3, what);
  const packages = readPackageList();
  const ownLicence = await readFile(`${PACKAGE_ROOT}LICENSE`, 'utf8');
  const target = targetsOf(options.out, identityOf(definition));
  await refuseForeignFiles(target);
  const platforms = options.platforms ?? WINDOWS_PLATFORMS;
  const node = options.nodeFile === undefined ? undefined : await readNode(options.nodeFile, platforms);
  const libraries = await librariesOf(options);
  step(0, `getting koffi for ${platforms.join(', ')}`);
  const addons = await collectAddons(packages, platforms, options);
  step(1, 'generating the module');
  const files = await assembleModule({
    definition,
    libraries,
    packages,
    addons,
    ownLicence,
    licence: options.licenceFile === undefined ? ownLicence : await readFile(options.licenceFile, 'utf8'),
    node,
  });
  step(2, 'writing the files and the catalog');
  const whole = sealed(identityOf(definition), packages, files, node?.facts);
  await replaceFolder(target.directory, whole);
  await writeFile(target.nupkg, renderNupkg(target.module, exportedCommands(whole, definition.name), whole));
  return { ...target, files: [...whole.keys()], node: node?.facts, notes: notesOf(node) };
}

/**
 * After signing: creates the bill of materials, the catalog and the .nupkg again from the current files of the module.
 * Only files that can carry a signature may differ from those packed; any other change is rejected.
 */
export async function sealModule(definition: Definition, out: string): Promise<Packed> {
  const packages = readPackageList();
  const target = targetsOf(out, identityOf(definition));
  await refuseLinks(path.dirname(target.nupkg), [path.basename(target.nupkg)]);
  const deviations = await compareWithCatalog(target.directory, catalogOf(definition.name));
  const wrong = deviations.filter(({ path: file, status }) => status !== 'Changed' || !SIGNABLE.test(file));
  if (wrong.length > 0) {
    throw new PackError(
      `${target.directory} has changed since it was packed, other than by signatures:\n` +
        `${wrong.map(({ path: file, status }) => `  ${status.toLowerCase().padEnd(10)} ${file}`).join('\n')}\npack it again, then sign it`,
    );
  }
  const present = await readFiles(target.directory);
  const content = present.get('bin/node.exe');
  const node = content && identifyNode(Buffer.from(content));
  const whole = sealed(target.module, packages, present, node);
  await writeFiles(target.directory, new Map([...whole].filter(([file]) => isMadeAnew(file))));
  await writeFile(target.nupkg, renderNupkg(target.module, exportedCommands(whole, definition.name), whole));
  return { ...target, files: [...whole.keys()], node, notes: [] };
}

function isMadeAnew(file: string): boolean {
  return !file.includes('/') && (file.endsWith(SBOM_EXTENSION) || file.endsWith(CATALOG_EXTENSION));
}

/** Files that can carry a signature. node.exe is already signed and stays as it is. */
const SIGNABLE = /\.(ps1|psm1|psd1|ps1xml|node|dll)$/;

interface Target {
  readonly module: ModuleIdentity;
  readonly directory: string;
  readonly nupkg: string;
}

function targetsOf(out: string, module: ModuleIdentity): Target {
  return {
    module,
    directory: path.resolve(out, module.name, module.version),
    nupkg: path.resolve(out, `${module.name}.${module.version}.nupkg`),
  };
}

/** Returns the files of a library that comes with the module. Throws PackError if there is none. */
async function librariesOf({ definition, directory }: PackOptions): Promise<PackageFiles> {
  const names = ownLibraryNames(definition);
  if (names.length === 0) return new Map();
  const found = directory === undefined ? new Map() : await readOwnLibraries(definition, directory);
  if (found.size > 0) return found;
  throw new PackError(
    `the library of the module, ${names.join(' or ')}, is not in the directory of the definition (${directory ?? 'which has none'}); copy it there, and pack again`,
  );
}

async function readNode(file: string, platforms: readonly string[]): Promise<VendoredNode> {
  const content = await readFile(file).catch((error: unknown) => {
    throw new PackError(`cannot read the node.exe to pack, ${file}`, error);
  });
  const licence = await readFile(path.join(path.dirname(file), 'LICENSE'), 'utf8').catch(() => undefined);
  const facts = identifyNodeFile(file, content);
  if (!platforms.includes(facts.platform)) {
    throw new PackError(
      `${file} is for ${facts.platform}, for which the package has no addon: add --platform ${facts.platform}`,
    );
  }
  return { content, facts, licence };
}

function identifyNodeFile(file: string, content: Buffer): NodeExecutable {
  try {
    return identifyNode(content);
  } catch (error) {
    throw new PackError(`${file} ${(error as Error).message}; give the node.exe of an official release`, error);
  }
}

function notesOf(node: VendoredNode | undefined): string[] {
  if (node === undefined) return [];
  return [
    ...(node.facts.isSigned ? [] : ['node.exe has no signature; check that it is from an official release']),
    ...(node.licence === undefined
      ? [`there is no LICENSE next to node.exe, so the notices refer to the license of Node.js ${node.facts.version}`]
      : []),
  ];
}

/** Throws ForeignFileError if files would be lost that were not created by packing. */
async function refuseForeignFiles({ module, directory, nupkg }: Target): Promise<void> {
  await refuseLinks(path.dirname(nupkg), [`${module.name}/${module.version}`, path.basename(nupkg)]);
  const present = await listFiles(directory);
  const catalogFile = catalogOf(module.name);
  const bytes = await readFile(path.join(directory, catalogFile)).catch(() => Buffer.alloc(0));
  const { catalog } = parseCatalog(catalogFile, bytes);
  const own = catalog ? [...catalog.files.map((entry) => entry.path), ...catalog.notCovered] : [];
  const foreign = present.filter((file) => !own.includes(file));
  if (foreign.length > 0) throw new ForeignFileError(directory, foreign);
  const package_ = await readFile(nupkg).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (package_ && !isOwnNupkg(package_, module)) {
    throw new ForeignFileError(path.dirname(nupkg), [path.basename(nupkg)]);
  }
}

/** The new directory is complete before the old one is removed. */
async function replaceFolder(directory: string, files: PackageFiles): Promise<void> {
  makeDirectory(path.dirname(directory));
  const made = await mkdtemp(path.join(path.dirname(path.dirname(directory)), '.dllet-pack-'));
  try {
    await writeFiles(path.join(made, 'module'), files);
    await rm(directory, { recursive: true, force: true });
    await rename(path.join(made, 'module'), directory);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
