/** Types shared by the code that creates the parts of a package. */

/** The identity of a module, as in its manifest. */
export interface ModuleIdentity {
  readonly name: string;
  readonly version: string;
  readonly author: string;
  readonly companyName: string;
  readonly copyright: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly projectUri?: string;
  readonly licenseUri?: string;
  readonly releaseNotes?: string;
}
