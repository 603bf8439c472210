/** Writes the types of Win32 metadata as C declarations, and collects those that functions use. */

import { type KnownTypes, knownRole, PrototypeError, parsePrototypes } from '../definition/prototype/index.js';
import { namesCount, namesSize } from '../definition/size-names.js';
import { inBothLayouts } from '../kinds/index.js';
import { enumValues } from './enum-values.js';
import { bitFields, countField, isOwnSize } from './field-facts.js';
import {
  entryNamed,
  InexpressibleError,
  type MetadataDocuments,
  type MetadataField,
  type MetadataParameter,
  type MetadataType,
  type MetadataTypeEntry,
  otherIn32Bit,
  textOfAttribute,
} from './metadata.js';
import { nativeNames } from './native-names.js';
import { openEnd, otherNumbers } from './open-end.js';
import type { Sort } from './sort.js';

/** Returns the reference to a named type of a document. */
export type Reference = Extract<MetadataType, { Kind: 'ApiRef' }>;

/** A handle that a function releases. */
export interface Release {
  /** The C name of the type. */
  readonly type: string;
  readonly function: string;
}

/** The name of handles that CloseHandle closes, in a definition with CloseHandle. HANDLE itself is a plain number. */
export const OWNED_HANDLE = 'KERNEL_HANDLE';

/**
 * The predefined handles of the calling process and thread. Source: the pages of GetCurrentProcess and
 * GetCurrentThread.
 */
const PSEUDO_HANDLES = ', known(CurrentProcess, -1), known(CurrentThread, -2)';

/** The maximum number of names of an enum; with more, it is imported as a plain integer. */
const MOST_NAMES = 400;

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,79}$/;

/** The place of a field, as far as its type depends on it. */
interface Place {
  /** True in a union: a value that is not a pointer in another case must not be followed. */
  readonly isInUnion: boolean;
  /** True if nothing can follow the struct, so that its last array has exactly one element. */
  readonly isClosed: boolean;
  readonly owner: string;
}

const OUTSIDE: Place = { isInUnion: false, isClosed: false, owner: '' };

/** A declared type: its text, and the types that it needs. */
interface Declared {
  readonly text: string;
  readonly needs: ReadonlySet<string>;
}

export class Declarations {
  readonly #documents: MetadataDocuments;
  readonly #apis: readonly string[];
  readonly #releases: ReadonlyMap<string, Release>;
  readonly #declared = new Map<string, Declared>();
  /** The C name of each type of metadata that has one. */
  readonly #names = new Map<string, string>();
  readonly #inProgress = new Set<MetadataTypeEntry>();
  /** Why a type cannot be declared. */
  readonly #refused = new Map<string, InexpressibleError>();
  /** The structs that are being written, the innermost last. Nested types are looked up through them. */
  readonly #enclosing: MetadataTypeEntry[] = [];
  /** The types that the current declaration uses. */
  #uses = new Set<string>();
  /** The declared types so far. Extended in place, because there are thousands of them. */
  readonly #known = { handles: {}, types: {}, names: {}, constants: {} };
  /** Referenced namespaces that are not among the documents. */
  readonly missing = new Set<string>();

  /**
   * `apis`: the namespaces of the functions. `releases`: the handles that functions of the definition release, by the
   * key of their type.
   */
  constructor(documents: MetadataDocuments, apis: readonly string[], releases: ReadonlyMap<string, Release>) {
    this.#documents = documents;
    this.#apis = apis;
    this.#releases = releases;
  }

  /** The declared types so far, for the parser. */
  get known(): KnownTypes {
    return this.#known;
  }

