/** The list of packages in the program, and of its dependencies, recorded during the build. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A package as described by the lock file and the package itself. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  /** The hash of the package's tarball, as npm writes it: `sha512-<base64>`. */
  readonly integrity: string;
}

/** A package that is redistributed, and therefore its licence too. */
export interface RedistributedPackage extends PackageFacts {
  readonly licenseText: string;
}

/** A package that npm installs with dllet. */
export interface Dependency extends PackageFacts {
  readonly isOptional: boolean;
  /** Name and version (`name@version`) of its dependencies. */
  readonly needs: readonly string[];
}

export interface PackageList {
  /** Packages inside `program.cjs`, beside dllet itself and koffi. */
  readonly bundled: readonly RedistributedPackage[];
  /** Its JavaScript is in `program.cjs`, its addons are beside it. */
  readonly koffi: RedistributedPackage;
  /** The packages with koffi's native addon, one for each platform. */
  readonly addons: readonly PackageFacts[];
  /** Everything that npm installs with dllet; `direct` are the dependencies in dllet's package.json. */
  readonly dependencies: readonly Dependency[];
  readonly direct: readonly string[];
}

/** The place of the list in dllet's package. */
export const PACKAGE_LIST_FILE = 'dist/packages.json';

/** The root of dllet's own package: the checkout, or the directory that npm installed. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../../', import.meta.url));

export function readPackageList(): PackageList {
  return JSON.parse(readFileSync(`${PACKAGE_ROOT}${PACKAGE_LIST_FILE}`, 'utf8')) as PackageList;
}
