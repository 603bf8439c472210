/** Declarations of types: structs, enums, typedefs, and the pointers to them. */
import { evaluate } from './constants.js';
import type { Packing } from './directives.js';
import { refuse } from './errors.js';
import { layoutOf } from './layout.js';
import type { LongField, LongType } from './long-form.js';
import { checkMark, type Marks, readMarks } from './marks.js';
import { type Base, KNOWN_NAMES, type NamedType } from './names.js';
import type { Scope } from './scope.js';
import type { Declaration, Entry, Expression, HeaderMacro, Member, Tagged } from './syntax.js';
import { type Reading, readDeclarator, readWords, type TypeSource } from './words.js';

/** The most elements of an array, and the most fields of a struct. */
const MOST_ELEMENTS = 1_048_576n;

/** The greatest number that JSON holds exactly. */
const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** Declares the types of one text in a scope. */
export class TypeDeclarations implements TypeSource {
  readonly scope: Scope;
  readonly #packing: readonly Packing[];
  /** The name that a typedef gives the struct or enum in it. */
  #givenName: string | undefined;
  #isFlags = false;
  /** The structs whose fields are being read. */
  readonly #unfinished = new Set<string>();

  constructor(scope: Scope, packing: readonly Packing[]) {
    this.scope = scope;
    this.#packing = packing;
  }

  /** Declares what a declaration without a function declares. Throws Mistake. */
  declare({ marks, first, more }: Declaration): void {
    for (const mark of marks) checkMark(mark, { flags: [0, 0] });
    this.#isFlags = marks.length > 0;
    const tagged = first.pieces.find((piece) => piece.kind === 'tagged');
    const isTypedef = first.pieces.some((piece) => piece.kind === 'word' && piece.text === 'typedef');
    if (this.#isFlags && !tagged?.enumerators) refuse(marks[0]?.at ?? 0, "the mark 'flags' belongs to an enum");
    if (!isTypedef) {
      this.#declareTag(first, tagged);
      return;
    }
    this.#givenName = tagged && [first, ...more].map(plainName).find((name) => name !== undefined);
    const reading = readWords(first.pieces, this, 'possible');
    this.#givenName = undefined;
    if (!reading.name && first.suffix?.kind !== 'callback') {
      refuse(reading.at, 'the new name is missing after this type');
    }
    this.#alias(reading, first);
    for (const entry of more) this.#alias(readDeclarator(entry.pieces, reading.shared, entry.at), entry);
  }

  /** DECLARE_HANDLE(HTHING), and DEFINE_ENUM_FLAG_OPERATORS(THING): the names of an enum combine. */
  declareByMacro({ macro, name, at }: HeaderMacro): void {
    const { types, names } = this.scope;
    if (macro === 'DECLARE_HANDLE') {
      types.set(name, { type: 'HANDLE' });
      names.set(name, { base: { role: 'handle', name, type: name, isWindows: true }, pointers: [] });
      return;
    }
    const type = types.get(name)?.type;
    if (type === undefined || typeof type === 'string' || !('enum' in type)) {
      refuse(at, `there is no enum '${name}' before this line`);
    }
    types.set(name, { type: flagsOf(type) });
  }

  /** The type of `struct X`, with its fields or without. */
  tagged(tagged: Tagged): NamedType {
    const { tag, name } = tagged;
    const given = this.#givenName;
    this.#givenName = undefined;
    if (tagged.members) {
      if (tag === 'union') refuse(tagged.at, 'a union: a definition has no word for it yet');
      if (tag === 'enum') refuse(tagged.at, 'an enum has names and values, and no fields');
      if (name !== undefined) this.#unfinished.add(name);
      const { fields, isWindows } = this.#fields(tagged.members, tagged);
      if (name !== undefined) this.#unfinished.delete(name);
      return this.#enter(given ?? name, name, { role: 'struct', ...(isWindows && { isWindows }) }, { struct: fields });
    }
    if (tagged.enumerators) {
      if (tag !== 'enum') refuse(tagged.at, `a ${tag} needs fields, each of which ends with ';'`);
      return this.#enter(given ?? name, name, { role: 'number' }, this.#enum(tagged));
    }
    if (name === undefined) return refuse(tagged.at, `this ${tag} has neither a name nor a body`);
    if (this.#unfinished.has(name))
      return { base: { role: 'struct', name, reason: 'it would hold itself' }, pointers: [] };
    const known = this.scope.lookup(name);
    if (known) return known;
    if (tag === 'enum') refuse(tagged.at, `the enum '${name}' is not declared here: its names and values are missing`);
    return { base: { role: 'opaque', name }, pointers: [] };
  }

  /** `struct X { ... };`, or only its name. */
  #declareTag(first: Entry, tagged: Tagged | undefined): void {
    if (!tagged) {
      const word = first.pieces.find((piece) => piece.kind === 'word');
      refuse(
        word?.at ?? first.at,
        "this declares neither a function nor a type: a function needs '(' and its parameters, a type begins with 'typedef', 'struct' or 'enum'",
      );
    }
    const extra = first.pieces.find((piece) => piece.kind === 'word' || piece.kind === 'star');
    if (extra) refuse(extra.at, 'a variable of the library cannot be used: only functions and types are declared here');
    const type = this.tagged(tagged);
    if (type.base.role === 'opaque' && tagged.name !== undefined) this.scope.names.set(tagged.name, type);
  }

  #enter(name: string | undefined, tag: string | undefined, base: Omit<Base, 'name'>, type: LongType): NamedType {
    if (name === undefined)
      return { base: { ...base, name: base.role === 'struct' ? 'the struct' : 'the enum', type }, pointers: [] };
    this.scope.types.set(name, { type });
    const named: NamedType = { base: { ...base, name, type: name }, pointers: [] };
    this.scope.names.set(name, named);
    if (tag !== undefined) this.scope.names.set(tag, named);
    return named;
  }

