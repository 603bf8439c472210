/** The list of packages that are in the program, and of those that it needs, recorded when dllet is built. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A package as the lock file and the package itself describe it. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  /** Of the package's tarball, as npm writes it: `sha512-<base64>`. */
  readonly integrity: string;
}

/** A package whose text is passed on, and with it its licence. */
export interface RedistributedPackage extends PackageFacts {
  readonly licenseText: string;
}

/** A package that npm installs with dllet. */
export interface Dependency extends PackageFacts {
  readonly isOptional: boolean;
  /** Name and version (`name@version`) of the packages that it needs. */
  readonly needs: readonly string[];
}

export interface PackageList {
  /** Packages inside `program.cjs`, beside dllet itself and koffi. */
  readonly bundled: readonly RedistributedPackage[];
  /** Its JavaScript is inside `program.cjs`, its addons lie beside it. */
  readonly koffi: RedistributedPackage;
  /** The packages that hold koffi's native addon, one a platform. */
  readonly addons: readonly PackageFacts[];
  /** Everything that npm installs with dllet; `direct` names those that dllet's package.json asks for. */
  readonly dependencies: readonly Dependency[];
  readonly direct: readonly string[];
}

/** Where the build puts it, from the root of dllet's package. */
export const PACKAGE_LIST_FILE = 'dist/packages.json';

/** The root of dllet's own package: the checkout, or the folder that npm installed. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../../', import.meta.url));

export function readPackageList(): PackageList {
  return JSON.parse(readFileSync(`${PACKAGE_ROOT}${PACKAGE_LIST_FILE}`, 'utf8')) as PackageList;
}
