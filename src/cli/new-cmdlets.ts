/** Proposes names of cmdlets for functions that have none yet. */

import type { Draft } from '../definition/draft.js';
import { singularNoun } from '../definition/nouns.js';
import { nounOf } from '../definition/reserved-names.js';
import { cmdletName } from '../import/names/cmdlet-names.js';

/** What names are proposed for: the definition's name, and its library. */
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
 * The name that the function suggests, or the whole of it if another cmdlet has that one. What tells a cmdlet over a
 * library that Windows does not have from a command of PowerShell is the name of the definition, and not Win32.
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
