/** Declarations of types: structs, enums, typedefs, and the pointers to them. */

import type { HandleType } from '../types.js';
import { readCallback } from './callbacks.js';
import type { Packing } from './directives.js';
import { flagsOf, readEnum } from './enums.js';
import { refuse } from './errors.js';
import { readFields, withUse } from './fields.js';
import { layoutOf } from './layout.js';
import type { LongField, LongType } from './long-form.js';
import { checkMark, readHandle, type WrittenHandle } from './marks.js';
import { type Base, KNOWN_NAMES, type NamedType, STANDARD_NAMES } from './names.js';
import type { Scope } from './scope.js';
import type { Declaration, Entry, HeaderMacro, Mark, MarkArgument, Tagged } from './syntax.js';
import { arrayType, handleType, valueType, wholeConstant } from './values.js';
import { type Reading, readDeclarator, readWords, type TypeSource } from './words.js';

/** The context of a struct or enum outside its body. */
interface Surroundings {
  /** The name from the typedef. */
  readonly name?: string | undefined;
  readonly isFlags: boolean;
  readonly isPacked: boolean;
}

const NOTHING: Surroundings = { isFlags: false, isPacked: false };

/** Adds the types of one text to a scope. */
export class TypeDeclarations implements TypeSource {
  readonly scope: Scope;
  readonly #packing: readonly Packing[];
  #surroundings = NOTHING;
  /** The handle that the marks before a typedef declare. */
  #handle: WrittenType | undefined;
  /** The structs whose fields are being read. */
  readonly #unfinished = new Set<string>();

  constructor(scope: Scope, packing: readonly Packing[]) {
    this.scope = scope;
    this.#packing = packing;
  }