  /** The texts of the types that were used, in an order in which each comes after those that it needs. */
  textsOf(uses: Iterable<string>): string[] {
    const wanted = this.#neededBy(uses);
    return [...this.#declared].flatMap(([name, { text }]) => (wanted.has(name) ? [text] : []));
  }

  #neededBy(uses: Iterable<string>): ReadonlySet<string> {
    const needed = new Set<string>();
    const visit = (name: string): void => {
      if (needed.has(name)) return;
      for (const one of this.#declared.get(name)?.needs ?? []) visit(one);
      needed.add(name);
    };
    for (const name of uses) visit(name);
    return needed;
  }

  /** Runs an action, and returns its result and the types that it used. */
  using<T>(action: () => T): { readonly result: T; readonly uses: ReadonlySet<string> } {
    const outer = this.#uses;
    this.#uses = new Set();
    try {
      return { result: action(), uses: this.#uses };
    } finally {
      this.#uses = outer;
    }
  }

  /** Returns the sort of a type. */
  sortOf(type: MetadataType): Sort {
    switch (type.Kind) {
      case 'Native':
        return nativeNames(type.Name)?.sort ?? 'struct';
      case 'ApiRef':
        return this.#sortOfReference(type);
      case 'Array':
        return 'struct';
      default:
        return 'pointer';
    }
  }

  /** True if the values of a type have names; flags included. */
  isEnum(type: MetadataType): boolean {
    return type.Kind === 'ApiRef' && this.#lookup(type)?.Kind === 'Enum';
  }

  /** The enum of a plain number's values according to metadata; undefined if there is none, or if it is missing. */
  enumFor({ Type, Attrs }: MetadataParameter): MetadataType | undefined {
    const name = textOfAttribute(Attrs, 'AssociatedEnum');
    if (name === undefined || Type.Kind !== 'Native') return undefined;
    const places = this.#apis.map(
      (Api): Reference => ({ Kind: 'ApiRef', Name: name, TargetKind: 'Default', Api, Parents: [] }),
    );
    return places.find((one) => this.isEnum(one));
  }

  /** Returns the C name of a value's type, and declares it if necessary. Throws InexpressibleError. */
  nameOf(type: MetadataType): string {
    if (type.Kind === 'Native') {
      const native = nativeNames(type.Name);
      if (!native) throw new InexpressibleError(`its type ${type.Name} has no value`);
      return native.name;
    }
    if (type.Kind === 'ApiRef') return this.#referenced(type);
    throw new InexpressibleError(
      type.Kind === 'PointerTo' || type.Kind === 'LPArray'
        ? 'it is or contains a pointer, which only its own program can follow'
        : `its type is of the kind ${type.Kind}`,
    );
  }

  /** True for a handle that a function of the definition releases. */
  isReleased(type: MetadataType): boolean {
    return type.Kind === 'ApiRef' && this.#releases.has(keyOf(type));
  }

  /** Returns the C name of the lent form of a handle type; for other types, the name of the type. */
  lentNameOf(type: MetadataType): string {
    const release = type.Kind === 'ApiRef' ? this.#releases.get(keyOf(type)) : undefined;
    if (!release) return this.nameOf(type);
    const name = `LENT_${release.type}`;
    if (!this.#declared.has(name)) {
      const { Kind, Def } = this.#found(type as Reference);
      const base = Kind === 'NativeTypedef' && Def?.Kind === 'Native' && !isHandle(this.#found(type as Reference));
      const text = `[handle(${release.function}), lent] typedef ${base ? `${this.nameOf(Def)} ` : 'void *'}${name};`;
      this.#parse(text, name);
      this.#declared.set(name, { text, needs: new Set() });
    }
    this.#uses.add(name);
    return name;
  }

  /** True if values of a declared type hold texts or other memory behind pointers. */
  holdsText(name: string): boolean {
    const declared = this.#declared.get(name);
    return (
      declared !== undefined &&
      (/ (PC?W?STR|PSID) /.test(declared.text) || [...declared.needs].some((one) => this.holdsText(one)))
    );
  }

  /** Returns the C name of a callback's type, and declares it. Throws InexpressibleError. */
  callbackOf(reference: Reference): string {
    const name = this.#entered(reference, undefined, ({ ReturnType, Params }, own) => {
      if (!ReturnType || !Params)
        throw new InexpressibleError(`its type ${reference.Name} is not described in ${reference.Api}`);
      const parameters = Params.map((one) => this.#callbackParameter(one));
      return `typedef ${this.#element(ReturnType, OUTSIDE)}(CALLBACK *${own})(${parameters.join(', ')});`;
    });
    return name as string;
  }

  #callbackParameter({ Name, Type }: MetadataParameter): string {
    const isStruct = Type.Kind === 'PointerTo' && this.sortOf(Type.Child) === 'struct';
    if (isStruct) return `const ${this.nameOf(Type.Child)} *${Name}`;
    // The handles that a callback receives stay those of the library.
    return this.isReleased(Type) ? `${this.lentNameOf(Type)} ${Name}` : `${this.#element(Type, OUTSIDE)}${Name}`;
  }

