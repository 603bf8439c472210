/** The provider of operations that every program has. The cmdlet over its operation adds what only the session knows. */
import path from 'node:path';
import type { OperationProvider } from '../bridge/operations.js';
import type { DiagnosisOptions } from './diagnose.js';
import type { FindingStatus } from './finding.js';

/** The name that definitions give it. */
export const DIAGNOSIS = 'diagnosis';

/** The names of its operations. */
export const DIAGNOSIS_OPERATIONS = ['diagnose'] as const;

const STATUSES: Readonly<Record<FindingStatus, string>> = { good: 'Good', warning: 'Warning', bad: 'Bad' };

export function diagnosisProvider(
  options: Omit<DiagnosisOptions, 'moduleDirectory'>,
): Pick<OperationProvider, (typeof DIAGNOSIS_OPERATIONS)[number]> {
  return {
    diagnose: async () => {
      const { diagnose } = await import('./diagnose.js');
      const findings = await diagnose({ ...options, moduleDirectory: moduleDirectory(process.argv[1]) });
      return {
        Rows: findings.map(({ check, status, found, cure }) => ({
          Check: check,
          Status: STATUSES[status],
          Found: found,
          Cure: cure ?? null,
        })),
      };
    },
  };
}

/** The module of this program: `<module>/bin/dllet.cjs`. Undefined for the command line. */
function moduleDirectory(program: string | undefined): string | undefined {
  if (program === undefined || path.basename(program) !== 'dllet.cjs') return undefined;
  return path.dirname(path.dirname(path.resolve(program)));
}
