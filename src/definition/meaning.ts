/**
 * What a schema cannot say about a definition: names that must exist, types that must resolve, limits that must fit,
 * texts whose placeholders must have a value. Every check reports and goes on.
 */
import { checkCmdlets } from './meaning-cmdlets.js';
import { checkResources } from './meaning-dsc.js';
import { checkExtension } from './meaning-extension.js';
import { checkComputed, checkFunctions, checkOperations, checkTypes } from './meaning-functions.js';
import { checkMemory } from './meaning-memory.js';
import { checkNames } from './meaning-names.js';
import { checkAbout, checkErrors, checkVariants } from './meaning-texts.js';
import type { Finding, Report } from './report.js';
import type { DefinitionSource } from './types.js';

/**
 * All mistakes of meaning. A document that fails its schema is checked as far as its form permits: a check that
 * stumbles over the form then adds nothing, because the schema has already named the place.
 */
export function checkMeaning(source: DefinitionSource, malformed: boolean): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (pointer, message) => findings.push({ pointer, message });
  for (const check of [
    checkNames,
    checkExtension,
    checkAbout,
    checkVariants,
    checkTypes,
    checkFunctions,
    checkMemory,
    checkOperations,
    checkComputed,
    checkErrors,
    checkCmdlets,
    checkResources,
  ]) {
    try {
      check(source, report);
    } catch (error) {
      if (!malformed) throw error;
    }
  }
  return findings;
}