  #sortOfReference(type: Reference): Sort {
    if (type.TargetKind === 'FunctionPointer') return 'callback';
    if (type.TargetKind === 'Com') return 'interface';
    if (TEXTS.test(type.Name)) return 'text';
    if (type.Name === 'CHAR') return 'character';
    if (SIDS.has(type.Name)) return 'sid';
    const known = knownRole(type.Name);
    if (known !== undefined && !this.#releases.has(keyOf(type))) return KNOWN_SORTS[known] ?? 'struct';
    const entry = this.#lookup(type);
    switch (entry?.Kind) {
      case 'FunctionPointer':
        return 'callback';
      case 'Com':
        return 'interface';
      case 'Enum':
        return 'number';
      case 'NativeTypedef':
        return isHandle(entry) ? 'handle' : entry.Def ? this.#sortOfTypedef(entry) : 'number';
      case 'Struct':
        return (entry.Fields ?? []).length === 0 ? 'opaque' : 'struct';
      default:
        return 'struct';
    }
  }

  #sortOfTypedef({ Def }: MetadataTypeEntry): Sort {
    if (Def?.Kind === 'PointerTo') return 'handle';
    return Def ? this.sortOf(Def) : 'number';
  }

  #lookup(reference: Reference): MetadataTypeEntry | undefined {
    const nested = follow(this.#enclosing.at(-1)?.NestedTypes ?? [], reference);
    if (nested) return nested;
    const document = this.#documents.get(reference.Api);
    return document && follow(document.Types, reference);
  }

  #referenced(reference: Reference): string {
    if (reference.TargetKind === 'FunctionPointer') throw new InexpressibleError('it is or contains a callback');
    if (reference.TargetKind === 'Com') throw new InexpressibleError('it is or contains a COM interface');
    const nested = follow(this.#enclosing.at(-1)?.NestedTypes ?? [], reference);
    if (nested) return this.#bodyOf(nested, { isInUnion: false, isClosed: true, owner: nested.Name });
    const key = keyOf(reference);
    const release = this.#releases.get(key);
    if (!release && (knownRole(reference.Name) ?? SIDS.has(reference.Name))) return reference.Name;
    const refused = this.#refused.get(key);
    if (refused) throw refused;
    try {
      return this.#declare(reference, release);
    } catch (error) {
      if (error instanceof InexpressibleError && !this.#inProgress.size) this.#refused.set(key, error);
      throw error;
    }
  }

  #declare(reference: Reference, release: Release | undefined): string {
    const name = this.#entered(reference, release, (entry, own) => this.#textOf(entry, own, release));
    if (name !== undefined) return name;
    // A number that metadata knows by another name.
    const { Def } = this.#found(reference);
    return Def ? this.nameOf(Def) : 'INT';
  }

  /** Adds the declaration of a type once and returns its name; undefined if it has none. */
  #entered(
    reference: Reference,
    release: Release | undefined,
    write: (entry: MetadataTypeEntry, name: string) => string | undefined,
  ): string | undefined {
    const key = keyOf(reference);
    const kept = this.#names.get(key);
    if (kept === undefined) {
      const entry = this.#found(reference);
      const name = release?.type ?? this.#freeName(reference);
      const { result: text, uses: needs } = this.using(() =>
        this.#inEachLayout(reference, entry, (one) => write(one, name)),
      );
      if (text === undefined) return undefined;
      this.#parse(text, entry.Name);
      this.#names.set(key, name);
      this.#declared.set(name, { text, needs });
    }
    const name = this.#names.get(key) as string;
    this.#uses.add(name);
    return name;
  }

  /** What is written of a type; of one that is another in 32-bit Windows, in both layouts. */
  #inEachLayout(
    { Api, Parents }: Reference,
    entry: MetadataTypeEntry,
    write: (entry: MetadataTypeEntry) => string | undefined,
  ): string | undefined {
    const other = otherIn32Bit(Parents.length === 0 ? (this.#documents.get(Api)?.Types ?? []) : [], entry);
    if (!other) return write(entry);
    const [x64, x86] = [write(commonFirst(entry, other)), write(commonFirst(other, entry))];
    return x64 === undefined || x86 === undefined || x64 === x86 ? x64 : inBothLayouts(x64, x86);
  }

  /** If the parser refuses a declaration, everything that needs it is refused with the same reason. */
  #parse(text: string, name: string): void {
    try {
      const { types, names, constants } = parsePrototypes(text, this.#known);
      Object.assign(this.#known.types, types);
      Object.assign(this.#known.names, names);
      Object.assign(this.#known.constants, constants);
    } catch (error) {
      if (!(error instanceof PrototypeError)) throw error;
      throw new InexpressibleError(`the type ${name} is not supported: ${error.reason}`);
    }
  }

  #found(reference: Reference): MetadataTypeEntry {
    const document = this.#documents.get(reference.Api);
    if (!document) {
      this.missing.add(reference.Api);
      throw new InexpressibleError(`its type ${reference.Name} is in ${reference.Api}, which was not found`);
    }
    const entry = follow(document.Types, reference);
    if (!entry) throw new InexpressibleError(`its type ${reference.Name} is not described in ${reference.Api}`);
    return entry;
  }

  /** Returns the name, with its namespace if another type has the same name. */
  #freeName({ Name, Api }: Reference): string {
    if (!IDENTIFIER.test(Name)) throw new InexpressibleError(`the name of its type ${Name} is not a C name`);
    return this.#declared.has(Name) || knownRole(Name) ? `${Api.replaceAll('.', '_')}_${Name}` : Name;
  }

  #textOf(entry: MetadataTypeEntry, name: string, release: Release | undefined): string | undefined {
    switch (entry.Kind) {
      case 'NativeTypedef':
        return this.#typedef(entry, name, release);
      case 'Enum':
        return this.#enum(entry, name);
      case 'Struct':
        if ((entry.Fields ?? []).length === 0) {
          const mark = release ? `[handle(${release.function})] ` : '';
          return `${mark}typedef struct ${name} ${name};`;
        }
        return this.#typedefOf(entry, name);
      case 'Union':
        return this.#typedefOf(entry, name);
      default:
        throw new InexpressibleError(`its type ${entry.Name} is of the kind ${entry.Kind}`);
    }
  }

  #typedef(entry: MetadataTypeEntry, name: string, release: Release | undefined): string | undefined {
    const { Def } = entry;
    if (!Def) throw new InexpressibleError(`its type ${entry.Name} has no definition`);
    const known = name === OWNED_HANDLE ? PSEUDO_HANDLES : '';
    if (release)
      return `[handle(${release.function})${known}] typedef ${isHandle(entry) ? 'void *' : `${this.nameOf(Def)} `}${name};`;
    if (isHandle(entry) || Def.Kind === 'PointerTo') return `typedef void *${name};`;
    return undefined;
  }

  /** Enums with very many names become plain integers. */
  #enum({ IntegerBase, Values, Flags }: MetadataTypeEntry, name: string): string {
    const native = IntegerBase ?? 'Int32';
    const base = this.nameOf({ Kind: 'Native', Name: native });
    const values = enumValues(Values ?? [], native).filter(({ Name }) => IDENTIFIER.test(Name));
    if (values.length === 0 || values.length > MOST_NAMES) return `typedef ${base} ${name};`;
    const names = values.map(({ Name, Value }) => `${Name} = ${Value}`);
    return `${Flags ? '[flags] ' : ''}typedef enum ${name} : ${base} { ${names.join(', ')} } ${name};`;
  }

  #typedefOf(entry: MetadataTypeEntry, name: string): string {
    const place = { isInUnion: entry.Kind === 'Union', isClosed: false, owner: entry.Name };
    const body = this.#bodyOf(entry, place);
    const [mark, tagged] = body.startsWith('[') ? splitMark(body) : ['', body];
    const text = `${mark}typedef ${tagged.replace(/^(struct|union)/, `$1 ${name}`)} ${name};`;
    return entry.PackingSize ? `#pragma pack(push, ${entry.PackingSize})\n${text}\n#pragma pack(pop)` : text;
  }

  /** Returns `struct { ... }`, or `[use(x)] union { ... }`. */
  #bodyOf(entry: MetadataTypeEntry, place: Place): string {
    if (this.#inProgress.has(entry)) throw new InexpressibleError(`the struct ${entry.Name} contains itself`);
    const fields = entry.Fields ?? [];
    if (fields.length === 0) throw new InexpressibleError(`the struct ${entry.Name} is opaque`);
    this.#inProgress.add(entry);
    this.#enclosing.push({
      ...entry,
      NestedTypes: [...(entry.NestedTypes ?? []), ...(this.#enclosing.at(-1)?.NestedTypes ?? [])],
    });
    try {
      if (entry.Kind === 'Union') return this.#union(fields, { ...place, isInUnion: true });
      if (entry.Kind !== 'Struct') throw new InexpressibleError(`its type ${entry.Name} is of the kind ${entry.Kind}`);
      return `struct { ${this.#fields(entry, fields, place).join(' ')} }`;
    } finally {
      this.#inProgress.delete(entry);
      this.#enclosing.pop();
    }
  }

  #fields(entry: MetadataTypeEntry, fields: readonly MetadataField[], place: Place): string[] {
    const isPlain = !fields.some(({ Type }) => this.#isPointer(Type) || Type.Kind === 'Array');
    return fields.flatMap((field, index) => {
      const isNumber = this.sortOf(field.Type) === 'number';
      const bits = bitFields(field, isNumber ? () => this.nameOf(field.Type) : undefined);
      if (bits) return bits;
      const isLast = index === fields.length - 1 && index > 0;
      const numbers = isLast ? otherNumbers(fields.slice(0, index), (one) => this.sortOf(one.Type)) : undefined;
      const isOwn = index === 0 && isNumber && isOwnSize(field, entry, isPlain && !place.isInUnion);
      return [this.#field(field, place, isOwn ? '[size] ' : '', numbers)];
    });
  }

  #isPointer(type: MetadataType): boolean {
    return /^(pointer|callback|interface|text|sid)$/.test(this.sortOf(type));
  }

  #field(field: MetadataField, place: Place, mark: string, numbers: readonly string[] | undefined): string {
    const { Name } = field;
    const where = `the field ${Name} of ${place.owner}`;
    if (!IDENTIFIER.test(Name)) throw new InexpressibleError(`${where} has no plain name`);
    try {
      return this.#fieldText(field, place, mark, numbers);
    } catch (error) {
      if (!(error instanceof InexpressibleError) || /^the (struct|field|type)/.test(error.message)) throw error;
      throw new InexpressibleError(`${where} is not supported: ${error.message}`);
    }
  }

  #fieldText(
    { Name, Type, Attrs }: MetadataField,
    place: Place,
    mark: string,
    numbers: readonly string[] | undefined,
  ): string {
    const count = countField(Attrs);
    if (Type.Kind === 'Array') {
      const size = Type.Shape?.Size ?? 1;
      if (Type.Child.Kind === 'Array') throw new InexpressibleError('it contains an array of arrays');
      if (this.#isPointer(Type.Child)) return nullPointers(Name, size);
      const element = this.#element(Type.Child, place);
      if (size > 1 || numbers === undefined) return `${element}${Name}[${size}];`;
      if (count !== undefined && !place.isClosed) return `[count(${count})] ${element}${Name}[1];`;
      return `${place.isClosed ? '[count(1)] ' : openEnd(this.sortOf(Type.Child), numbers)}${element}${Name}[1];`;
    }
    if (this.#isOfPointers(Type)) return nullPointers(Name, 1);
    const nested = Type.Kind === 'ApiRef' && follow(this.#enclosing.at(-1)?.NestedTypes ?? [], Type);
    if (nested && (nested.Kind === 'Struct' || nested.Kind === 'Union')) {
      const body = this.#bodyOf(nested, { ...place, isClosed: true, owner: nested.Name });
      return `${body} ${Name};`;
    }
    const open = this.#openStruct(Type);
    if (open) return `${this.#bodyOf(open, { ...place, isClosed: true, owner: open.Name })} ${Name};`;
    if (count !== undefined && Type.Kind === 'PointerTo' && !place.isInUnion && this.#isCountable(Type.Child))
      return `[count(${count})] ${this.nameOf(Type.Child)} *${Name};`;
    const element = this.#element(Type, place);
    if (element === 'void *') return nullPointers(Name, 1);
    const isSize = mark === '' && /^(number|byte)$/.test(this.sortOf(Type)) && (namesSize(Name) || namesCount(Name));
    // A handle that a caller may not have can be NULL.
    const canBeNull = Attrs.includes('Optional') || this.sortOf(Type) === 'handle';
    return `${mark}${isSize ? '[value] ' : ''}${canBeNull ? '[optional] ' : ''}${element}${Name};`;
  }

  #isCountable(type: MetadataType): boolean {
    return /^(number|byte|character|struct)$/.test(this.sortOf(type));
  }

  /** Returns the struct of a field, if it ends with a variable number of elements. */
  #openStruct(type: MetadataType): MetadataTypeEntry | undefined {
    if (type.Kind !== 'ApiRef' || knownRole(type.Name)) return undefined;
    const entry = this.#lookup(type);
    const last = entry?.Kind === 'Struct' ? entry.Fields?.at(-1)?.Type : undefined;
    return last?.Kind === 'Array' && (last.Shape?.Size ?? 1) === 1 && (entry?.Fields?.length ?? 0) > 1
      ? entry
      : undefined;
  }

  /**
   * Returns a type followed by a blank, or a pointer. A pointer becomes a pointer-sized number, except for a text
   * outside of a union.
   */
  #element(type: MetadataType, place: Place): string {
    switch (this.sortOf(type)) {
      case 'text':
        return !place.isInUnion && type.Kind === 'ApiRef' && type.Name !== 'BSTR' ? `${type.Name} ` : 'void *';
      case 'sid':
        return place.isInUnion ? 'void *' : 'PSID ';
      case 'pointer':
      case 'callback':
      case 'interface':
        return 'void *';
      default:
        return `${this.nameOf(type)} `;
    }
  }

  /** True for a union with only pointers. */
  #isOfPointers(type: MetadataType): boolean {
    const entry = type.Kind === 'ApiRef' && !knownRole(type.Name) ? this.#lookup(type) : undefined;
    return entry?.Kind === 'Union' && (entry.Fields ?? []).every((field) => this.#isPointer(field.Type));
  }

  /** Writes a union whose used field is unknown: it uses the first one that is not a pointer. */
  #union(fields: readonly MetadataField[], place: Place): string {
    const used = fields.find(({ Type }) => !this.#isPointer(Type.Kind === 'Array' ? Type.Child : Type));
    if (!used) throw new InexpressibleError('it is a union of pointers, which only their own program can follow');
    const texts = fields.map((field) =>
      this.#isPointer(field.Type) ? `UINT_PTR ${field.Name};` : this.#field(field, place, '', undefined),
    );
    return `[use(${used.Name})] union { ${texts.join(' ')} }`;
  }
}

