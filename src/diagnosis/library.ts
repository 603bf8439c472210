/** Checks koffi, the library, and each of its functions. */
import { readFile } from 'node:fs/promises';
import type { Definition } from '../definition/types.js';
import { fileVersion, readImage } from '../package/pe-image.js';
import { type Finding, failed, good } from './finding.js';

/** Loads koffi's addon. */
export async function diagnoseKoffi(): Promise<Finding> {
  try {
    const { koffiFacts } = await import('../native/koffi-facts.js');
    const { version, addon } = koffiFacts();
    return good('koffi', addon === undefined ? version : `${version} at ${addon}`);
  } catch (error) {
    return failed('koffi', error, KOFFI_CURE);
  }
}

const KOFFI_CURE =
  'Install the module or dllet again, for this platform. On Windows, a policy (App Control, Smart App Control) ' +
  'may block an unsigned addon. In that case, sign koffi.node (see docs/signing.md).';

/** One finding for the library, and one for each export of the definition. */
export async function diagnoseLibrary(options: {
  readonly definition: Definition;
  readonly libraryPath?: string | undefined;
  readonly directory?: string | undefined;
}): Promise<Finding[]> {
  try {
    const { createNativeBackend } = await import('../native/backend.js');
    const backend = createNativeBackend(options);
    const file = backend.locate();
    const exports = Object.values(options.definition.functions).map((fn) =>
      attempt('export', fn.name, () => backend.bind(fn)),
    );
    // A library that is missing or cannot be loaded is one finding, not one for each function.
    const [broken] = exports.filter(({ id }) => id === 'LibraryNotFound');
    if (broken) return [{ ...broken.finding, check: 'library' }];
    return [good('library', `${file}, ${await versionOf(file)}`), ...exports.map(({ finding }) => finding)];
  } catch (error) {
    return [failed('library', error, 'Check the path of the library.')];
  }
}

function attempt(check: string, found: string, work: () => void): { id?: unknown; finding: Finding } {
  try {
    work();
    return { finding: good(check, found) };
  } catch (error) {
    const { id } = error as { id?: unknown };
    return { id, finding: failed(check, error, 'Use a version of the library that has this function.') };
  }
}

/**
 * Reads the version from the file itself. GetFileVersionInfoW reads the file with the library's translated texts if
 * there is one, whose version can differ.
 */
async function versionOf(file: string): Promise<string> {
  try {
    const version = fileVersion(readImage(await readFile(file)));
    return version ? `version ${version.join('.')}` : 'without a version resource';
  } catch {
    return 'which has no version of Windows';
  }
}
