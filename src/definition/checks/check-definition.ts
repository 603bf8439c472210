/**
 * Semantic checks beyond the schema: names must exist, types must resolve, limits must fit, and placeholders must have
 * values. Every check reports its mistakes and continues.
 */
import type { DefinitionSource } from '../types.js';
import { checkAbout } from './about.js';
import { checkCmdlets } from './cmdlets.js';
import { checkComputed } from './computed.js';
import { checkErrors } from './errors.js';
import { checkExtension } from './extension.js';
import { checkExtents } from './extents.js';
import { checkFunctions } from './functions.js';
import { checkHandles } from './handles.js';
import { checkLibrary } from './library.js';
import { checkNames } from './names.js';
import { checkObjects } from './objects.js';
import { checkOperations } from './operations.js';
import { checkRepeat } from './repeat.js';
import type { Report, UnlocatedMistake } from './report.js';
import { checkResources } from './resources.js';
import { checkSimulation } from './simulation.js';
import { checkSizes } from './sizes.js';
import { checkTypes } from './types.js';
import { checkVariants } from './variants.js';

/**
 * Returns all mistakes that the schema cannot find. A document that fails its schema is checked as far as possible: a
 * check that throws because of the wrong form adds nothing, because the schema has already reported the place.
 */
export function checkDefinition(source: DefinitionSource, malformed: boolean): UnlocatedMistake[] {
  const mistakes: UnlocatedMistake[] = [];
  const report: Report = (pointer, message) => mistakes.push({ pointer, message });
  for (const check of [
    checkNames,
    checkLibrary,
    checkExtension,
    checkAbout,
    checkVariants,
    checkTypes,
    checkFunctions,
    checkHandles,
    checkRepeat,
    checkExtents,
    checkSizes,
    checkOperations,
    checkComputed,
    checkErrors,
    checkObjects,
    checkCmdlets,
    checkResources,
    checkSimulation,
  ]) {
    try {
      check(source, report);
    } catch (error) {
      if (!malformed) throw error;
    }
  }
  return mistakes;
}
