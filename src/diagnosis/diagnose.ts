/** Diagnoses a machine for a definition. A failed check does not stop the others. */
import type { Definition } from '../definition/types.js';
import { checkFiles } from './check-files.js';
import { checkKoffi, checkLibrary } from './check-library.js';
import { checkElevation, checkSmartAppControl } from './check-trust.js';
import { bad, type Finding, good, warning } from './finding.js';

export interface DiagnosisOptions {
  readonly definition: Definition;
  /** The backend of the calls. */
  readonly backend: 'native' | 'simulated';
  /** The absolute path of the user's own library. */
  readonly libraryPath?: string | undefined;
  /** The directory of a module whose files are compared with its catalog. */
  readonly moduleDirectory?: string | undefined;
}

/** Returns the findings in display order. Loads the library, but calls none of its functions. */
export async function diagnose(options: DiagnosisOptions): Promise<Finding[]> {
  const { definition, backend, moduleDirectory } = options;
  return [
    good('definition', `${definition.name} ${definition.version}`),
    checkPlatform(),
    checkNode(),
    ...(backend === 'simulated' ? [SIMULATED] : [await checkKoffi(), ...(await checkLibrary(options))]),
    await checkElevation(),
    ...(await checkSmartAppControl()),
    ...(moduleDirectory === undefined ? [] : [await checkFiles(moduleDirectory)]),
  ];
}

const SIMULATED = warning(
  'backend',
  'simulated: nothing is called, nothing of this computer changes',
  'For the real functions, use the native backend (leave Backend and --backend out).',
);

function checkPlatform(): Finding {
  const found = `${process.platform} ${process.arch}`;
  if (process.platform === 'win32') return good('platform', found);
  return warning(
    'platform',
    found,
    'The real library is a part of Windows; here, a simulated backend or another library stands in.',
  );
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const found = `${process.versions.node} at ${process.execPath}`;
  if (major > 20 || (major === 20 && minor >= 19)) return good('node', found);
  return bad('node', found, 'Install Node.js 20.19 or later.');
}
