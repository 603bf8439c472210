/** The policy of a machine for one module: values of Group Policy on Windows, a JSON file elsewhere. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../definition/errors.js';
import type { AuditPolicy } from './targets.js';

/** The directory of policies on systems other than Windows; only root can write to it. */
const POLICY_DIRECTORY = '/etc/dllet';

/** The key of a module below HKEY_LOCAL_MACHINE. */
export function policyKey(definitionName: string): string {
  return `SOFTWARE\\Policies\\dllet\\${definitionName}`;
}

/** Reads the policy in `/etc/dllet/<definition>.policy.json`; without the file there is no policy. */
export function filePolicy(definitionName: string, directory = POLICY_DIRECTORY): AuditPolicy {
  const file = path.join(directory, `${definitionName}.policy.json`);
  try {
    const values: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (values === null || typeof values !== 'object' || Array.isArray(values))
      throw new Error('it is not a JSON object');
    const { AuditPath, AuditEventLog } = values as { readonly [name: string]: unknown };
    return readPolicy({ AuditPath, AuditEventLog }, file, path.isAbsolute);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_POLICY;
    return { eventLog: false, problems: [`The audit policy ${file} cannot be read: ${messageOf(error)}.`] };
  }
}

/** Returns the validated values of a policy; `place` is their origin, for error messages. */
export function readPolicy(
  { AuditPath, AuditEventLog }: { readonly AuditPath: unknown; readonly AuditEventLog: unknown },
  place: string,
  isAbsolute: (path: string) => boolean,
): AuditPolicy {
  const problems: string[] = [];
  const isPath = typeof AuditPath === 'string' && isAbsolute(AuditPath);
  if (AuditPath !== undefined && AuditPath !== '' && !isPath) {
    problems.push(`AuditPath of the audit policy ${place} must be an absolute path, not ${JSON.stringify(AuditPath)}.`);
  }
  const isSwitch = [undefined, 0, 1, false, true].includes(AuditEventLog as number | boolean | undefined);
  if (!isSwitch) {
    problems.push(`AuditEventLog of the audit policy ${place} must be 0 or 1, not ${JSON.stringify(AuditEventLog)}.`);
  }
  return {
    ...(isPath ? { path: AuditPath } : {}),
    eventLog: AuditEventLog === 1 || AuditEventLog === true,
    problems,
  };
}

const NO_POLICY: AuditPolicy = { eventLog: false, problems: [] };