  /** Gives a type another name. */
  #alias({ type, name }: Reading, { suffix, at }: Entry): void {
    const text = suffix?.kind === 'callback' ? lastWord(suffix.names) : name?.text;
    if (text === undefined) refuse(suffix?.at ?? at, 'the new name is missing here');
    if (suffix?.kind === 'callback' || suffix?.kind === 'function') {
      this.scope.names.set(text, { base: { role: 'refused', name: text, reason: CALLBACK }, pointers: [] });
      return;
    }
    if (suffix?.kind === 'bits') refuse(suffix.at, 'only a field of a struct has a number of bits');
    // The headers' own names stay what they are, whatever they are made of there.
    if (isSimple(KNOWN_NAMES.get(text)) && type.base.role !== 'struct') return;
    if (suffix?.kind === 'array') {
      const long = this.#arrayType(valueType(type, name?.at ?? at, {}), type, suffix.lengths, {}, suffix.at);
      this.scope.types.set(text, { type: long });
      this.scope.names.set(text, { base: { role: 'array', name: text, type: text }, pointers: [] });
      return;
    }
    const isOpaquePointer =
      type.pointers.length === 1 &&
      (type.base.role === 'opaque' || (type.base.role === 'void' && type.pointers[0] === false));
    if (isOpaquePointer) {
      this.scope.types.set(text, { type: 'HANDLE' });
      this.scope.names.set(text, { base: { role: 'handle', name: text, type: text }, pointers: [] });
      return;
    }
    const { base } = type;
    if (
      type.pointers.length === 0 &&
      base.type !== undefined &&
      base.name !== text &&
      typeof base.type === 'string' &&
      base.role !== 'struct'
    ) {
      this.scope.types.set(text, { type: base.type });
      this.scope.names.set(text, { base: { ...base, name: text, type: text }, pointers: [] });
      return;
    }
    if (base.name !== text || type.pointers.length > 0) this.scope.names.set(text, type);
    else if (base.role === 'opaque') this.scope.names.set(text, type);
  }

  #enum(tagged: Tagged): LongType {
    const values: Record<string, number> = {};
    let next = 0n;
    for (const { name, value, at } of tagged.enumerators ?? []) {
      const number = value ? this.#value(value) : next;
      if (number > MOST || number < -MOST) refuse(at, `the value of '${name}' has more than 53 bits`);
      if (Object.hasOwn(values, name)) refuse(at, `the name '${name}' appears twice`);
      Object.defineProperty(values, name, {
        value: Number(number),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      this.scope.constants.set(name, number);
      next = number + 1n;
    }
    if (Object.keys(values).length === 0) refuse(tagged.at, 'an enum needs at least one name');
    const base = tagged.base ? this.#enumBase(tagged) : smallestBase(Object.values(values));
    const type = { enum: values, base };
    return this.#isFlags ? flagsOf(type) : type;
  }

  #enumBase({ base = [], at }: Tagged): string {
    const { type } = readWords(base, this, 'possible');
    if (type.pointers.length > 0 || typeof type.base.type !== 'string')
      return refuse(base[0]?.at ?? at, 'the type of an enum is an integer');
    return type.base.type;
  }

  #fields(
    members: readonly Member[],
    tagged: Tagged,
  ): { readonly fields: readonly LongField[]; readonly isWindows: boolean } {
    const fields: LongField[] = [];
    let isWindows = false;
    const own: { readonly name: string; readonly at: number }[] = [];
    const flags = this.#isFlags;
    this.#isFlags = false;
    members.forEach((member, index) => {
      const isLast = index === members.length - 1 && index > 0;
      const isAnonymous = member.first.pieces.every((piece) => piece.kind === 'tagged');
      const reading = isAnonymous ? this.#anonymous(member, fields) : readWords(member.first.pieces, this, 'possible');
      const readings = [reading, ...member.more.map((entry) => readDeclarator(entry.pieces, reading.shared, entry.at))];
      const entries = [member.first, ...member.more];
      readings.forEach((one, at) => {
        const entry = entries[at] as Entry;
        const annotations = [...one.annotations, ...entry.trailer.filter((piece) => piece.kind !== 'attribute')];
        const marks = readMarks(
          member.marks,
          annotations.filter((piece) => piece.kind === 'annotation'),
        );
        const field = this.#field(one, entry, marks, isLast);
        if (fields.some(({ name }) => name === field.name))
          refuse(one.name?.at ?? one.at, `the field '${field.name}' appears twice`);
        if (marks.size !== undefined) own.push({ name: field.name, at: marks.size });
        fields.push(field);
        isWindows ||= one.type.base.isWindows === true;
      });
    });
    this.#isFlags = flags;
    if (fields.length === 0) refuse(tagged.at, 'a struct needs at least one field');
    this.#checkPacking(fields, tagged);
    return { fields: own.length === 0 ? fields : this.#sized(fields, own), isWindows };
  }

  /** A struct in a struct without a name, whose fields C reaches as if they were of the outer one. */
  #anonymous({ first }: Member, fields: readonly LongField[]): Reading {
    const reading = readWords(first.pieces, this, 'possible');
    const tagged = first.pieces[0] as Tagged;
    if (!tagged.members && !tagged.enumerators) return refuse(tagged.at, 'the name of this field is missing');
    const taken = new Set(fields.map(({ name }) => name));
    let text = 'Anonymous';
    for (let number = 2; taken.has(text); number += 1) text = `Anonymous${number}`;
    return { ...reading, name: { kind: 'word', text, at: tagged.at } };
  }

  #field({ type, name, at }: Reading, { suffix }: Entry, marks: Marks, isLast: boolean): LongField {
    if (suffix?.kind === 'bits')
      return refuse(
        suffix.at,
        'a bit field: a definition has no word for it yet; declare the whole number, such as DWORD',
      );
    if (suffix?.kind === 'callback') return refuse(suffix.at, `a function pointer: ${CALLBACK}`);
    if (suffix?.kind === 'function') return refuse(suffix.at, "a field cannot be a function: is a ';' missing?");
    if (!name) return refuse(at, 'the name of this field is missing');
    for (const place of [marks.extent?.at, marks.grow?.at, marks.memory?.at, marks.value]) {
      if (place !== undefined)
        refuse(place, 'this mark belongs to a parameter: a definition has no word for it in a struct yet');
    }
    if (suffix?.kind !== 'array') return { name: name.text, type: fieldType(type, name.text, name.at, marks) };
    const long = valueType(type, name.at, { field: name.text });
    return { name: name.text, type: this.#arrayType(long, type, suffix.lengths, marks, suffix.at, isLast) };
  }

  /** `int a[2][3]` is two arrays of three; an array of characters is a text. */
  #arrayType(
    element: LongType,
    type: NamedType,
    lengths: readonly (Expression | undefined)[],
    marks: Marks,
    at: number,
    isLast = false,
  ): LongType {
    const counts = lengths.map((length) => this.#length(length, at, isLast));
    let long = element;
    const { role } = type.base;
    if (type.pointers.length === 0 && (role === 'char' || role === 'wide' || role === 'either')) {
      const capacity = counts.pop() as number;
      const encoding = role === 'char' ? (marks.encoding?.encoding ?? 'utf8') : 'utf16';
      long = { string: encoding, capacity };
    }
    return counts.reduceRight<LongType>((inner, length) => ({ array: inner, length }), long);
  }

  #length(length: Expression | undefined, at: number, isLast: boolean): number {
    const isOpen = !length || (length.kind === 'name' && length.name === 'ANYSIZE_ARRAY');
    const count = length ? this.#value(length) : 0n;
    if (isOpen || (isLast && count === 1n)) {
      return refuse(
        length?.at ?? at,
        'an array of any length at the end of a struct: a definition has no word for it yet',
      );
    }
    if (count < 1n || count > MOST_ELEMENTS)
      return refuse(length.at, `an array has 1 to ${MOST_ELEMENTS} elements, not ${count}`);
    return Number(count);
  }

  #value(expression: Expression): bigint {
    return evaluate(expression, (name) => this.scope.constant(name), this.scope.constantNames);
  }

  /** The fields that hold the size of the struct get it as their constant value. */
  #sized(fields: readonly LongField[], own: readonly { readonly name: string; readonly at: number }[]): LongField[] {
    const layout = layoutOf({ struct: fields }, this.scope);
    const { at } = own[0] as { at: number };
    if (!layout)
      return refuse(
        at,
        'the size of this struct is not the same on every system, or not known: declare all of its types, with names such as DWORD',
      );
    return fields.map((field) =>
      own.some(({ name }) => name === field.name) ? { ...field, constant: layout.size } : field,
    );
  }

  #checkPacking(fields: readonly LongField[], tagged: Tagged): void {
    const packing = this.#packing.findLast(({ at }) => at < tagged.at)?.bytes;
    const bytes = tagged.isPacked ? 1 : packing;
    if (bytes === undefined || bytes >= 16) return;
    const isTight = fields.some(({ type }) => (layoutOf(type, this.scope)?.alignment ?? 8) > bytes);
    if (isTight) refuse(tagged.at, `this struct is packed to ${bytes} bytes: a definition has no word for it yet`);
  }
}

