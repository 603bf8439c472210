/** Replaces test/standin/build.ts in the Windows lane: the same functions, with the Windows DLL. */
import { compileWindowsLibrary, copyStandIn as copyAny, type StandInSteering } from '../../standin/build.js';
import { STANDIN, STANDIN_WITHOUT_ONE_EXPORT } from '../compile.js';

export * from '../../standin/build.js';

export function buildStandIn(): string {
  return STANDIN;
}

export function buildStandInWithoutOneExport(): string {
  return STANDIN_WITHOUT_ONE_EXPORT;
}

export function copyStandIn(directory: string, steering: StandInSteering = {}, library = STANDIN): string {
  return copyAny(directory, steering, library);
}

export const compileLibrary = compileWindowsLibrary;
