/**
 * Trace lines for DSC on stderr, in the one form that 3.0 to 3.3 all understand. Source: `struct Trace` of `command_resource.rs`
 * in PowerShell/DSC: `timestamp`, `level` and `fields.message` are needed.
 */
import { type Json, toAsciiJson } from '../bridge/messages.js';

export const TRACE_LEVELS = ['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'] as const;

export type TraceLevel = (typeof TRACE_LEVELS)[number];

/** One line of JSON, without its end; further facts stand beside the message, where DSC passes them over. */
export function traceLine(
  level: TraceLevel,
  message: string,
  facts: Readonly<Record<string, Json>> = {},
  now: Date = new Date(),
): string {
  return toAsciiJson({ timestamp: now.toISOString(), level, fields: { ...facts, message }, target: 'dllet' });
}

/** Whether DSC wants lines of this level; it names the least grave in DSC_TRACE_LEVEL. Errors are always wanted. */
export function isTraced(level: TraceLevel, wanted: string | undefined): boolean {
  const limit = TRACE_LEVELS.indexOf(wanted?.toUpperCase() as TraceLevel);
  return TRACE_LEVELS.indexOf(level) <= (limit === -1 ? TRACE_LEVELS.indexOf('WARN') : limit);
}