export const CALLBACK = 'the library would call back, for which a definition has no word yet';

function isSimple(known: NamedType | undefined): boolean {
  return known !== undefined && known.base.role !== 'opaque' && known.base.role !== 'absent';
}

const lastWord = (pieces: readonly { readonly kind: string; readonly text?: string }[]) =>
  pieces.filter((piece) => piece.kind === 'word').at(-1)?.text;

/** The name of a declarator that is the type itself, and no pointer to it. */
function plainName({ pieces, suffix }: Entry): string | undefined {
  if (suffix || pieces.some((piece) => piece.kind === 'star')) return undefined;
  const words = pieces.filter((piece) => piece.kind === 'word' && piece.text !== 'typedef');
  return lastWord(words);
}

function flagsOf({ enum: flags, base }: { enum: Readonly<Record<string, number>>; base: string }): LongType {
  return { flags, base: base === 'INT' ? 'UINT' : base };
}

/** An enum is an int as long as its values fit. */
function smallestBase(values: readonly number[]): string {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least >= -(2 ** 31) && most < 2 ** 31) return 'INT';
  return least >= 0 && most < 2 ** 32 ? 'UINT' : 'LONG64';
}

/** A field that is no array: a value, or a pointer that is no more than a number. */
function fieldType(type: NamedType, name: string, at: number, marks: Marks): LongType {
  const { base, pointers } = type;
  if (pointers.length === 0 || base.role === 'refused') return valueType(type, at, { field: name });
  const isNumber = pointers.length === 1 && (base.role === 'void' || base.role === 'opaque' || base.role === 'absent');
  if (isNumber || marks.reserved !== undefined) return 'PVOID';
  return refuse(at, `the field '${name}' is a pointer to memory: a definition has no word for it yet`);
}

/** The type of a value. Throws Mistake for what is none. */
export function valueType({ base, pointers }: NamedType, at: number, { field }: { field?: string }): LongType {
  const who = field === undefined ? 'it' : `the field '${field}'`;
  if (base.reason !== undefined) return refuse(at, `the type '${base.name}' cannot be used: ${base.reason}`);
  if (pointers.length > 0) return refuse(at, `${who} holds pointers to memory: a definition has no word for them yet`);
  if (base.role === 'void') return refuse(at, `void is no value: ${who} needs a type, or a '*'`);
  if (base.role === 'opaque' || base.role === 'absent') {
    return refuse(at, `the fields of '${base.name}' are not known here: declare the struct, or is a '*' missing?`);
  }
  if (base.role === 'either') return 'USHORT';
  return base.type as LongType;
}