  /** Adds the types of a declaration that has no function. Throws Mistake. */
  declare({ marks, first: written, more }: Declaration): void {
    const first = { ...written, pieces: withUse(written.pieces, marks) };
    for (const mark of marks)
      checkMark(mark, { flags: [0, 0], handle: [1, 1], known: [2, 2], lent: [0, 0], use: [1, 1], switch_is: [1, 1] });
    const tagged = first.pieces.find((piece) => piece.kind === 'tagged');
    const isTypedef = first.pieces.some((piece) => piece.kind === 'word' && piece.text === 'typedef');
    const flags = marks.find(({ name }) => name === 'flags');
    if (flags && !tagged?.enumerators) refuse(flags.at, "the mark 'flags' is only for an enum");
    const owned = marks.find(({ name }) => OF_HANDLES.has(name));
    if (owned && (!isTypedef || tagged?.enumerators || tagged?.members))
      refuse(
        owned.at,
        `the mark '${owned.name}' is only for a typedef of a handle, a number or a struct without fields`,
      );
    this.#handle = owned && handleOf(marks, owned.at, this.scope);
    const entries = [first, ...more];
    const attributes = entries.flatMap(({ pieces, trailer }) =>
      [...pieces, ...trailer].filter((piece) => piece.kind === 'attribute'),
    );
    const aligned = tagged?.isAligned ? tagged : attributes.find(({ isAligned }) => isAligned);
    if (aligned) refuse(aligned.at, 'types with their own alignment are not supported');
    this.#surroundings = {
      name: isTypedef && tagged ? entries.map(plainName).find((name) => name !== undefined) : undefined,
      isFlags: flags !== undefined,
      isPacked: attributes.some(({ isPacked }) => isPacked),
    };
    if (isTypedef) this.#typedef(first, more);
    else this.#declareTag(first, tagged);
  }

  /** Handles DECLARE_HANDLE(HTHING), and DEFINE_ENUM_FLAG_OPERATORS(THING), which makes the enum THING flags. */
  declareByMacro({ macro, name, at }: HeaderMacro): void {
    const { types } = this.scope;
    if (macro === 'DECLARE_HANDLE') {
      this.#add(name, { role: 'handle', isWindows: true }, 'HANDLE');
      return;
    }
    const type = types.get(name)?.type;
    if (type === undefined || typeof type === 'string' || !('enum' in type)) {
      refuse(at, `the enum '${name}' is not declared before this line`);
    }
    types.set(name, { type: flagsOf(type) });
  }

  /** Returns the type of `struct X`, with or without fields. */
  tagged(tagged: Tagged): NamedType {
    const { tag, name, at } = tagged;
    const around = this.#surroundings;
    this.#surroundings = NOTHING;
    if (tagged.members) {
      if (tag === 'enum') refuse(at, 'an enum has names and values, not fields');
      return this.#struct({ ...tagged, isPacked: tagged.isPacked || around.isPacked }, around.name);
    }
    if (tagged.enumerators) {
      if (tag !== 'enum') refuse(at, `a ${tag} needs fields, each of which ends with ';'`);
      const type = readEnum(tagged, this);
      return this.#enter(around.name, tagged, { role: 'number' }, around.isFlags ? flagsOf(type) : type);
    }
    if (name === undefined) return refuse(at, `this ${tag} has no name and no body`);
    if (this.#unfinished.has(name)) {
      return { base: { role: 'struct', name, reason: 'it would contain itself' }, pointers: [] };
    }
    const known = this.scope.lookup(name);
    if (known) return known;
    if (tag === 'enum') refuse(at, `the enum '${name}' is not declared; add its names and values`);
    return { base: { role: 'opaque', name }, pointers: [] };
  }

  #struct(tagged: Tagged, given: string | undefined): NamedType {
    const { name, tag } = tagged;
    if (name !== undefined) this.#unfinished.add(name);
    const { fields, pack, isWindows } = readFields(tagged, this, this.#packing);
    if (name !== undefined) this.#unfinished.delete(name);
    const type =
      tag === 'union'
        ? { union: fields, ...usedField(tagged, fields), ...(pack !== undefined && { pack }) }
        : { struct: fields, ...(pack !== undefined && { pack }) };
    return this.#enter(given, tagged, { role: 'struct', ...(isWindows && { isWindows }) }, type);
  }

  /** Adds a struct or an enum under the name of a typedef, and under its tag. */
  #enter(given: string | undefined, tagged: Tagged, base: Omit<Base, 'name'>, type: LongType): NamedType {
    const { name: tag, at } = tagged;
    const name = given ?? tag;
    if (name === undefined) {
      return { base: { ...base, name: base.role === 'struct' ? 'the struct' : 'the enum', type }, pointers: [] };
    }
    const known = STANDARD_NAMES.has(name) ? this.scope.lookup(name) : undefined;
    const named = known ? this.#standard(known, type, at) : this.#add(name, base, type);
    if (tag !== undefined) this.scope.names.set(tag, named);
    return named;
  }

  /** Adds a type of the definition. */
  #add(name: string, base: Omit<Base, 'name'>, type: LongType): NamedType {
    const named: NamedType = { base: { ...base, name, type: name }, pointers: [] };
    this.scope.types.set(name, { type });
    this.scope.names.set(name, named);
    return named;
  }

  /** A struct for which .NET has a type keeps its built-in type, even if the text declares its fields. */
  #standard(known: NamedType, type: LongType, at: number): NamedType {
    const size = (of: LongType) => layoutOf(of, this.scope)?.size;
    const { name, type: standard } = known.base;
    if (standard === undefined || size(standard) !== size(type))
      refuse(at, `'${name}' is a built-in type of another size; choose another name`);
    return known;
  }

  /** Handles `struct X { ... };`, and `struct X;`. */
  #declareTag(first: Entry, tagged: Tagged | undefined): void {
    if (!tagged) {
      const word = first.pieces.find((piece) => piece.kind === 'word');
      refuse(
        word?.at ?? first.at,
        "this does not declare a function or a type: a function needs '(' and its parameters, and a type starts with 'typedef', 'struct' or 'enum'",
      );
    }
    const extra = first.pieces.find((piece) => piece.kind === 'word' || piece.kind === 'star');
    if (extra) refuse(extra.at, 'variables of a library are not supported; declare only functions and types');
    const type = this.tagged(tagged);
    if (type.base.role === 'opaque' && tagged.name !== undefined) this.scope.names.set(tagged.name, type);
  }

  #typedef(first: Entry, more: readonly Entry[]): void {
    const reading = readWords(first.pieces, this, 'possible');
    if (!reading.name && first.suffix?.kind !== 'callback') {
      refuse(reading.at, 'the new name is missing after this type');
    }
    this.#alias(reading, first);
    for (const entry of more) this.#alias(readDeclarator(entry.pieces, reading.shared, entry.at), entry);
  }

  /**
   * Handles a typedef whose values are handles that a function releases: the type itself, or pointers to a struct
   * without fields.
   */
  #ownedHandle(name: string, { type }: Reading, handle: WrittenType): void {
    const { base, pointers } = type;
    const named = {
      ...(Object.keys(handle.values).length > 0 && { values: handle.values }),
      ...(handle.isLent && { lent: true as const }),
    };
    if ((base.role === 'opaque' || base.role === 'void') && pointers.length === 0) {
      this.scope.names.set(name, {
        base: { role: base.role, name, handle: { ...(handleType('HANDLE', handle) as HandleType), ...named } },
        pointers: [],
      });
      return;
    }
    const plain = isHandle(type) ? 'HANDLE' : valueType(type, handle.at);
    this.#add(name, { role: 'handle' }, { ...(handleType(plain, handle) as HandleType), ...named });
  }

  /** Gives a type another name. */
  #alias(reading: Reading, { suffix, at }: Entry): void {
    const name = suffix?.kind === 'callback' ? lastWord(suffix.names) : reading.name?.text;
    if (name === undefined) refuse(suffix?.at ?? at, 'the new name is missing here');
    if (suffix?.kind === 'callback' || suffix?.kind === 'function') {
      const declared = suffix.kind === 'callback' ? suffix.called : suffix;
      const called = readCallback(reading.type, declared, this);
      // A function type, or a pointer to one: a parameter of such a type is a callback.
      this.scope.names.set(name, { base: { role: 'callback', name, called }, pointers: [] });
      return;
    }
    if (suffix?.kind === 'bits') refuse(suffix.at, 'only a field of a struct can have a number of bits');
    const { type } = reading;
    if (this.#handle) {
      this.#ownedHandle(name, reading, this.#handle);
      return;
    }
    if (isKeptName(name, type)) return;
    if (suffix?.kind === 'array') {
      const element = valueType(type, reading.name?.at ?? at);
      const array = { element: type, lengths: suffix.lengths };
      this.#add(name, { role: 'array', array }, arrayType(element, type, suffix, this.scope));
    } else if (isHandle(type)) {
      const { handle = 'HANDLE', name: pointee } = type.base;
      // A pointer to void is kept as a number, like an HWND, unless a mark says more.
      const isOfLibrary = pointee !== 'void' && pointee !== 'VOID';
      this.#add(name, { role: 'handle', ...(isOfLibrary && { tag: pointee }) }, handle);
    } else if (isPlainValue(type) && type.base.name !== name) this.#add(name, type.base, type.base.type as LongType);
    else this.scope.names.set(name, withOwnName(type, name));
  }
}

