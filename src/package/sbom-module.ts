/** The bill of materials of a module. */
import { ASSEMBLIES } from '../generator/assemblies.js';
import { programVersion } from '../generator/generate.js';
import type { PackageFiles } from './files.js';
import type { NodeExecutable } from './node-exe.js';
import type { ModuleIdentity } from './pack-types.js';
import type { PackageFacts, PackageList } from './package-list.js';
import { type Component, fileComponent, hashesOf, licenses, npmComponent, npmPurl, renderSbom } from './sbom.js';

/** `files` are the files of the module as they are shipped: signing changes them, and with them the bill of materials. */
export function renderModuleSbom(
  module: ModuleIdentity,
  packages: PackageList,
  files: PackageFiles,
  node: NodeExecutable | undefined,
): string {
  const version = programVersion();
  const subject: Component = {
    type: 'library',
    'bom-ref': `pkg:nuget/${module.name}@${module.version}`,
    name: module.name,
    version: module.version,
    description: module.description,
    copyright: module.copyright,
    licenses: [{ license: { name: `${module.name} licence`, ...(module.licenseUri && { url: module.licenseUri }) } }],
    purl: `pkg:nuget/${module.name}@${module.version}`,
  };
  const dllet: Component = {
    type: 'application',
    'bom-ref': npmPurl('dllet', version),
    name: 'dllet',
    version,
    licenses: licenses('MIT'),
    purl: npmPurl('dllet', version),
    components: filesOf(files, (file) => OWN_PROGRAMS.has(file)),
  };
  const koffi = npmComponent(packages.koffi);
  const addons = packages.addons
    .map((facts) => npmComponent(facts, filesOf(files, inPackage(facts))))
    .filter((component) => component.components !== undefined);
  const bundled = packages.bundled.map((facts) => npmComponent(facts));
  const nodes = node === undefined ? [] : [nodeComponent(node, files.get('bin/node.exe') as Uint8Array)];
  const refs = (components: readonly Component[]) => components.map((component) => component['bom-ref']);
  return renderSbom({
    subject,
    components: [dllet, ...bundled, koffi, ...addons, ...nodes],
    dependencies: {
      [subject['bom-ref']]: refs([dllet, ...nodes]),
      [dllet['bom-ref']]: refs([...bundled, koffi]),
      [koffi['bom-ref']]: refs(addons),
      ...Object.fromEntries(refs([...bundled, ...addons, ...nodes]).map((ref) => [ref, []])),
    },
    generator: { name: 'dllet', version },
  });
}

const OWN_PROGRAMS: ReadonlySet<string> = new Set([
  'bin/dllet.cjs',
  'bin/program.cjs',
  'bin/on-demand.cjs',
  'bin/verify.cjs',
  ...ASSEMBLIES.map((assembly) => `bin/${assembly}`),
]);

function inPackage(facts: PackageFacts): (file: string) => boolean {
  return (file) => file.startsWith(`bin/node_modules/${facts.name}/`);
}

function filesOf(files: PackageFiles, isWanted: (file: string) => boolean): Component[] {
  return [...files].filter(([file]) => isWanted(file)).map(([file, content]) => fileComponent(file, content));
}

/** The executable as signed by its publisher: its hash matches the publisher's list. */
function nodeComponent({ version, platform, isSigned }: NodeExecutable, content: Uint8Array): Component {
  return {
    type: 'application',
    'bom-ref': `pkg:generic/node@${version}`,
    name: 'node',
    version,
    description: 'Node.js, copied unmodified to bin/node.exe; SHASUMS256.txt of the release lists its SHA-256.',
    hashes: hashesOf(content),
    licenses: licenses('MIT'),
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    purl: `pkg:generic/node@${version}`,
    properties: [
      { name: 'dllet:path', value: 'bin/node.exe' },
      { name: 'dllet:platform', value: platform },
      { name: 'dllet:authenticode', value: isSigned ? 'the signature of the publisher, untouched' : 'none' },
    ],
  };
}
