/** The bill of materials of dllet's own npm package. */
import type { PackageFiles } from './files.js';
import type { PackageList } from './package-list.js';
import { type Component, fileComponent, licenses, npmComponent, npmPurl, renderSbom } from './sbom.js';

/** The members of dllet's package.json that are used. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly files: readonly string[];
}

/**
 * The versions are those that dllet is built and tested with; npm may install newer versions of indirect dependencies.
 * `binaries` are the package's binary files, all of them dllet's own.
 */
export function renderNpmSbom(manifest: Manifest, packages: PackageList, binaries: PackageFiles): string {
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
  return renderSbom({
    subject,
    components: packages.dependencies.map((one) => ({
      ...npmComponent(one),
      scope: one.isOptional ? 'optional' : 'required',
    })),
    dependencies: {
      [purl]: refs(packages.direct),
      ...Object.fromEntries(packages.dependencies.map((one) => [npmPurl(one.name, one.version), refs(one.needs)])),
    },
    generator: { name: manifest.name, version: manifest.version },
  });
}

function split(nameAndVersion: string): [string, string] {
  const at = nameAndVersion.lastIndexOf('@');
  return [nameAndVersion.slice(0, at), nameAndVersion.slice(at + 1)];
}
