/**
 * The public interface of this directory: converts C declarations, as in headers and documentation pages, to the long
 * form.
 */
import { evaluate } from './constants.js';
import { TypeDeclarations } from './declare.js';
import { type Architecture, type Define, prepare, tellsArchitectures } from './directives.js';
import { Mistake, PrototypeError, refuse } from './errors.js';
import * as grammar from './grammar.js';
import { layoutProblem } from './layout.js';
import type { LongFunction, LongSpec } from './long-form.js';
import { KNOWN_NAMES, KNOWN_STRUCTS, type NamedType, type Role, STRUCT_ALIASES } from './names.js';
import { makeParameters, type Note } from './parameters.js';
import { readParameters, usesWindows } from './read-parameters.js';
import { makeReturns } from './returns.js';
import { type KnownTypes, Scope } from './scope.js';
import type { Declaration, FunctionSuffix, HeaderMacro } from './syntax.js';
import { readWords } from './words.js';

export { PrototypeError } from './errors.js';
export type {
  Extent,
  FailureRule,
  LongField,
  LongFunction,
  LongParameter,
  LongReturns,
  LongSpec,
  LongType,
} from './long-form.js';
export type { NamedType } from './names.js';
export type { Note } from './parameters.js';
export type { KnownTypes } from './scope.js';

/** A function of a text. */
export interface ParsedFunction {
  readonly name: string;
  /** The offset of its name. */
  readonly at: number;
  /** The text of its declaration only. */
  readonly written: string;
  /** The offset of its type, behind the marks. */
  readonly start: number;
  /** The names of the marks before it. */
  readonly marks: readonly string[];
  readonly definition: LongFunction;
}

/** What a text declares. Its types, names and constants can be given to the next text. */
export interface ParsedPrototypes {
  readonly functions: readonly ParsedFunction[];
  /** The named types of the definition: structs, enums, flags, numbers and handles. */
  readonly types: Readonly<Record<string, LongSpec>>;
  /** All declared C names, including those of pointers and tags. */
  readonly names: Readonly<Record<string, NamedType>>;
  readonly constants: Readonly<Record<string, bigint>>;
  /** Assumptions, for the author to check. */
  readonly notes: readonly Note[];
}

/** The maximum length of a text, in characters, and the maximum nesting. */
const MOST_CHARACTERS = 100_000;
const MOST_LEVELS = 50;

/**
 * Parses C declarations: functions, structs, enums and typedefs. `known`: what other texts and the definition declare.
 * Throws PrototypeError.
 */
export function parsePrototypes(text: string, known: KnownTypes = {}): ParsedPrototypes {
  const parsed = parseFor('x64', text, known);
  return tellsArchitectures(text) ? withOtherLayouts(text, known, parsed, parseFor('x86', text, known)) : parsed;
}

function parseFor(architecture: Architecture, text: string, known: KnownTypes): ParsedPrototypes {
  const scope = new Scope(known, (other, into) => void read(other, architecture, into, () => {}));
  const notes: Note[] = [];
  try {
    const functions = read(text, architecture, scope, (note) => notes.push(note));
    return {
      functions,
      types: Object.fromEntries(scope.types),
      names: Object.fromEntries(scope.names),
      constants: Object.fromEntries(scope.constants),
      notes,
    };
  } catch (error) {
    throw error instanceof Mistake ? new PrototypeError(text, error) : error;
  }
}

/** What a text declares for 64-bit Windows, with the types that are others in 32-bit Windows in both layouts. */
function withOtherLayouts(
  text: string,
  known: KnownTypes,
  parsed: ParsedPrototypes,
  other: ParsedPrototypes,
): ParsedPrototypes {
  const refuseAt = (at: number, message: string) => {
    throw new PrototypeError(text, new Mistake(at, message));
  };
  for (const { name, at, definition } of parsed.functions) {
    const same = other.functions.find((one) => one.name === name);
    if (same && JSON.stringify(same.definition) !== JSON.stringify(definition))
      refuseAt(at, `'${name}' has other parameters in 32-bit Windows: only types can have two layouts`);
  }
  const types = Object.entries(parsed.types).map(([name, spec]): [string, LongSpec] => {
    const x86 = other.types[name]?.type;
    if (x86 === undefined || JSON.stringify(x86) === JSON.stringify(spec.type)) return [name, spec];
    const type = { architectures: { x64: spec.type, x86 } };
    const problem = layoutProblem(type, { ...known.types, ...parsed.types });
    if (problem !== undefined) refuseAt(text.search(new RegExp(`\\b${name}\\b`)), `'${name}': ${problem}`);
    return [name, { ...spec, type }];
  });
  return { ...parsed, types: Object.fromEntries(types) };
}

/** The role of a type that the headers declare; undefined for every other name. */
export function knownRole(name: string): Role | undefined {
  const known = KNOWN_NAMES.get(name);
  if (known) return known.pointers.length > 0 ? undefined : known.base.role;
  return Object.hasOwn(KNOWN_STRUCTS, name) || Object.hasOwn(STRUCT_ALIASES, name) ? 'struct' : undefined;
}

/** Combines the declarations of two texts, for use by a third one. */
export function joinKnown(one: KnownTypes, other: Pick<ParsedPrototypes, 'types' | 'names' | 'constants'>): KnownTypes {
  return {
    ...(one.handles && { handles: one.handles }),
    types: joined(one.types, other.types),
    names: joined(one.names, other.names),
    constants: joined(one.constants, other.constants),
  };
}