/** Gives another name for void, or for a struct without fields, its own name if a function releases the handle. */
function withOwnName(type: NamedType, name: string): NamedType {
  const { base, pointers } = type;
  if (pointers.length > 0) return type;
  if (base.role === 'void') return { ...type, base: { ...base, name } };
  return base.role === 'opaque' && base.name !== name
    ? { ...type, base: { ...base, name, tag: base.tag ?? base.name } }
    : type;
}

/** The field of a union that the author chooses, or the field of the struct that selects the member. */
function usedField(
  { use, at }: Tagged,
  fields: readonly LongField[],
): { readonly use: string } | { readonly switch: string } {
  const names = fields.map(({ name }) => name);
  if (!use)
    return refuse(
      at,
      `which field of this union is used? Write [use(${names[0]})] before it, or [switch_is(f)] if the field f of the struct selects it. The fields are ${names.join(', ')}`,
    );
  if (use.isSwitch) return { switch: use.field };
  if (!names.includes(use.field)) refuse(use.at, `the union has no field '${use.field}'; it has ${names.join(', ')}`);
  return { use: use.field };
}

const OF_HANDLES = new Set(['handle', 'known', 'lent']);

/** The marks before a typedef, such as `[handle(RegCloseKey), known(HKEY_LOCAL_MACHINE, 0x80000002)]`. */
interface WrittenType extends WrittenHandle {
  readonly values: Readonly<Record<string, number>>;
  readonly isLent: boolean;
}

function handleOf(marks: readonly Mark[], at: number, scope: Scope): WrittenType {
  const handle = marks.find(({ name }) => name === 'handle');
  if (!handle)
    return refuse(
      at,
      marks.some(({ name }) => name === 'known')
        ? "the mark 'known' also needs the mark 'handle': [handle(CloseHandle), known(NAME, 1)]"
        : "the mark 'lent' also needs the mark 'handle': [handle(CloseHandle), lent]",
    );
  const values = marks
    .filter(({ name }) => name === 'known')
    .map(({ args }) => {
      const [name, value] = args as [MarkArgument, MarkArgument];
      if (name.kind !== 'name') return refuse(name.at, 'the name of the handle is needed here: known(NAME, 1)');
      if (value.kind === 'call') return refuse(value.at, 'the number of the handle is needed here: known(NAME, 1)');
      return [name.name, wholeConstant(value, scope)] as const;
    });
  const isLent = marks.some(({ name }) => name === 'lent');
  return { ...readHandle(handle), values: Object.fromEntries(values), isLent };
}

/** True for a known name of the headers, which keeps its built-in type even if the text declares it differently. */
function isKeptName(name: string, { base }: NamedType): boolean {
  const role = KNOWN_NAMES.get(name)?.base.role;
  return role !== undefined && role !== 'opaque' && role !== 'absent' && base.role !== 'struct';
}

/** A pointer that only the library can follow. */
function isHandle({ base, pointers }: NamedType): boolean {
  return pointers.length === 1 && (base.role === 'opaque' || (base.role === 'void' && pointers[0] === false));
}

/** True for a number or a handle, which the definition then also has under its new name. */
function isPlainValue({ base, pointers }: NamedType): boolean {
  return pointers.length === 0 && typeof base.type === 'string' && base.role !== 'struct';
}

const lastWord = (pieces: readonly { readonly kind: string; readonly text?: string }[]) =>
  pieces.findLast((piece) => piece.kind === 'word')?.text;

/** The name that a typedef gives to the type itself; undefined if it names a pointer to the type. */
function plainName({ pieces, suffix }: Entry): string | undefined {
  if (suffix || pieces.some((piece) => piece.kind === 'star')) return undefined;
  return lastWord(pieces.filter((piece) => piece.kind === 'word' && piece.text !== 'typedef'));
}
