/** Records and what they are made of. */
import type { Actor } from '../../../src/audit/actor.js';
import { type AuditRecord, makeRecord } from '../../../src/audit/record.js';
import type { Change } from '../../../src/bridge/audited.js';
import type { RpcError } from '../../../src/bridge/messages.js';
import { fakeBackend } from '../../support/backends.js';
import { sampleDefinition } from '../../support/definitions.js';

export const ACTOR: Actor = {
  user: 'CONTOSO\\ada',
  userId: 'S-1-5-21-1-2-3-1001',
  elevated: true,
  session: 2,
  logonId: '0x3e7',
  host: 'server1',
  processId: 4711,
  parentProcessId: 815,
};

export const TIME = new Date(Date.UTC(2031, 1, 3, 4, 5, 6, 789));

export function change(edits: Partial<Change> = {}): Change {
  return {
    function: 'WriteRed',
    params: { Wide: '5' },
    reason: 'CHG0042',
    time: TIME,
    answer: { result: { Wide: '6' } },
    ...edits,
  };
}

export function record(edits: Partial<Change> = {}): AuditRecord {
  return makeRecord(change(edits), sampleDefinition(), fakeBackend(), ACTOR);
}

export function failed(data: Partial<RpcError['data']>): { readonly error: RpcError } {
  const required = { id: 'TwoFailed', category: 'InvalidData', recommendedAction: 'Stop.' };
  return { error: { code: -32000, message: 'It failed.', data: { ...required, ...data } } };
}
