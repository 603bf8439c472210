/**
 * Names of cmdlets for functions.
 *
 * The words of the function's name contain the verb, at any place; the approved verb replaces it. The other words are
 * the noun, in the singular: RegOpenKeyExW becomes Open-RegKey. Endings such as W and Ex are removed if the names stay
 * different. A name that PowerShell or Windows already uses gets Win32, or the name of another library, before its
 * noun: New-Win32Service. If a noun begins with an abbreviation of the module's prefix, the abbreviation is removed:
 * with the prefix Registry, RegOpenKey becomes Open-Key, and the cmdlet is Open-RegistryKey.
 *
 * If several functions would have one name, the first of these keeps it: one whose name contains the verb literally,
 * one without such a word, one with another word for the verb, one that enumerates; among equals the one for a single
 * object, and among those the one for Unicode. The others add the difference: EnumWindows is Get-WindowList beside
 * GetWindow, and CreateThingA New-ThingAnsi beside CreateThingW. If several are equal in everything, all of them add
 * it.
 *
 * A function without a verb, or still without a unique name, becomes Invoke- and its whole name.
 */
import { isOwnCommand, moduleWithCommand } from '../../definition/reserved-names.js';
import { type NameParts, partsOf } from './suffixes.js';
import { type VerbNoun, verbNounOf } from './verb-noun.js';
import { pascal, upperFirst, wordsOf } from './words.js';

export interface NamingOptions {
  /** The definition's name. Its module has a cmdlet of its own with this name, which is reserved. */
  readonly definitionName?: string;
  /** The module's prefix, which precedes every noun. Only names with the prefix can conflict with other commands. */
  readonly prefix?: string;
  /** The word before a noun whose name is already used; default: Win32. */
  readonly qualifier?: string;
}

/** Returns the cmdlet name for a single function. */
export function cmdletName(functionName: string, options: NamingOptions = {}): string {
  return cmdletNames([functionName], options)[0] as string;
}

/** Returns the cmdlet names for the functions of one module, in the same order and all different. */
export function cmdletNames(functions: readonly string[], options: NamingOptions = {}): string[] {
  const proposals = proposalsOf(functions, options);
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const choose of [first, second, third]) {
    const open = proposals.filter((one) => !names.has(one.functionName) && choose(one) !== undefined);
    for (const [key, same] of groupedBy(open, (one) => (choose(one) as string).toLowerCase())) {
      const winner = taken.has(key) ? undefined : winnerOf(same);
      if (!winner) continue;
      names.set(winner.functionName, choose(winner) as string);
      taken.add(key);
    }
  }
  return functions.map((name) => names.get(name) ?? wholeName(name, taken, options));
}

/** The candidates for a function's name. */
interface Proposal {
  readonly functionName: string;
  readonly parts: NameParts;
  /** Undefined if there is no verb in the name. */
  readonly noun: VerbNoun | undefined;
  /** The verb and the noun. */
  readonly first: string | undefined;
  /** The verb and the noun with the difference from other functions. */
  readonly second: string | undefined;
  /** Invoke- and the name of the function, without A or W. */
  readonly third: string;
}

const first = (one: Proposal) => one.first;
const second = (one: Proposal) => one.second;
const third = (one: Proposal) => one.third;

function proposalsOf(functions: readonly string[], options: NamingOptions): Proposal[] {
  const split = functions.map((functionName) => ({ functionName, parts: partsOf(functionName) }));
  const cores = groupedBy(split, ({ parts }) => parts.core.toLowerCase());
  return split.map(({ functionName, parts }) => {
    const same = (cores.get(parts.core.toLowerCase()) ?? []).map((one) => one.parts);
    const isOnlyVersion = same.every(({ version }) => version === parts.version);
    const noun = withoutShortPrefix(verbNounOf(parts.core, isOnlyVersion ? '' : parts.version), options);
    const hasUnicode = same.some(({ version, characters }) => version === parts.version && characters === 'W');
    const difference = hasUnicode && parts.characters !== 'W' ? 'Ansi' : noun && differenceOf(noun);
    return {
      functionName,
      parts,
      noun,
      first: noun && free(noun.verb, noun.noun, options),
      second: noun && difference && free(noun.verb, noun.noun + difference, options),
      third: invoking(parts.core + parts.version, options),
    };
  });
}

/**
 * Removes `Reg` after the prefix Registry. Keeps a whole word of the prefix: FileSystemFileTime does not become
 * FileSystemTime.
 */
function withoutShortPrefix(found: VerbNoun | undefined, { prefix = '' }: NamingOptions): VerbNoun | undefined {
  const [first = '', next = ''] = wordsOf(found?.noun ?? '');
  const [word = ''] = wordsOf(prefix);
  const isShort = first.length >= 3 && first.length < word.length && word.toLowerCase().startsWith(first.toLowerCase());
  return found && isShort && /^[A-Z]/.test(next) ? { ...found, noun: found.noun.slice(first.length) } : found;
}

const ENUM = /^enum(erate)?$/;

/**
 * The difference from the function whose name contains the verb literally; undefined if the noun already contains it.
 */
function differenceOf({ verb, noun, word, isPlural }: VerbNoun): string | undefined {
  if (word === verb.toLowerCase() && !isPlural) return undefined;
  const difference = isPlural || ENUM.test(word) ? 'List' : upperFirst(word);
  return noun.endsWith(difference) ? undefined : difference;
}

/** The function that keeps a name which several would have; undefined if none takes precedence. */
function winnerOf(same: readonly Proposal[]): Proposal | undefined {
  const ranks = same.map(rankOf);
  const best = Math.min(...ranks);
  return ranks.indexOf(best) === ranks.lastIndexOf(best) ? same[ranks.indexOf(best)] : undefined;
}

/** The precedence, lowest first: the literal verb, then a function for one object, then one for Unicode. */
function rankOf({ noun, parts }: Proposal): number {
  const { verb = '', word = '', isPlural = false } = noun ?? {};
  const verbRank = word === verb.toLowerCase() ? 0 : word === '' ? 1 : ENUM.test(word) ? 3 : 2;
  return verbRank * 10 + (isPlural ? 5 : 0) + ['W', '', 'A'].indexOf(parts.characters);
}

/** Returns the name, with the qualifier before its noun if the name is used; undefined if both are used. */
function free(verb: string, noun: string, options: NamingOptions): string | undefined {
  const { qualifier = 'Win32' } = options;
  return [`${verb}-${noun}`, `${verb}-${qualifier}${noun}`].find((name) => !isTaken(name, options));
}

function isTaken(name: string, { definitionName, prefix = '' }: NamingOptions): boolean {
  const shown = name.replace('-', `-${prefix}`);
  return (
    moduleWithCommand(shown) !== undefined || (definitionName !== undefined && isOwnCommand(shown, definitionName))
  );
}

/** Returns `Invoke-` and the name of the function. */
function invoking(functionName: string, options: NamingOptions): string {
  const noun = pascal(wordsOf(functionName)).replace(/^[0-9]|^$/, 'Function$&');
  return free('Invoke', noun, options) ?? `Invoke-${noun}Function`;
}

/** Returns `Invoke-` and the whole name, with a number if another name differs only in case. */
function wholeName(functionName: string, taken: Set<string>, options: NamingOptions): string {
  const plain = invoking(functionName, options);
  let name = plain;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${plain}${number}`;
  taken.add(name.toLowerCase());
  return name;
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
