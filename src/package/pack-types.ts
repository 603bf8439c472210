/** What the makers of a package's parts share. */

/** Who a module is: what its manifest says as well. */
export interface ModuleIdentity {
  readonly name: string;
  readonly version: string;
  readonly author: string;
  readonly companyName: string;
  readonly copyright: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly projectUri: string;
  readonly licenseUri: string;
  readonly releaseNotes: string;
}
