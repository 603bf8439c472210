/**
 * Trace lines for DSC on stderr, in the form that all versions from 3.0 to 3.3 understand. Source: `struct Trace` of
 * `command_resource.rs` in PowerShell/DSC: `timestamp`, `level` and `fields.message` are required.
 */
import { type Json, toAsciiJson } from '../bridge/messages.js';

export const TRACE_LEVELS = ['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'] as const;

export type TraceLevel = (typeof TRACE_LEVELS)[number];

/** Returns one line of JSON, without its line feed; additional data is beside the message, where DSC ignores it. */
export function traceLine(
  level: TraceLevel,
  message: string,
  facts: Readonly<Record<string, Json>> = {},
  now: Date = new Date(),
): string {
  return toAsciiJson({ timestamp: now.toISOString(), level, fields: { ...facts, message }, target: 'dllet' });
}

/** Returns whether DSC wants lines of this level; DSC_TRACE_LEVEL names the lowest one. Errors are always wanted. */
export function isTraced(level: TraceLevel, wanted: string | undefined): boolean {
  const limit = TRACE_LEVELS.indexOf(wanted?.toUpperCase() as TraceLevel);
  return TRACE_LEVELS.indexOf(level) <= (limit === -1 ? TRACE_LEVELS.indexOf('WARN') : limit);
}
