/** The names of errno codes. Their numbers differ between systems. */
import { constants } from 'node:os';

/**
 * Returns the name of a code on this system, such as `ENOENT`; undefined if it has none. If two names share a code,
 * returns the first.
 */
export function errnoName(code: number): string | undefined {
  return Object.entries(constants.errno).find(([, value]) => value === code)?.[0];
}

/** True for the name of an errno on this system. */
export function isErrnoName(name: string): boolean {
  return Object.hasOwn(constants.errno, name);
}

/** Returns the code of a name on this system; undefined if it has none. */
export function errnoCode(name: string): number | undefined {
  return isErrnoName(name) ? constants.errno[name as keyof typeof constants.errno] : undefined;
}
