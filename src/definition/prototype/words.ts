/** Sorts the words before a name into type, macros and name. */
import { nearest, refuse } from './errors.js';
import { C_WORDS, CONST_WORDS, CONVENTIONS, IGNORED_WORDS, type NamedType, TYPE_WORDS } from './names.js';
import type { Scope } from './scope.js';
import type { Annotation, Located, Piece, Tagged, Word } from './syntax.js';

/** True for the words of old headers that SAL has replaced. */
export const isOldMark = (piece: { readonly kind: string; readonly text?: string }): boolean =>
  piece.kind === 'word' && /^(IN|OUT|OPTIONAL)$/.test(piece.text ?? '');

export interface Reading {
  readonly type: NamedType;
  /** The type without the stars before the name. The names after a comma share it. */
  readonly shared: Shared;
  /** True if the value itself is const. */
  readonly isConst: boolean;
  /** The offset of the type. */
  readonly at: number;
  readonly name?: Word;
  readonly annotations: readonly (Annotation | Word)[];
  readonly convention?: string;
  /** True if it has an explicit alignment. */
  readonly isAligned: boolean;
}

interface Shared {
  readonly type: NamedType;
  readonly isConst: boolean;
}

export interface TypeSource {
  readonly scope: Scope;
  /** Returns the type of `struct X`, and declares it if it has a body. */
  tagged(tagged: Tagged): NamedType;
}

/** Whether a name is required. */
export type NameRule = 'required' | 'possible';

/** Reads the part of a declarator before its suffix. Throws Mistake. */
export function readWords(pieces: readonly Piece[], source: TypeSource, rule: NameRule): Reading {
  const sorted = sort(pieces);
  const { base, name } = typeAndName(sorted, source, rule, pieces[0] as Located);
  return {
    type: pointed(base.type, sorted.isConst, sorted.stars),
    shared: { type: base.type, isConst: sorted.isConst },
    isConst: sorted.stars.at(-1) ?? sorted.isConst,
    at: base.at,
    ...(name && { name }),
    ...sorted.found,
  };
}

/** A declarator after a comma: its name, and the pointers that it adds to the type of the first one. */
export function readDeclarator(pieces: readonly Piece[], shared: Shared, at: number): Reading {
  const sorted = sort(pieces);
  const words = [...sorted.words, ...sorted.afterStar];
  const name = words.at(-1);
  if (!name) return refuse((pieces[0] as Located).at, 'a name is missing here');
  checkMacros(words.slice(0, -1));
  return {
    type: pointed(shared.type, shared.isConst, sorted.stars),
    shared,
    isConst: false,
    at,
    name,
    ...sorted.found,
  };
}

interface Sorted {
  /** The words that are neither macros nor marks, before the first star and after it. */
  readonly words: readonly Word[];
  readonly afterStar: readonly Word[];
  readonly tagged?: Tagged;
  readonly isConst: boolean;
  /** For each star, whether const follows it. */
  readonly stars: readonly boolean[];
  readonly found: Pick<Reading, 'annotations' | 'convention' | 'isAligned'>;
}

function sort(pieces: readonly Piece[]): Sorted {
  const words: Word[] = [];
  const afterStar: Word[] = [];
  const annotations: (Annotation | Word)[] = [];
  const stars: boolean[] = [];
  const tags: Tagged[] = [];
  let isConst = false;
  let convention: string | undefined;
  let isAligned = false;
  for (const piece of pieces) {
    if (piece.kind === 'star') stars.push(false);
    else if (piece.kind === 'annotation') annotations.push(piece);
    else if (piece.kind === 'attribute') isAligned ||= piece.isAligned;
    else if (piece.kind === 'tagged') tags.push(piece);
    else if (isOldMark(piece)) annotations.push(piece);
    else if (CONST_WORDS.has(piece.text)) {
      if (stars.length === 0) isConst = true;
      else stars[stars.length - 1] = true;
    } else if (CONVENTIONS.has(piece.text)) convention = conventionOf(piece);
    else if (!IGNORED_WORDS.has(piece.text)) (stars.length === 0 ? words : afterStar).push(piece);
  }
  if (tags.length > 1) refuse((tags[1] as Tagged).at, 'there are two types here, but only one is allowed');
  return {
    words,
    afterStar,
    ...(tags[0] && { tagged: tags[0] }),
    isConst,
    stars,
    found: { annotations, ...(convention !== undefined && { convention }), isAligned },
  };
}

function conventionOf({ text, at }: Word): string {
  const convention = CONVENTIONS.get(text) as string;
  return convention === 'other'
    ? refuse(at, `functions with the calling convention ${text} cannot be called`)
    : convention;
}

interface TypeAndName {
  readonly base: { readonly type: NamedType; readonly at: number };
  readonly name: Word | undefined;
}

