/** Checks everything on this machine that affects a definition. A failing check does not stop the others. */

import { isOfWindows, libraryFile, libraryTitle } from '../definition/library.js';
import { isNodeNewEnough, MINIMUM_NODE } from '../definition/minimum-node.js';
import type { Definition } from '../definition/types.js';
import { diagnoseFiles } from './files.js';
import { bad, type Finding, good, warning } from './finding.js';
import { diagnoseKoffi, diagnoseLibrary } from './library.js';
import { diagnoseElevation, diagnoseSmartAppControl } from './trust.js';

export interface DiagnosisOptions {
  readonly definition: Definition;
  /** The backend of the calls. */
  readonly backend: 'native' | 'simulated';
  /** The absolute path of the user's own library. */
  readonly libraryPath?: string | undefined;
  /** The directory of the module, or of the definition. */
  readonly directory?: string | undefined;
  /** The directory of a module whose files are compared with its catalog. */
  readonly moduleDirectory?: string | undefined;
}

/** Returns the findings in display order. Loads the library, but calls none of its functions. */
export async function diagnose(options: DiagnosisOptions): Promise<Finding[]> {
  const { definition, backend, moduleDirectory } = options;
  return [
    good('definition', `${definition.name} ${definition.version}`),
    diagnosePlatform(definition),
    diagnoseNode(),
    ...(backend === 'simulated' ? [SIMULATED] : [await diagnoseKoffi(), ...(await diagnoseLibrary(options))]),
    await diagnoseElevation(),
    ...(await diagnoseSmartAppControl()),
    ...(moduleDirectory === undefined ? [] : [await diagnoseFiles(moduleDirectory)]),
  ];
}

const SIMULATED = warning(
  'backend',
  'simulated: no function is called, and nothing on this computer changes',
  'To call the real functions, remove the option for the simulated backend.',
);

function diagnosePlatform(definition: Definition): Finding {
  const found = `${process.platform} ${process.arch}`;
  if (libraryFile(definition, process.platform) !== undefined) return good('platform', found);
  const place = isOfWindows(definition) ? 'is a part of Windows' : `is ${libraryTitle(definition)}`;
  const cure = `The real library ${place}. On this system, use the simulated backend or another library.`;
  return warning('platform', found, cure);
}

function diagnoseNode(): Finding {
  const found = `${process.versions.node} at ${process.execPath}`;
  if (isNodeNewEnough(process.versions.node)) return good('node', found);
  return bad('node', found, `Install Node.js ${MINIMUM_NODE} or later.`);
}
