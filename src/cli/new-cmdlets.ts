/** Proposes names of cmdlets for functions that have none yet. */

import type { Draft } from '../definition/draft.js';
import { singularNoun } from '../definition/nouns.js';
import { nounOf } from '../definition/reserved-names.js';
import { cmdletName } from '../import/names/cmdlet-names.js';

/** The definition for which names are proposed: its name and its library. */
export type NamedDraft = Pick<Draft, 'name' | 'library'>;

/** Returns a cmdlet for each function, by its name: those that were chosen, and a proposal for each of the others. */
export function withProposals(
  functions: readonly string[],
  chosen: Readonly<Record<string, string>>,
  draft: NamedDraft,
): Record<string, string> {
  const cmdlets = { ...chosen };
  const named = new Set(Object.values(chosen));
  for (const name of functions) if (!named.has(name)) cmdlets[proposal(name, Object.keys(cmdlets), draft)] = name;
  return cmdlets;
}

/**
 * Returns the name that the function suggests, or its whole name if another cmdlet has that one. If PowerShell has a
 * command of that name, the noun gets a prefix: Win32 for a Windows library, otherwise the name of the definition.
 */
export function proposal(functionName: string, taken: readonly string[], { name, library }: NamedDraft): string {
  const options = { definitionName: name, ...(library.win32 === undefined && { qualifier: nounOf(name) }) };
  const whole = `Invoke-${wholeNoun(functionName)}`;
  const isFree = (name: string) =>
    singularNoun(name) === name && !taken.some((one) => one.toLowerCase() === name.toLowerCase());
  return [cmdletName(functionName, options), whole].find(isFree) ?? `${whole}Function`;
}

/** The whole name of a function as a noun. */
export const wholeNoun = (functionName: string): string =>
  functionName.replaceAll(/[^A-Za-z0-9]/g, '').replace(/^./, (first) => first.toUpperCase());
