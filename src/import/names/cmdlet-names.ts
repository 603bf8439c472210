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
  /** Undefined if no word is a verb. */
  readonly noun: Noun | undefined;
  readonly first: string | undefined;
  readonly second: string | undefined;
  /** Invoke- and the name of the function, without the letter for its characters. */
  readonly third: string;
}

interface Noun {
  readonly verb: string;
  readonly noun: string;
  /** The word of the function's name that the verb stands for, in lower case; empty if there is none. */
  readonly word: string;
  /** True for a noun that is plural in the function's name. */
  readonly isPlural: boolean;
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
    const noun = nounOf(parts.core, isOnlyVersion ? '' : parts.version);
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

const ENUM = /^enum(erate)?$/;

/** What tells a function from the one whose name says the verb literally. */
function differenceOf({ verb, word, isPlural }: Noun): string | undefined {
  if (isPlural || ENUM.test(word)) return 'List';
  return word === verb.toLowerCase() ? undefined : upperFirst(word);
}

/** The function that keeps a name which several would have; undefined if none has more right to it than the others. */
function winnerOf(same: readonly Proposal[]): Proposal | undefined {
  const ranks = same.map(rankOf);
  const best = Math.min(...ranks);
  return ranks.indexOf(best) === ranks.lastIndexOf(best) ? same[ranks.indexOf(best)] : undefined;
}

/** The lower, the more right: the literal verb, then a function for one thing, then one for Unicode. */
const rankOf = ({ noun, parts }: Proposal): number =>
  (!noun || noun.word === noun.verb.toLowerCase() ? 0 : ENUM.test(noun.word) ? 12 : 6) +
  (noun?.isPlural ? 3 : 0) +
  ['W', '', 'A'].indexOf(parts.characters);

/** Returns the verb and the noun of a function's name without endings; undefined if no word is a verb. */
function nounOf(core: string, version: string): Noun | undefined {
  const [, verb, noun = ''] = /^(.*)-(.*)$/.exec(own(KNOWN, core) ?? '') ?? [];
  const found =
    verb === undefined ? fromWords(separated(core)) : { verb, noun, word: verb.toLowerCase(), isPlural: false };
  return found && /^[A-Z]/.test(found.noun) ? { ...found, noun: found.noun + upperFirst(version) } : undefined;
}

/** The words of a name; of one without capital letters, verbs are cut off words: closesocket, alljoyn_message_getsender. */
function separated(core: string): string[] {
  const words = wordsOf(core);
  if (/[A-Z]/.test(core)) return words;
  return words.flatMap((word) => (verbOf(word) ? [word] : (GLUED.exec(word)?.slice(1) ?? [word])));
}

/** A verb and what follows, but no other word that begins like it: settings, address, reader, freeze, isolate. */
const GLUED = new RegExp(
  '^(get|set|add|create|destroy|delete|remove|register|unregister|enable|disable|update|install|clear|cancel|open|close|free|' +
    'send|recv|read|has|is|end|find|start|stop)(?!tings|tlement|up$|t?ing$|e?rs?$|ress|ed$|s$|ze$|sue|olat|able|h$|y$|ian|let)([a-z]{2,})$',
);

function fromWords(words: readonly string[]): Noun | undefined {
  const at = verbPlace(words);
  const word = words[at] ?? '';
  const said = verbOf(word);
  const converted = !said || said.strength === 1 ? conversion(words) : undefined;
  if (converted || !said) return converted ?? answer(words);
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  const isKept = said.kept === 'always' || (said.kept === 'later' && at > 0);
  const kept = isKept ? [word] : [];
  const rest = withoutRepeated(before, [...kept, ...inOrder(after)]);
  return nounFrom(said.verb, rest, word, said.tail);
}

/** The place of the verb; -1 if there is none. Of equally strong words the first counts. */
function verbPlace(words: readonly string[]): number {
  const release = releasePlace(words);
  if (release > 0) return release;
  const strengths = words.map((word, index) => strengthOf(word, index, words));
  const best = Math.max(...strengths);
  return best >= 1 ? strengths.indexOf(best) : -1;
}

/** DsGetDcClose and FindVolumeClose close what others have opened; so does FindCloseChangeNotification. */
function releasePlace(words: readonly string[]): number {
  const last = words.length - 1;
  const isRelease = /^(Close|Free)$/.test(words[last] ?? '') && words.length > 2;
  return isRelease ? last : words[0] === 'Find' ? words.indexOf('Close') : -1;
}

function strengthOf(word: string, index: number, words: readonly string[]): number {
  // DeleteMetadataOfVhdSet: at the end a Set is a noun, if there is a verb.
  const isLast = index === words.length - 1;
  if (word === 'Set' && isLast) return 1;
  // NotifyAddrChange changes nothing.
  if (word === 'Change' && words.includes('Notify')) return 0;
  const said = verbOf(word);
  if (!said || (said.isLast ?? isLast) !== isLast) return 0;
  return said.strength + (index === 0 ? 0.5 : 0);
}

/**
 * WaitForSingleObject waits for a SingleObject, QueryInformationJobObject gets JobObjectInformation, and
 * GetNumberOfInterfaces gets the InterfaceCount.
 */
function inOrder(words: readonly string[]): readonly string[] {
  const [next = '', ...rest] = words;
  if (rest.length === 0) return words;
  if (next === 'For') return rest;
  if (/^Info(rmation)?$/.test(next) && !PREPOSITION.test(rest[0] as string)) return [...rest, next];
  return next === 'Number' && rest[0] === 'Of' && rest.length > 1 ? counted(rest.slice(1)) : words;
}

const PREPOSITION = /^(In|From|For|By|With)$/;

function counted(words: readonly string[]): string[] {
  const end = words.findIndex((word) => PREPOSITION.test(word));
  const what = end < 0 ? words : words.slice(0, end);
  return [
    ...what.map((word, index) => (index === what.length - 1 ? singularNoun(word) : word)),
    'Count',
    ...words.slice(what.length),
  ];
}

/** timeGetTime gets the Time, not the TimeTime; CertFindCertificateInStore finds a Certificate. */
function withoutRepeated(before: readonly string[], after: readonly string[]): readonly string[] {
  const last = before.at(-1)?.toLowerCase() ?? '';
  const next = after[0]?.toLowerCase() ?? '';
  const isRepeated = last === next || (last.length >= 4 && next.startsWith(last));
  return [...(isRepeated ? before.slice(0, -1) : before), ...after];
}

/** The noun of words, in the singular: its last word, and the one before the first preposition. */
function nounFrom(verb: string, words: readonly string[], word: string, tail = ''): Noun {
  const end = words.findIndex((one, index) => index > 0 && PREPOSITION.test(one));
  const what = words.slice(0, end < 0 ? words.length : end);
  const rest = words.slice(what.length);
  const plural = pascal(words);
  // PathFileExists keeps its verb as it is.
  const noun = words.at(-1) === word ? plural : singular(pascal(what)) + singular(pascal(rest));
  return { verb, noun: noun + tail, word: word.toLowerCase(), isPlural: noun !== plural };
}

/** As a last word, Windows are those on the screen, and to the rule for nouns a singular. */
const singular = (noun: string) => singularNoun(noun.replace(/Windows$/, 'Window'));

/** Last words that name something to be read: GlobalMemoryStatus, sqlite3_libversion. */
const ANSWERS = new Set(
  (
    'status version libversion count size length len name path info information time type level flags id index state position error ' +
    'errmsg errcode value string text data address handle mode code rate caps attributes parameter option changes statistics result'
  ).split(' '),
);

/** FileTimeToSystemTime converts, and WindowFromPoint gets. */
function conversion(words: readonly string[]): Noun | undefined {
  const place = words.findIndex((word) => /^to$/i.test(word));
  if (place > 0 && place < words.length - 1) return nounFrom('Convert', words, '');
  return words.indexOf('From') > 0 ? nounFrom('Get', words, '') : undefined;
}

/** The name of something that can be read. */
function answer(words: readonly string[]): Noun | undefined {
  const last = words.findLast((word) => /[a-z]/i.test(word)) ?? '';
  return words.length > 1 && ANSWERS.has(last.toLowerCase()) ? nounFrom('Get', words, '') : undefined;
}

/** The name, with Win32 before its noun if it is taken without; undefined if it is taken anyway. */
function free(verb: string, noun: string, options: NamingOptions): string | undefined {
  return [`${verb}-${noun}`, `${verb}-Win32${noun}`].find((name) => !isTaken(name, options));
}

function isTaken(name: string, { definitionName, prefix = '' }: NamingOptions): boolean {
  const shown = name.replace('-', `-${prefix}`);
  return (
    moduleWithCommand(shown) !== undefined || (definitionName !== undefined && isOwnCommand(shown, definitionName))
  );
}

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
