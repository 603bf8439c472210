/** The record of one change: the same fields in a file and in the event log. docs/audit.md describes them to users. */
import type { Change } from '../bridge/audited.js';
import { type Json, toAsciiJson } from '../bridge/messages.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { Actor } from './actor.js';

/** The version of this format. It is incremented when a field changes its meaning, not when one is added. */
const FORMAT = 1;

/** The maximum length of recorded parameters as JSON text, in characters: a record must fit into one Windows event. */
export const PARAMETERS_LIMIT = 4096;

export interface AuditRecord extends Actor {
  readonly format: number;
  /** The time of the call, UTC. */
  readonly time: string;
  readonly definition: string;
  readonly definitionVersion: string;
  readonly function: string;
  /** Null if the parameters were too long. */
  readonly params: Json;
  readonly outcome: 'ok' | 'error';
  readonly errorId: string | null;
  /** The category of the error, as PowerShell has them: PermissionDenied, ObjectNotFound, ... */
  readonly category: string | null;
  /** The code that the function reported. The other two are for functions that report errno or Win32 codes. */
  readonly win32: number | null;
  readonly hresult: number | null;
  readonly ntstatus: number | null;
  readonly reason: string | null;
  readonly backend: Backend['name'];
  /** The absolute path of the called library; null for the simulated backend. */
  readonly library: string | null;
}

export function makeRecord(change: Change, definition: Definition, backend: Backend, actor: Actor): AuditRecord {
  const error = 'error' in change.answer ? change.answer.error : undefined;
  const code = (kind: string) => numberOrNull(error?.data[kind]);
  return {
    format: FORMAT,
    time: change.time.toISOString(),
    definition: definition.name,
    definitionVersion: definition.version,
    function: change.function,
    params: toAsciiJson(change.params).length > PARAMETERS_LIMIT ? null : change.params,
    outcome: error ? 'error' : 'ok',
    errorId: error?.data.id ?? null,
    category: error?.data.category ?? null,
    win32: code('win32'),
    hresult: code('hresult'),
    ntstatus: code('ntstatus'),
    reason: change.reason,
    backend: backend.name,
    library: backend.library?.() ?? null,
    ...actor,
  };
}

function numberOrNull(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