/** Returns the same object if nothing is added, because most texts add nothing. */
function joined<T>(one: Readonly<Record<string, T>> = {}, other: Readonly<Record<string, T>>) {
  return Object.keys(other).length === 0 ? one : { ...one, ...other };
}

function read(text: string, architecture: Architecture, scope: Scope, note: (note: Note) => void): ParsedFunction[] {
  if (text.length > MOST_CHARACTERS)
    refuse(
      MOST_CHARACTERS,
      `the text is longer than ${MOST_CHARACTERS} characters; keep only the declarations that you need`,
    );
  const prepared = prepare(text, architecture);
  checkDepth(prepared.text);
  for (const define of prepared.defines) defineConstant(define, scope);
  const types = new TypeDeclarations(scope, prepared.packing);
  const declarations = tree(prepared.text);
  // Two passes, because documentation pages show a function before the types that it uses.
  for (const declaration of declarations) {
    if (declaration.kind === 'macro') types.declareByMacro(declaration);
    else if (!functionSuffix(declaration)) types.declare(declaration);
  }
  return declarations.flatMap((declaration) => {
    if (declaration.kind === 'macro') return [];
    const suffix = functionSuffix(declaration);
    if (!suffix) return [];
    const written = text.slice(declaration.at, declaration.end).trim();
    return [{ ...functionOf(declaration, suffix, types, note), written }];
  });
}

/** A `#define` of a number becomes a constant; other definitions are ignored. */
function defineConstant({ name, value }: Define, scope: Scope): void {
  try {
    checkDepth(value);
    const expression = grammar.parse(value, { startRule: 'Constant' });
    scope.constants.set(
      name,
      evaluate(expression, (other) => scope.constant(other)),
    );
  } catch (error) {
    if (!(error instanceof grammar.SyntaxError) && !(error instanceof Mistake)) throw error;
  }
}

/** Limits the nesting, because the parser is recursive. */
function checkDepth(text: string): void {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/[()[\]{}]/g)) {
    if ('([{'.includes(sign)) depth += 1;
    else depth = Math.max(0, depth - 1);
    if (depth > MOST_LEVELS) refuse(index, `the text is nested deeper than ${MOST_LEVELS} levels`);
  }
}

function tree(text: string): (Declaration | HeaderMacro)[] {
  try {
    return grammar.parse(text, { startRule: 'Text' });
  } catch (error) {
    if (!(error instanceof grammar.SyntaxError)) throw error;
    throw syntaxMistake(text, error);
  }
}

/** Tokens that may be missing, the most likely first. */
const LIKELY = ["')'", "']'", "';'", "'}'", 'a number', 'a name', 'a word'];

function syntaxMistake(text: string, { expected, location }: grammar.SyntaxError): Mistake {
  const { offset } = location.start;
  const descriptions = expected.map(({ description, text: literal }) => description ?? `'${literal}'`);
  const likely = LIKELY.filter((one) => descriptions.includes(one));
  const closers = likely.filter((one) => one.startsWith("'"));
  const missing =
    closers.length > 0 ? closers : likely.slice(0, 1).map((one) => (one === 'a word' ? 'a type or a name' : one));
  if (descriptions.includes("','") && closers.length > 0 && !closers.includes("';'")) missing.unshift("','");
  const [, word] = /^(\w+|[\s\S])/.exec(text.slice(offset)) ?? [];
  const found = word === undefined ? 'the text ends here' : `'${word}' is not expected here`;
  if (word === '(' && /\(\s*$/.test(text.slice(0, offset))) {
    return new Mistake(offset, 'write the parameters in one pair of parentheses, without macros such as OF', missing);
  }
  const hint = missing.length === 0 ? '' : `: ${missing.join(' or ')} is missing`;
  return new Mistake(offset, `${found}${hint}`, missing);
}

/** The parameters of a function declaration; undefined for a declaration of types. */
function functionSuffix({ first, more }: Declaration): FunctionSuffix | undefined {
  const isTypedef = first.pieces.some((piece) => piece.kind === 'word' && piece.text === 'typedef');
  if (first.suffix?.kind !== 'function' || isTypedef) return undefined;
  if (more[0]) refuse(more[0].at, "the function ends here; is a ';' missing, or a ')' before it?");
  return first.suffix;
}

function functionOf(
  { first, marks }: Declaration,
  suffix: FunctionSuffix,
  types: TypeDeclarations,
  note: (note: Note) => void,
): Omit<ParsedFunction, 'written'> {
  const reading = readWords(first.pieces, types, 'required');
  const { text: name, at } = reading.name as { text: string; at: number };
  const read = readParameters(suffix, types);
  const hasStandardCall = reading.convention === 'stdcall';
  const isWindows = hasStandardCall || reading.type.base.isWindows === true || usesWindows(read);
  const facts = { isWindows, isAnsi: isWindows && /[a-z0-9]A$/.test(name) };
  const parameters = makeParameters(read, types, facts, note);
  const returns = makeReturns(
    { function: name, type: reading.type, at: reading.at, marks, parameters },
    types.scope,
    facts,
    note,
  );
  const callingConvention =
    reading.convention === undefined ? (isWindows ? 'stdcall' : 'cdecl') : hasStandardCall ? 'stdcall' : 'cdecl';
  return {
    name,
    at,
    start: first.at,
    marks: marks.map((one) => one.name),
    definition: { callingConvention, parameters, returns },
  };
}
