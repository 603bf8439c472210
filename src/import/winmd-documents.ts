/**
 * Presents a .winmd file as documents of win32json, one for each namespace. Everything except names is read on demand.
 */
import { own } from '../definition/own.js';
import {
  type Attribute,
  fullName,
  type SignatureType,
  type TypeName,
  type WinmdMethod,
  type WinmdParameter,
} from '../winmd/types.js';
import type { Winmd } from '../winmd/winmd.js';
import type {
  MetadataAttribute,
  MetadataDocument,
  MetadataDocuments,
  MetadataFunction,
  MetadataParameter,
  MetadataType,
  MetadataTypeEntry,
} from './metadata.js';

/** Flags of types, fields, parameters and imports (ECMA-335, II.23.1). */
const EXPLICIT_LAYOUT = 0x10;
const INTERFACE = 0x20;
const STATIC = 0x10;
const IN = 1;
const OUT = 2;
const OPTIONAL = 16;
const SETS_LAST_ERROR = 0x40;

/** The content of a namespace: rows of types, rows of imported methods. */
interface Members {
  readonly types: number[];
  readonly methods: number[];
}

export class WinmdDocuments implements MetadataDocuments {
  readonly #winmd: Winmd;
  readonly #documents = new Map<string, MetadataDocument>();
  #members: ReadonlyMap<string, Members> | undefined;

  constructor(winmd: Winmd) {
    this.#winmd = winmd;
  }

