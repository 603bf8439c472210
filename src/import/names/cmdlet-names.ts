/**
 * Names of cmdlets for functions.
 *
 * An approved verb is found from the words of the function's name, wherever it stands; the other words are the noun, in
 * the singular: RegOpenKeyExW becomes Open-RegKey. Endings such as W and Ex are dropped as long as the names stay
 * different. Where two functions would have one name, the one whose name says the verb literally keeps it, then the one
 * for Unicode; the other says what makes it different: EnumWindows is Get-WindowList beside GetWindow, and
 * CreateThingA is New-ThingAnsi beside CreateThingW. A name that PowerShell or Windows has already gets Win32 before
 * its noun: New-Win32Service. Only what has no verb, or is still not the only one of its name, is Invoke- and the whole
 * name of the function.
 */
import { singularNoun } from '../../definition/nouns.js';
import { own } from '../../definition/own.js';
import { isOwnCommand, moduleWithCommand } from '../../definition/reserved-names.js';
import { KNOWN } from './known.js';
import { type NameParts, partsOf } from './suffixes.js';
import { verbOf } from './verbs.js';
import { pascal, upperFirst, wordsOf } from './words.js';

export interface NamingOptions {
  /** The definition's name; its module has a command of its own, whose name is taken. */
  readonly definitionName?: string;
  /** The module's prefix, which stands before every noun: only names with it can clash with others. */
  readonly prefix?: string;
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
  for (const choose of [first, second]) {
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
  /** Undefined if no word is a verb. */
  readonly noun: Noun | undefined;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

interface Noun {
  readonly verb: string;
  readonly noun: string;
  /** The word of the function's name that the verb stands for, in lower case; empty if there is none. */
  readonly word: string;
}

const first = (one: Proposal) => one.first;
const second = (one: Proposal) => one.second;

function proposalsOf(functions: readonly string[], options: NamingOptions): Proposal[] {
  const split = functions.map((functionName) => ({ functionName, parts: partsOf(functionName) }));
  const cores = groupedBy(split, ({ parts }) => parts.core.toLowerCase());
  return split.map(({ functionName, parts }) => {
    const same = (cores.get(parts.core.toLowerCase()) ?? []).map((one) => one.parts);
    const isOnlyVersion = same.every(({ version }) => version === parts.version);
    const noun = nounOf(parts.core, isOnlyVersion ? '' : parts.version);
    const hasUnicode = same.some(({ version, characters }) => version === parts.version && characters === 'W');
    const difference = hasUnicode && parts.characters !== 'W' ? 'Ansi' : noun && differenceOf(noun);
    return {
      functionName,
      parts,
      noun,
      first: noun && free(noun.verb, noun.noun, options),
      second: noun && difference && free(noun.verb, noun.noun + difference, options),
    };
  });
}

/** What tells a function from the one whose name says the verb literally. */
function differenceOf({ verb, word }: Noun): string | undefined {
  if (/^enum(erate)?$/.test(word)) return 'List';
  return word === verb.toLowerCase() ? undefined : upperFirst(word);
}

/** The function that keeps a name which several would have; undefined if none has more right to it than the others. */
function winnerOf(same: readonly Proposal[]): Proposal | undefined {
  const ranks = same.map(rankOf);
  const best = Math.min(...ranks);
  return ranks.indexOf(best) === ranks.lastIndexOf(best) ? same[ranks.indexOf(best)] : undefined;
}

const rankOf = ({ noun, parts }: Proposal): number =>
  (noun && noun.word !== noun.verb.toLowerCase() ? 3 : 0) + ['W', '', 'A'].indexOf(parts.characters);

/** Returns the verb and the noun of a function's name without endings; undefined if no word is a verb. */
function nounOf(core: string, version: string): Noun | undefined {
  const [, verb, noun = ''] = /^(.*)-(.*)$/.exec(own(KNOWN, core) ?? '') ?? [];
  const found = verb === undefined ? fromWords(wordsOf(core)) : { verb, noun, word: '' };
  return found && /^[A-Z]/.test(found.noun) ? { ...found, noun: found.noun + upperFirst(version) } : undefined;
}

function fromWords(words: readonly string[]): Noun | undefined {
  const at = verbPlace(words);
  const said = at < 0 ? undefined : verbOf(words[at] as string);
  if (!said) return withoutVerb(words);
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  const kept = said.isKept && at > 0 ? [words[at] as string] : [];
  const rest = withoutRepeated(before, [...kept, ...withoutFor(after)]);
  const noun = singular(pascal(rest)) + (said.tail ?? '');
  return { verb: said.verb, noun, word: (words[at] as string).toLowerCase() };
}

/** The place of the verb; -1 if there is none. Of equally strong words the first counts. */
function verbPlace(words: readonly string[]): number {
  // FindVolumeClose closes what FindFirstVolume has found.
  const close = words[0] === 'Find' ? words.indexOf('Close') : -1;
  if (close > 0) return close;
  const strengths = words.map((word, index) => (verbOf(word)?.strength ?? 0) + (index === 0 ? 0.5 : 0));
  const best = Math.max(...strengths);
  return best >= 1 ? strengths.indexOf(best) : -1;
}

/** WaitForSingleObject waits for a SingleObject. */
const withoutFor = (words: readonly string[]) => (words[0] === 'For' && words.length > 1 ? words.slice(1) : words);

/** timeGetTime gets the Time, not the TimeTime. */
function withoutRepeated(before: readonly string[], after: readonly string[]): readonly string[] {
  const isSame = before.at(-1)?.toLowerCase() === after[0]?.toLowerCase();
  return [...before, ...(isSame ? after.slice(1) : after)];
}

/** The singular; the last word Windows means those on the screen, which is no plural to the rule for nouns. */
const singular = (noun: string) => singularNoun(noun.replace(/Windows$/, 'Window'));

/** Last words that name something to be read: GlobalMemoryStatus, sqlite3_libversion. */
const ANSWERS = new Set(
  (
    'status version libversion count size length len name path info information time type level flags id index state position error ' +
    'errmsg errcode value string text data address handle mode code rate caps attributes parameter option changes statistics result'
  ).split(' '),
);

/** The noun and the verb of a name that has no verb: of a conversion, or of something to be read. */
function withoutVerb(words: readonly string[]): Noun | undefined {
  const [start = ''] = words;
  const [, glued, rest = ''] = /^(get|set)([a-z]{3,})$/.exec(start) ?? [];
  if (glued !== undefined) return { verb: upperFirst(glued), noun: singular(pascal([rest, ...words.slice(1)])), word: glued };
  const noun = singular(pascal(words));
  const place = words.findIndex((word) => /^to$/i.test(word));
  if (place > 0 && place < words.length - 1) return { verb: 'Convert', noun, word: '' };
  const isAnswer = words.length > 1 && ANSWERS.has((words.at(-1) as string).toLowerCase());
  return isAnswer || words.indexOf('From') > 0 ? { verb: 'Get', noun, word: '' } : undefined;
}

/** The name, with Win32 before its noun if it is taken without; undefined if it is taken anyway. */
function free(verb: string, noun: string, options: NamingOptions): string | undefined {
  return [`${verb}-${noun}`, `${verb}-Win32${noun}`].find((name) => !isTaken(name, options));
}

function isTaken(name: string, { definitionName, prefix = '' }: NamingOptions): boolean {
  const shown = name.replace('-', `-${prefix}`);
  return moduleWithCommand(shown) !== undefined || (definitionName !== undefined && isOwnCommand(shown, definitionName));
}

/** `Invoke-` and the whole name, with a number where only the case of letters differs. */
function wholeName(functionName: string, taken: Set<string>, options: NamingOptions): string {
  const noun = pascal(wordsOf(functionName)).replace(/^[0-9]|^$/, 'Function$&');
  let name = free('Invoke', noun, options) ?? `Invoke-${noun}Function`;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `Invoke-${noun}${number}`;
  taken.add(name.toLowerCase());
  return name;
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
