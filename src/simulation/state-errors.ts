/** The two errors of a state file, each with its fix. */
import { advised, isForPowerShell } from '../definition/audience.js';
import { DlletError, messageOf } from '../definition/errors.js';

/** The file exists but is not a state: `SimulationStateInvalid`. `reason` is a clause without a full stop. */
export function stateInvalid(path: string, reason: string): DlletError {
  return new DlletError({
    id: 'SimulationStateInvalid',
    category: 'InvalidData',
    message: `The state file of the simulated backend, ${path}, is damaged: ${reason}.`,
    recommendedAction: `Repair the file, or discard it with: ${discard(path)}`,
    data: { path, reason },
  });
}

/** The file cannot be read, written or locked: `SimulationStateUnavailable`. `attempt` is a verb, as in "be read". */
export function stateUnavailable(path: string, attempt: string, cause: unknown): DlletError {
  const code = errorCode(cause);
  return new DlletError({
    id: 'SimulationStateUnavailable',
    category: code === 'EACCES' || code === 'EPERM' ? 'PermissionDenied' : 'ResourceUnavailable',
    message: `The state file of the simulated backend, ${path}, cannot ${attempt}: ${messageOf(cause)}.`,
    recommendedAction: `Make ${path} a regular file that you can read and write, in a directory that you can write to, or choose another file: ${advised('state')}`,
    data: { path, ...(code === undefined ? {} : { code }) },
    cause,
  });
}

/** Another process holds the lock for too long: `SimulationStateUnavailable`. */
export function stateLocked(path: string, lockDirectory: string, seconds: number): DlletError {
  return new DlletError({
    id: 'SimulationStateUnavailable',
    category: 'ResourceBusy',
    message: `The state file of the simulated backend, ${path}, has been locked by another process for ${seconds} seconds.`,
    recommendedAction: `Stop the process that holds the lock. If there is none, remove the empty directory ${lockDirectory}.`,
    data: { path, lockDirectory },
  });
}

/** Returns the `code` of a file system error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * True for an error by which Windows reports that another process has the file or directory open. On other systems the
 * same codes have their ordinary meaning.
 */
export function isPassing(error: unknown): boolean {
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
}

/** A PowerShell session has no dllet command. */
function discard(path: string): string {
  if (isForPowerShell()) return `Remove-Item -LiteralPath '${path.replaceAll("'", "''")}'`;
  return `dllet simulation reset --state ${quoted(path)}`;
}

function quoted(path: string): string {
  return /^[\w./\\:~-]+$/.test(path) ? path : `"${path}"`;
}
