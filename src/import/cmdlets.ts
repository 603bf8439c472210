/** Proposes cmdlets for imported functions, for a person to edit. */
import { singularNoun } from '../definition/nouns.js';
import { cmdletNames, type NamingOptions } from './names/cmdlet-names.js';

/** The function of a cmdlet, or a cmdlet as written in a definition. */
type CmdletOf = string | { readonly function: string; readonly allowPluralNoun: boolean };

/** Returns the cmdlets for functions, by name. */
export function importCmdlets(functions: readonly string[], options: NamingOptions): Record<string, CmdletOf> {
  const names = cmdletNames(functions, options);
  const cmdlets = functions.map((name, index) => {
    const cmdlet = names[index] as string;
    return [cmdlet, singularNoun(cmdlet) === cmdlet ? name : { function: name, allowPluralNoun: true }] as const;
  });
  return Object.fromEntries(cmdlets);
}