/**
 * Writes pointers that are always NULL and not reported, because an address in the library's memory is not a useful
 * output.
 */
function nullPointers(name: string, count: number): string {
  if (count > MOST_POINTERS) throw new InexpressibleError(`it contains an array of ${count} pointers`);
  const names = count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}${index}`);
  return names.map((one) => `[constant(0)] void *${one};`).join(' ');
}

const MOST_POINTERS = 64;

/** The sorts of type names that the headers define. */
const KNOWN_SORTS: Readonly<Record<string, Sort>> = {
  void: 'void',
  number: 'number',
  byte: 'byte',
  char: 'character',
  wide: 'character',
  handle: 'handle',
  opaque: 'opaque',
  callback: 'callback',
  sized: 'sized',
};

/** Names of pointers to security identifiers, which contain their own size. */
const SIDS = new Set(['PSID']);

const TEXTS = /^(PWSTR|PSTR|BSTR|PCWSTR|PCSTR|PZZWSTR|PZZSTR)$/;

/** The key of a type in the table of releases. */
export const keyOf = ({ Api, Parents, Name }: Reference): string => [Api, ...Parents, Name].join('.');

/** True for a pointer-sized number that is a handle. LPARAM, SIZE_T and the like are not. */
function isHandle({ Name, Def, FreeFunc }: MetadataTypeEntry): boolean {
  if (Def?.Kind !== 'Native' || !/^U?IntPtr$/.test(Def.Name)) return false;
  if (/^(LPARAM|WPARAM|LRESULT|[A-Z]+_PTR|SIZE_T)$/.test(Name)) return false;
  return Boolean(FreeFunc) || Def.Name === 'IntPtr';
}

/** The members that another union has first, so that the same one is used in both; their order says nothing in memory. */
function commonFirst(entry: MetadataTypeEntry, other: MetadataTypeEntry): MetadataTypeEntry {
  if (entry.Kind !== 'Union') return entry;
  const isCommon = ({ Name }: MetadataField) => (other.Fields ?? []).some((one) => one.Name === Name);
  const fields = entry.Fields ?? [];
  return { ...entry, Fields: [...fields.filter(isCommon), ...fields.filter((one) => !isCommon(one))] };
}

/** `[use(x)] union { ... }` in two. */
function splitMark(body: string): [string, string] {
  const end = body.indexOf(']') + 2;
  return [body.slice(0, end), body.slice(end)];
}

/** Finds the entry of a reference through the entries that contain it. */
function follow(entries: readonly MetadataTypeEntry[], { Parents, Name }: Reference): MetadataTypeEntry | undefined {
  const direct = entryNamed(entries, Name);
  if (Parents.length === 0) return direct;
  const scope = Parents.reduce((within, parent) => entryNamed(within, parent)?.NestedTypes ?? [], entries);
  return entryNamed(scope, Name) ?? direct;
}
