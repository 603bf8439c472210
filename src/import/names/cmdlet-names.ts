/**
 * Names of cmdlets for functions.
 *
 * An approved verb is found from the words of the function's name, wherever it stands; the other words are the noun, in
 * the singular: RegOpenKeyExW becomes Open-RegKey. Endings such as W and Ex are dropped as long as the names stay
 * different. A name that PowerShell or Windows has already gets Win32, or the name of another library, before its noun:
 * New-Win32Service. Of a noun that begins with a short form of the module's prefix, that is left out: with the prefix
 * Registry, RegOpenKey becomes Open-Key, which is Open-RegistryKey at the prompt.
 *
 * Where functions would have one name, the first of these keeps it: the one whose name says the verb literally, one
 * without such a word, one with another word for the verb, one that enumerates; of equals the one for a single thing,
 * and of those the one for Unicode. The others say what makes them different: EnumWindows is Get-WindowList beside
 * GetWindow, and CreateThingA New-ThingAnsi beside CreateThingW. Equals in everything all do.
 *
 * Only what has no verb, or still no name of its own, is Invoke- and the whole name of the function.
 */
import { isOwnCommand, moduleWithCommand } from '../../definition/reserved-names.js';
import { type NameParts, partsOf } from './suffixes.js';
import { type VerbNoun, verbNounOf } from './verb-noun.js';
import { pascal, upperFirst, wordsOf } from './words.js';

export interface NamingOptions {
  /** The definition's name; its module has a command of its own, whose name is taken. */
  readonly definitionName?: string;
  /** The module's prefix, which stands before every noun: only names with it can clash with others. */
  readonly prefix?: string;
  /** What stands before a noun whose name is taken without; default: Win32. */
  readonly qualifier?: string;
}

/** Returns the cmdlet's name of one function that is alone. */
export function cmdletName(functionName: string, options: NamingOptions = {}): string {
  return cmdletNames([functionName], options)[0] as string;
}

/** Returns the cmdlets' names of functions that are in one module, in the same order; no two are the same. */
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

/** What a function could be called. */
interface Proposal {
  readonly functionName: string;
  readonly parts: NameParts;
  /** Undefined if nothing says a verb. */
  readonly noun: VerbNoun | undefined;
  /** The verb and the noun. */
  readonly first: string | undefined;
  /** The same with what tells the function from others. */
  readonly second: string | undefined;
  /** Invoke- and the name of the function, without the letter for its characters. */
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

/** Leaves `Reg` out behind the prefix Registry. A whole word of the prefix stays: a FileSystemFileTime is no FileSystemTime. */
function withoutShortPrefix(found: VerbNoun | undefined, { prefix = '' }: NamingOptions): VerbNoun | undefined {
  const [first = '', next = ''] = wordsOf(found?.noun ?? '');
  const [word = ''] = wordsOf(prefix);
  const isShort = first.length >= 3 && first.length < word.length && word.toLowerCase().startsWith(first.toLowerCase());
  return found && isShort && /^[A-Z]/.test(next) ? { ...found, noun: found.noun.slice(first.length) } : found;
}

const ENUM = /^enum(erate)?$/;

/** What tells a function from the one whose name says the verb literally; undefined if its noun says that already. */
function differenceOf({ verb, noun, word, isPlural }: VerbNoun): string | undefined {
  if (word === verb.toLowerCase() && !isPlural) return undefined;
  const difference = isPlural || ENUM.test(word) ? 'List' : upperFirst(word);
  return noun.endsWith(difference) ? undefined : difference;
}

/** The function that keeps a name which several would have; undefined if none has more right to it than the others. */
function winnerOf(same: readonly Proposal[]): Proposal | undefined {
  const ranks = same.map(rankOf);
  const best = Math.min(...ranks);
  return ranks.indexOf(best) === ranks.lastIndexOf(best) ? same[ranks.indexOf(best)] : undefined;
}

/** The lower, the more right: the literal verb, then a function for one thing, then one for Unicode. */
function rankOf({ noun, parts }: Proposal): number {
  const { verb = '', word = '', isPlural = false } = noun ?? {};
  const verbRank = word === verb.toLowerCase() ? 0 : word === '' ? 1 : ENUM.test(word) ? 3 : 2;
  return verbRank * 10 + (isPlural ? 5 : 0) + ['W', '', 'A'].indexOf(parts.characters);
}

/** The name, with the qualifier before its noun if it is taken without; undefined if it is taken anyway. */
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

/** `Invoke-` and the name of the function. */
function invoking(functionName: string, options: NamingOptions): string {
  const noun = pascal(wordsOf(functionName)).replace(/^[0-9]|^$/, 'Function$&');
  return free('Invoke', noun, options) ?? `Invoke-${noun}Function`;
}

/** `Invoke-` and the whole name, with a number where only the case of letters differs. */
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
