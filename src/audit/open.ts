/** The audit of this machine. */
import type { Auditor } from '../bridge/audited.js';
import { posixActor } from './actor.js';
import { type AuditorOptions, type AuditSystem, createAuditor } from './auditor.js';
import { filePolicy } from './policy.js';

export async function openAuditor(options: Omit<AuditorOptions, 'system'>): Promise<Auditor> {
  return createAuditor({ ...options, system: await auditSystem(options.definition.name) });
}

async function auditSystem(definitionName: string): Promise<AuditSystem> {
  if (process.platform !== 'win32') return posixAuditSystem(definitionName);
  const { windowsAuditSystem } = await import('./windows.js');
  return windowsAuditSystem(definitionName);
}

function posixAuditSystem(definitionName: string): AuditSystem {
  return {
    actor: posixActor,
    policy: () => filePolicy(definitionName),
    writeEvent: () => {
      throw new Error('only Windows has an event log');
    },
  };
}
