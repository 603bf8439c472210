/** The library and the module. */
import type { LibraryPlatform } from './cmdlets.js';

/** A library has one file name, `fileName`, if only Windows has it, or one for each system, `files`. */
export interface LibraryDefinition {
  readonly fileName?: string;
  readonly files?: Readonly<Partial<Record<LibraryPlatform, string>>>;
  /**
   * `system`: the directories of the system's own libraries; `module`: the directory of the module, or of the
   * definition if there is no module.
   */
  readonly location: 'system' | 'module';
  readonly documentation?: string;
  readonly minimumSystem?: string;
}

export interface ModuleDefinition {
  /** The prefix of every noun. */
  readonly prefix?: string;
  readonly guid: string;
  readonly author: string;
  readonly companyName: string;
  readonly copyright: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly projectUri?: string;
  readonly licenseUri?: string;
  readonly releaseNotes?: string;
  /** The address of a cmdlet's reference page, with `{cmdlet}` for its name, for `Get-Help -Online`. */
  readonly onlineHelp?: string;
}

/**
 * The module's help topic, `about_<name>`; the generator adds the sections that follow from the rest of the definition.
 */
export interface AboutDefinition {
  /** One line of at most 76 characters. */
  readonly synopsis: string;
  readonly sections: readonly AboutSection[];
}

export interface AboutSection {
  readonly title: string;
  /** Paragraphs separated by blank lines; lines that start with spaces are code and stay as they are. */
  readonly text: string;
}
