/** The audit on Windows: Group Policy, the account of the process, the event log. */
import path from 'node:path';
import { messageOf } from '../definition/errors.js';
import { nativeSystem } from '../native/system.js';
import { openAccount } from '../system/account.js';
import { openEventLog } from '../system/event-log.js';
import { openMachineRegistry } from '../system/registry.js';
import { processFacts } from './actor.js';
import type { AuditSystem } from './auditor.js';
import { policyKey, readPolicy } from './policy.js';

export function windowsAuditSystem(definitionName: string): AuditSystem {
  const system = nativeSystem('win32');
  const registry = openMachineRegistry(system);
  const account = openAccount(system);
  const eventLog = openEventLog(system);
  const key = policyKey(definitionName);
  const place = `HKEY_LOCAL_MACHINE\\${key}`;
  return {
    actor: () => ({ ...account(), ...processFacts() }),
    policy: () => {
      try {
        const AuditPath = registry.text(key, 'AuditPath');
        const AuditEventLog = registry.number(key, 'AuditEventLog');
        return readPolicy({ AuditPath, AuditEventLog }, place, isWholePath);
      } catch (error) {
        return { eventLog: false, problems: [`The audit policy ${place} cannot be read: ${messageOf(error)}.`] };
      }
    },
    writeEvent: eventLog,
  };
}

/** True for a path with a drive or a share. Node also accepts \x as absolute, which depends on the current drive. */
function isWholePath(file: string): boolean {
  return path.win32.isAbsolute(file) && /^([A-Za-z]:|[\\/]{2})/.test(file);
}
