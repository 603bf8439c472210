import type { Definition } from '../definition/types.js';
import { bareName } from './powershell-text.js';

/** The functions that every module exports, whatever its definition says. */
export function ownFunctions({ name }: Definition): string[] {
  return [`Test-${bareName(name)}Module`];
}
