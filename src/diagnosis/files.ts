/** Compares the files of a packed module with its catalog. */
import { compareWithCatalog } from '../package/catalog.js';
import { bad, type Finding, failed, good, warning } from './finding.js';

const CHECK = 'files';

/** The maximum number of files that are named. */
const NAMED = 5;

/** Warns if there is no catalog: the module was not packed, so its files cannot be verified. */
export async function diagnoseFiles(moduleDirectory: string): Promise<Finding> {
  try {
    const deviations = await compareWithCatalog(moduleDirectory);
    if (deviations.length === 0) return good(CHECK, 'unchanged since the module was packed');
    const [first] = deviations;
    if (first?.status === 'Missing' && first.path.endsWith('.catalog.json')) {
      return warning(
        CHECK,
        'there is no catalog: the module was not packed',
        'In a clone of the repository, you have nothing to do. Elsewhere, install a packed module.',
      );
    }
    const names = deviations.slice(0, NAMED).map(({ status, path }) => `${status.toLowerCase()}: ${path}`);
    const more = deviations.length > NAMED ? [`and ${deviations.length - NAMED} more`] : [];
    return bad(CHECK, [...names, ...more].join('; '), 'Install the module again, from a source that you trust.');
  } catch (error) {
    return failed(CHECK, error, 'Check that you are allowed to read the files of the module.');
  }
}
