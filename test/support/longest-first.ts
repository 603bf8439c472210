/** The order of the test files: the longest first, so that the workers end at the same time. */
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, in this order. The others follow, the larger ones first. */
const LONGEST = [
  'powershell/faults',
  'powershell/pipeline-rows',
  'powershell/settings',
  'powershell/survival',
  'package/client-bytes.powershell',
  'powershell/streams',
  'powershell/examples',
  'powershell/odd-programs',
  'native/sanitizer',
  'definition/fuzz',
  'powershell/imported-modules',
  'powershell/names',
];

export class LongestFirst extends BaseSequencer {
  override async sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification) => {
      const place = LONGEST.indexOf(nameOf(moduleId));
      return [project.config.sequence.groupOrder, place < 0 ? LONGEST.length : place] as const;
    };
    const sorted = await super.sort(specs);
    return sorted
      .map((spec) => ({ spec, rank: rank(spec) }))
      .sort((one, other) => one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1])
      .map(({ spec }) => spec);
  }
}

/** `test/powershell/names.test.ts` is `powershell/names`. */
function nameOf(file: string): string {
  return path
    .relative(path.resolve('test'), file)
    .replaceAll(path.sep, '/')
    .replace(/\.test\.ts$/, '');
}
