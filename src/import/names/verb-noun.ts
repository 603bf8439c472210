/** Finds the verb and the noun in the words of a function's name. */
import { singularNoun } from '../../definition/nouns.js';
import { own } from '../../definition/own.js';
import { KNOWN } from './known.js';
import { verbOf } from './verbs.js';
import { pascal, upperFirst, wordsOf } from './words.js';

export interface VerbNoun {
  readonly verb: string;
  readonly noun: string;
  /** The word of the function's name for the verb, in lower case; empty if there is none. */
  readonly word: string;
  /** True for a noun that is plural in the function's name. */
  readonly isPlural: boolean;
}

/** Returns the verb and the noun of a function's name without endings; undefined if there is no verb in it. */
export function verbNounOf(core: string, version: string): VerbNoun | undefined {
  const [, verb, noun = ''] = /^(.*)-(.*)$/.exec(own(KNOWN, core) ?? '') ?? [];
  const found = verb === undefined ? fromWords(separated(core)) : { verb, noun, word: '', isPlural: false };
  return found && /^[A-Z]/.test(found.noun) ? { ...found, noun: found.noun + upperFirst(version) } : undefined;
}

/**
 * Returns the words of a name. In a name without capital letters, verbs are separated: closesocket,
 * alljoyn_message_getsender.
 */
function separated(core: string): string[] {
  const words = wordsOf(core);
  return /[A-Z]/.test(core) ? words : words.flatMap((word) => GLUED.exec(word)?.slice(1) ?? [word]);
}

/** Matches a lower-case word that begins with a verb, except words in which those letters are not a verb. */
const GLUED = new RegExp(
  '^(?!settings?$|address|addition|stopword|readable|startup$|isolat|issue|island|hash)' +
    '(get|set|add|create|destroy|delete|remove|register|unregister|enable|disable|update|install|clear|cancel|open|close|free|' +
    'send|recv|read|find|start|stop|is|has)([a-z]{3,})$',
);

function fromWords(words: readonly string[]): VerbNoun | undefined {
  if (isFact(words)) return nounFrom('Get', words, '');
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

/** The end of a name that asks for a version: OPENSSL_version_pre_release. */
const VERSION = / (lib)?version( (num|number|str|string|info|details|major|minor|patch|pre release|build metadata))?$/i;

/** True for a name that asks for a fact about the library, whatever words are in it: XXH_versionNumber, LZ4_compressBound. */
function isFact(words: readonly string[]): boolean {
  const isAction = (word: string) => (verbOf(word)?.strength ?? 0) > 1;
  const text = words.join(' ');
  const before = text.replace(VERSION, '');
  if (before !== text) return !before.split(' ').some(isAction);
  return / bound$/i.test(text) && !words.some((word) => /^[gs]et$/i.test(word));
}

/** The index of the verb; -1 if there is none. The first of equally strong words is used. */
function verbPlace(words: readonly string[]): number {
  const release = releasePlace(words);
  if (release > 0) return release;
  const strengths = words.map((word, index) => strengthOf(word, index, words));
  const best = Math.max(...strengths);
  return best >= 1 ? strengths.indexOf(best) : -1;
}

/**
 * A verb at the end that releases: DsGetDcClose and FindVolumeClose close handles, and so does
 * FindCloseChangeNotification.
 */
function releasePlace(words: readonly string[]): number {
  const last = words.length - 1;
  const isRelease = /^(Close|Free)$/.test(words[last] ?? '') && words.length > 2;
  return isRelease ? last : words[0] === 'Find' ? words.indexOf('Close') : -1;
}

function strengthOf(word: string, index: number, words: readonly string[]): number {
  // DeleteMetadataOfVhdSet: Set at the end is a noun if there is another verb.
  const isLast = index === words.length - 1;
  if (word === 'Set' && isLast) return 1;
  // NotifyAddrChange changes nothing.
  if (word === 'Change' && words.includes('Notify')) return 0;
  const said = verbOf(word);
  if (!said || (said.isLast ?? isLast) !== isLast) return 0;
  return said.strength + (index === 0 ? 0.5 : 0);
}

/**
 * Reorders words: WaitForSingleObject waits for a SingleObject, QueryInformationJobObject gets JobObjectInformation,
 * and GetNumberOfInterfaces gets the InterfaceCount.
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

/**
 * Removes repeated words: timeGetTime gets the Time, not the TimeTime; CertFindCertificateInStore finds a Certificate.
 */
function withoutRepeated(before: readonly string[], after: readonly string[]): readonly string[] {
  const last = before.at(-1)?.toLowerCase() ?? '';
  const next = after[0]?.toLowerCase() ?? '';
  const isRepeated = last === next || (last.length >= 4 && next.startsWith(last));
  return [...(isRepeated ? before.slice(0, -1) : before), ...after];
}

/** The noun of words, in the singular: the last word, and the word before the first preposition. */
function nounFrom(verb: string, words: readonly string[], word: string, tail = ''): VerbNoun {
  const end = words.findIndex((one, index) => index > 0 && PREPOSITION.test(one));
  const what = words.slice(0, end < 0 ? words.length : end);
  const rest = words.slice(what.length);
  const plural = pascal(words);
  // PathFileExists keeps its verb as it is.
  const noun = words.at(-1) === word ? plural : singular(pascal(what)) + singular(pascal(rest));
  return { verb, noun: noun + tail, word: word.toLowerCase(), isPlural: noun !== plural };
}

/** Windows as a last word are windows on the screen, although the rule for nouns takes the word as singular. */
const singular = (noun: string) => singularNoun(noun.replace(/Windows$/, 'Window'));

/** Last words that name something readable: GlobalMemoryStatus, sqlite3_libversion. */
const ANSWERS = new Set(
  (
    'status version libversion count size length len name path info information time type level flags id index state position error ' +
    'errmsg errcode value string text data address handle mode code rate caps attributes parameter option changes statistics result'
  ).split(' '),
);

/** FileTimeToSystemTime is a conversion, and WindowFromPoint a query. */
function conversion(words: readonly string[]): VerbNoun | undefined {
  const place = words.findIndex((word) => /^to$/i.test(word));
  if (place > 0 && place < words.length - 1) return nounFrom('Convert', words, '');
  return words.indexOf('From') > 0 ? nounFrom('Get', words, '') : undefined;
}

/** The verb and noun for the name of something readable. */
function answer(words: readonly string[]): VerbNoun | undefined {
  const last = words.findLast((word) => /[a-z]/i.test(word)) ?? '';
  return words.length > 1 && ANSWERS.has(last.toLowerCase()) ? nounFrom('Get', words, '') : undefined;
}