function typeAndName(sorted: Sorted, source: TypeSource, rule: NameRule, { at }: Located): TypeAndName {
  const { words, afterStar, tagged } = sorted;
  const keywords = words.filter(({ text }) => TYPE_WORDS.has(text));
  const others = words.filter(({ text }) => !TYPE_WORDS.has(text));
  if (tagged || keywords.length > 0) {
    if (tagged && keywords.length > 0)
      return refuse((keywords[0] as Word).at, 'there are two types here, but only one is allowed');
    checkOneType(words, keywords);
    const type = tagged ? source.tagged(tagged) : ofKeywords(keywords);
    const typeAt = tagged?.at ?? (keywords[0] as Word).at;
    const last = sorted.stars.length > 0 ? afterStar : others.filter((word) => word.at > typeAt);
    const name = last.at(-1);
    checkMacros(
      [...others, ...afterStar].filter((word) => word !== name),
      source.scope,
    );
    return named(type, typeAt, name, rule);
  }
  if (sorted.stars.length > 0) {
    const name = afterStar.at(-1);
    const { type, word } = typeOf(others, source.scope, at, 'pointed to');
    checkMacros(
      [...others, ...afterStar].filter((one) => one !== word && one !== name),
      source.scope,
    );
    return named(type, word.at, name, rule);
  }
  const last = others.at(-1);
  const isUnnamed =
    rule === 'possible' &&
    last !== undefined &&
    (others.length === 1 ||
      (source.scope.lookup(last.text) !== undefined &&
        others.slice(0, -1).every(({ text }) => !source.scope.lookup(text))));
  const name = isUnnamed ? undefined : last;
  const candidates = others.filter((word) => word !== name);
  if (candidates.length === 0 && name) {
    return refuse(name.at, `the type of '${name.text}' is missing; write it before the name`);
  }
  const { type, word } = typeOf(candidates, source.scope, at);
  checkMacros(
    candidates.filter((one) => one !== word),
    source.scope,
  );
  return named(type, word.at, name, rule);
}

function named(type: NamedType, at: number, name: Word | undefined, rule: NameRule): TypeAndName {
  if (!name && rule === 'required') return refuse(at, 'the name of the function is missing after this type');
  return { base: { type, at }, name };
}

/** Returns the single word that is a type. */
function typeOf(
  words: readonly Word[],
  scope: Scope,
  at: number,
  use?: 'pointed to',
): { readonly type: NamedType; readonly word: Word } {
  const found = words.flatMap((word) => {
    const type = word.text === 'STDAPI' ? scope.lookup('HRESULT') : scope.lookup(word.text);
    return type ? [{ type, word }] : [];
  });
  const [first, second] = found;
  if (second)
    return refuse(
      second.word.at,
      `'${(first as { word: Word }).word.text}' and '${second.word.text}' are both types, but only one is allowed`,
    );
  if (first) return first;
  const word = words.find(({ text }) => !isMacro(text)) ?? words.at(-1);
  if (!word) return refuse(at, 'a type is missing here');
  // Documentation pages do not declare opaque types, such as `sqlite3`.
  const isOpaque = use === 'pointed to' && nearest(word.text, scope.typeNames) === undefined;
  if (isOpaque) return { type: { base: { role: 'opaque', name: word.text }, pointers: [] }, word };
  return refuse(word.at, unknownType(word.text, scope));
}

/** Returns the message about an unknown type, with a similar name if there is one. */
export function unknownType(name: string, scope: Scope): string {
  const near = nearest(name, scope.typeNames);
  const hint = near === undefined ? '' : `did you mean '${near}'? Otherwise `;
  return `the type '${name}' is unknown: ${hint}declare it, as in 'typedef unsigned int ${name};' or 'typedef struct { ... } ${name};'`;
}

/** Matches names in capitals: headers define such words as empty or as an attribute. */
const isMacro = (text: string) => /^_*[A-Z][A-Z0-9_]*$/.test(text) || text.startsWith('__');

function checkMacros(words: readonly Word[], scope?: Scope): void {
  const second = words.find(({ text }) => scope?.lookup(text));
  if (second) refuse(second.at, `there are two types here, but only one is allowed: '${second.text}' is the other one`);
  const odd = words.find(({ text }) => !isMacro(text));
  if (odd) refuse(odd.at, `'${odd.text}' is not valid here: it is not the type or the name`);
}

/** Throws for two types, as in `int a int b`. */
function checkOneType(words: readonly Word[], keywords: readonly Word[]): void {
  const from = words.indexOf(keywords[0] as Word);
  const after = words.slice(from).find((word) => !keywords.includes(word) && !isMacro(word.text));
  const second = after && keywords.find(({ at }) => at > after.at);
  if (second) refuse(second.at, `'${second.text}' is not expected after the name '${after?.text}'; is a ',' missing?`);
}

function ofKeywords(words: readonly Word[]): NamedType {
  const texts = words.map(({ text }) => (text === '__signed__' ? 'signed' : text));
  const only = (text: string) => texts.every((one) => one === text);
  const kept = texts.filter((text) => {
    if (text === 'signed') return texts.includes('char') && !only('signed');
    return text !== 'int' || only('int');
  });
  const key = kept.length === 0 ? 'int' : kept.sort().join(' ');
  const found = Object.hasOwn(C_WORDS, key) ? C_WORDS[key] : undefined;
  const name = texts.join(' ');
  if (!found) return refuse((words[0] as Word).at, `'${name}' is not a C type`);
  return { base: { ...found, name }, pointers: [] };
}

/**
 * Adds pointers to a type. `isConst` applies to the type itself: for a name of a pointer it makes the pointer const,
 * not the memory.
 */
function pointed(type: NamedType, isConst: boolean, stars: readonly boolean[]): NamedType {
  let isConstBefore = isConst;
  const pointers = [...type.pointers];
  for (const isConstAfter of stars) {
    pointers.push(isConstBefore);
    isConstBefore = isConstAfter;
  }
  return { base: type.base, pointers };
}