  /** Returns the document of a namespace; undefined if the file has no such namespace. */
  get(api: string): MetadataDocument | undefined {
    const kept = this.#documents.get(api);
    if (kept) return kept;
    const members = this.#byNamespace.get(api);
    if (!members) return undefined;
    const document = documentOf(this.#winmd, members);
    this.#documents.set(api, document);
    return document;
  }

  /** The namespaces. */
  get apis(): readonly string[] {
    return [...this.#byNamespace.keys()];
  }

  get #byNamespace(): ReadonlyMap<string, Members> {
    this.#members ??= membersByNamespace(this.#winmd);
    return this.#members;
  }

  /** Returns the namespaces that have a function of this name. */
  namespacesOf(name: string): readonly string[] {
    const methods = this.#winmd.importedMethods.get(name) ?? [];
    return [...new Set(methods.map((row) => apiOf(this.#winmd.typeName(this.#winmd.typeOfMethod(row)))))];
  }

  /** The names of all functions. */
  get functionNames(): readonly string[] {
    return [...this.#winmd.importedMethods.keys()];
  }
}

/** The namespace as win32json writes it: without `Windows.Win32`. */
function apiOf({ namespace }: TypeName): string {
  return namespace.replace(/^Windows\.Win32\./, '');
}

function membersByNamespace(winmd: Winmd): ReadonlyMap<string, Members> {
  const all = new Map<string, Members>();
  const membersOf = (api: string) => {
    const members = all.get(api) ?? { types: [], methods: [] };
    all.set(api, members);
    return members;
  };
  for (let row = 1; row <= winmd.typeCount; row++) {
    const name = winmd.typeName(row);
    if (name.enclosing.length === 0) membersOf(apiOf(name)).types.push(row);
  }
  for (const row of [...winmd.importedMethods.values()].flat()) {
    membersOf(apiOf(winmd.typeName(winmd.typeOfMethod(row)))).methods.push(row);
  }
  return all;
}

function documentOf(winmd: Winmd, { types, methods }: Members): MetadataDocument {
  return {
    Types: types.filter((row) => kindOfType(winmd, row) !== OTHER).map((row) => new TypeEntry(winmd, row)),
    Functions: methods.map((row) => new FunctionEntry(winmd, row)),
  };
}

class FunctionEntry implements MetadataFunction {
  readonly #winmd: Winmd;
  readonly #row: number;
  readonly Name: string;
  #read: WinmdMethod | undefined;

  constructor(winmd: Winmd, row: number) {
    this.#winmd = winmd;
    this.#row = row;
    this.Name = winmd.methodName(row);
  }

  get #method(): WinmdMethod {
    this.#read ??= this.#winmd.method(this.#row);
    return this.#read;
  }

  get SetLastError(): boolean {
    return ((this.#method.import?.flags ?? 0) & SETS_LAST_ERROR) !== 0;
  }

  get DllImport(): string {
    return this.#method.import?.library ?? '';
  }

  get ReturnType(): MetadataType {
    return convertType(this.#winmd, this.#method.returns);
  }

  get Architectures(): readonly string[] {
    return architectures(this.#winmd.methodAttributes(this.#row));
  }

  get Platform(): string | null {
    return textOf(this.#method.attributes, 'SupportedOSPlatform');
  }

  get Params(): readonly MetadataParameter[] {
    return this.#method.parameters.map((one) => convertParameter(this.#winmd, one));
  }
}

/** The kind of types that C functions do not use: the class of the functions, attributes. */
const OTHER = 'Other';

class TypeEntry implements MetadataTypeEntry {
  readonly #winmd: Winmd;
  readonly #row: number;
  readonly Name: string;
  #read: readonly Attribute[] | undefined;

  constructor(winmd: Winmd, row: number) {
    this.#winmd = winmd;
    this.#row = row;
    this.Name = winmd.typeName(row).name;
  }

  get #attributes(): readonly Attribute[] {
    this.#read ??= this.#winmd.typeAttributes(this.#row);
    return this.#read;
  }

  /** The fields that are values of the enum. */
  get #fields() {
    const fields = this.#winmd.fieldsOf(this.#row).map((row) => this.#winmd.field(row));
    return fields.filter(({ flags }) => !(flags & STATIC));
  }

  get Kind(): string {
    const kind = kindOfType(this.#winmd, this.#row);
    if (kind !== STRUCT) return kind;
    if (isTypedef(this.#attributes)) return 'NativeTypedef';
    const { flags } = this.#winmd.type(this.#row);
    const fields = this.#fields;
    if (fields.length === 0 && find(this.#attributes, 'Guid')) return 'ComClassID';
    if (!(flags & EXPLICIT_LAYOUT)) return STRUCT;
    return fields.every(({ offset }) => offset === 0) ? 'Union' : 'ExplicitStruct';
  }

  get Architectures(): readonly string[] {
    return architectures(this.#attributes);
  }

  /**
   * The underlying type of a typedef. Newer metadata has handles as `void *`, and win32json as pointer-sized numbers.
   */
  get Def(): MetadataType | undefined {
    const [field] = this.#fields;
    if (!field || !isTypedef(this.#attributes)) return undefined;
    const isReleased = this.FreeFunc !== null || find(this.#attributes, 'InvalidHandleValue') !== undefined;
    const isHandle = isReleased && !MEMORY.has(this.Name);
    return convertType(this.#winmd, isHandle && isVoidPointer(field.type) ? POINTER_SIZED : field.type);
  }

  get FreeFunc(): string | null {
    return textOf(this.#attributes, 'RAIIFree');
  }

  get Flags(): boolean {
    return find(this.#attributes, 'Flags') !== undefined;
  }

  get Values(): MetadataTypeEntry['Values'] {
    return this.#winmd.fieldsOf(this.#row).flatMap((row) => {
      const { name, flags, constant } = this.#winmd.field(row);
      const isNumber = typeof constant === 'number' || typeof constant === 'bigint';
      return flags & STATIC && isNumber ? [{ Name: name, Value: Number(constant) }] : [];
    });
  }

  get IntegerBase(): string | null {
    const [value] = this.#fields;
    return value?.type.kind === 'primitive' ? value.type.name : null;
  }

  get PackingSize(): number {
    return this.#winmd.type(this.#row).pack;
  }

  /** The field that holds the size of the struct. */
  get SizeField(): string | undefined {
    return textOf(this.#attributes, 'StructSizeField') ?? undefined;
  }

  /** The return type of a callback; its signature is the method Invoke of a delegate. */
  get ReturnType(): MetadataType | undefined {
    return this.#invoke && convertType(this.#winmd, this.#invoke.returns);
  }

  get Params(): readonly MetadataParameter[] | undefined {
    return this.#invoke?.parameters.map((one) => convertParameter(this.#winmd, one));
  }

  get #invoke(): WinmdMethod | undefined {
    if (kindOfType(this.#winmd, this.#row) !== 'FunctionPointer') return undefined;
    const row = this.#winmd.methodsOf(this.#row).find((one) => this.#winmd.methodName(one) === 'Invoke');
    return row === undefined ? undefined : this.#winmd.method(row);
  }

  get Fields(): readonly MetadataParameter[] {
    return this.#fields.map(({ name, type, attributes }) => ({
      Name: name,
      Type: convertType(this.#winmd, type),
      Attrs: attributes.map(convertAttribute),
    }));
  }

  get NestedTypes(): readonly MetadataTypeEntry[] {
    return this.#winmd.nestedTypes(this.#row).map((row) => new TypeEntry(this.#winmd, row));
  }
}

const POINTER_SIZED: SignatureType = { kind: 'primitive', name: 'IntPtr' };
const STRUCT = 'Struct';

/** Names of memory addresses that are not handles, although they have an invalid value. */
const MEMORY = new Set(['PSECURITY_DESCRIPTOR', 'PSID', 'LPPROC_THREAD_ATTRIBUTE_LIST']);

/** The kinds by the type's base. */
const BASES: Readonly<Record<string, string>> = {
  'System.Enum': 'Enum',
  'System.ValueType': STRUCT,
  'System.MulticastDelegate': 'FunctionPointer',
};

function kindOfType(winmd: Winmd, row: number): string {
  const { flags, extends: base } = winmd.type(row);
  if (flags & INTERFACE) return 'Com';
  return (base && own(BASES, fullName(base))) ?? OTHER;
}

const isTypedef = (attributes: readonly Attribute[]) =>
  find(attributes, 'NativeTypedef') !== undefined || find(attributes, 'MetadataTypedef') !== undefined;

const isVoidPointer = (type: SignatureType) => type.kind === 'pointer' && isVoid(type.element);

const isVoid = (type: SignatureType) => type.kind === 'primitive' && type.name === 'Void';

function convertParameter(winmd: Winmd, { name, flags, type, attributes }: WinmdParameter): MetadataParameter {
  const array = find(attributes, 'NativeArrayInfo');
  const element = array && elementOf(winmd, type);
  const others = element ? attributes.filter((one) => one !== array) : attributes;
  return {
    Name: name,
    Type: array && element ? convertArray(winmd, array, element) : convertType(winmd, type),
    Attrs: [
      ...(flags & IN ? ['In'] : []),
      ...(flags & OUT ? ['Out'] : []),
      ...(flags & OPTIONAL ? ['Optional'] : []),
      ...others.map(convertAttribute),
    ],
  };
}

function convertArray(winmd: Winmd, { named }: Attribute, element: SignatureType): MetadataType {
  return {
    Kind: 'LPArray',
    CountConst: Number(named.CountConst ?? -1),
    CountParamIndex: Number(named.CountParamIndex ?? -1),
    Child: convertType(winmd, element),
  };
}

/** The type behind a pointer, or behind a pointer name such as PWSTR. */
function elementOf(winmd: Winmd, type: SignatureType): SignatureType | undefined {
  if (type.kind === 'pointer') return type.element;
  if (type.kind !== 'named' || type.type.definition === undefined) return undefined;
  if (!isTypedef(winmd.typeAttributes(type.type.definition))) return undefined;
  const [field] = winmd.fieldsOf(type.type.definition);
  const inner = field === undefined ? undefined : winmd.field(field).type;
  return inner?.kind === 'pointer' ? inner.element : undefined;
}

function convertType(winmd: Winmd, type: SignatureType): MetadataType {
  switch (type.kind) {
    case 'primitive':
      return { Kind: 'Native', Name: type.name };
    case 'pointer':
      return { Kind: 'PointerTo', Child: convertType(winmd, type.element) };
    case 'array':
      if (type.rank > 1) return { Kind: 'MissingClrType', Name: `an array of ${type.rank} dimensions` };
      return { Kind: 'Array', Shape: shapeOf(type.sizes), Child: convertType(winmd, type.element) };
    case 'vector':
      return { Kind: 'Array', Shape: null, Child: convertType(winmd, type.element) };
    case 'named':
      return convertNamed(winmd, type.type);
    default:
      return { Kind: 'MissingClrType', Name: type.kind };
  }
}

/** win32json gives no size to an array of one element, because it is often the first of several. */
function shapeOf([size = 1]: readonly number[]): { readonly Size: number } | null {
  return size === 1 ? null : { Size: size };
}

function convertNamed(winmd: Winmd, type: TypeName): MetadataType {
  const name = fullName(type);
  if (name === 'System.Guid') return { Kind: 'Native', Name: 'Guid' };
  if (/^System(\.|$)/.test(type.namespace) && type.definition === undefined)
    return { Kind: 'MissingClrType', Name: name };
  const kind = type.definition === undefined ? OTHER : kindOfType(winmd, type.definition);
  return {
    Kind: 'ApiRef',
    Name: type.name,
    TargetKind: kind === 'FunctionPointer' || kind === 'Com' ? kind : 'Default',
    Api: apiOf(type),
    Parents: type.enclosing,
  };
}

function convertAttribute({ type, fixed, named }: Attribute): MetadataAttribute {
  const name = plainName(type);
  if (fixed.length === 0 && Object.keys(named).length === 0) return name;
  return { ...named, ...(fixed.length > 0 && { Arguments: fixed }), Kind: name };
}

const plainName = ({ name }: TypeName) => name.replace(/Attribute$/, '');

function find(attributes: readonly Attribute[], name: string): Attribute | undefined {
  return attributes.find(({ type }) => plainName(type) === name);
}

function textOf(attributes: readonly Attribute[], name: string): string | null {
  const [text] = find(attributes, name)?.fixed ?? [];
  return typeof text === 'string' ? text : null;
}

/** The bits of SupportedArchitecture. */
const ARCHITECTURES = ['X86', 'X64', 'Arm64'];

/** Returns the architectures that a type is limited to; empty if it exists on all. */
function architectures(attributes: readonly Attribute[]): readonly string[] {
  const [bits] = find(attributes, 'SupportedArchitecture')?.fixed ?? [];
  const named = ARCHITECTURES.filter((_, bit) => typeof bits === 'number' && bits & (1 << bit));
  return named.length === ARCHITECTURES.length ? [] : named;
}
