/** Writes metadata, for tests: types with fields, methods, imports, constants, layouts and attributes. */
import { CODED, type CodedIndex, LAYOUT, TABLES, type TableName } from '../../src/winmd/table-layout.js';
import { PRIMITIVES, type PrimitiveName } from '../../src/winmd/types.js';

export type WrittenSignature =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'pointer'; readonly element: WrittenSignature }
  | { readonly kind: 'array'; readonly element: WrittenSignature; readonly size: number }
  /**
   * The name is `Namespace.Outer+Inner`. A type that is not among the written ones becomes a reference to another file.
   */
  | { readonly kind: 'named'; readonly name: string };

/** A value with its type, for a constant or an argument. */
export type WrittenValue = readonly [
  'Int16' | 'UInt16' | 'Int32' | 'UInt32' | 'Int64' | 'String',
  string | number | bigint,
];

export interface WrittenAttribute {
  readonly type: string;
  readonly fixed?: readonly WrittenValue[];
  readonly named?: Readonly<Record<string, WrittenValue>>;
}

export interface WrittenField {
  readonly name: string;
  readonly flags: number;
  readonly type: WrittenSignature;
  readonly constant?: WrittenValue;
  readonly offset?: number;
  readonly attributes?: readonly WrittenAttribute[];
}

export interface WrittenMethod {
  readonly name: string;
  readonly returns: WrittenSignature;
  readonly parameters: readonly (Omit<WrittenField, 'constant' | 'offset'> & { readonly flags: number })[];
  /** The library; absent for the method of a delegate, which is not imported. */
  readonly library?: string;
  readonly importFlags?: number;
  readonly attributes?: readonly WrittenAttribute[];
}

export interface WrittenType {
  /** `Namespace.Outer+Inner`; a nested type comes after its enclosing type. */
  readonly name: string;
  readonly flags: number;
  readonly extends?: string;
  readonly pack?: number;
  readonly fields?: readonly WrittenField[];
  readonly methods?: readonly WrittenMethod[];
  readonly attributes?: readonly WrittenAttribute[];
}

/** Returns the content of the file. */
export function writeWinmd(types: readonly WrittenType[]): Buffer {
  const writer = new Writer(types);
  return image(writer.metadata());
}

/** The columns by which tables are sorted. */
const SORTED: Partial<Record<TableName, number>> = {
  Constant: 1,
  CustomAttribute: 0,
  ClassLayout: 2,
  FieldLayout: 1,
  ImplMap: 1,
  NestedClass: 0,
};

class Writer {
  readonly #rows = new Map<TableName, number[][]>(TABLES.map((name) => [name, []]));
  readonly #strings = new Heap();
  readonly #blobs = new Heap();
  readonly #types: ReadonlyMap<string, number>;
  readonly #references = new Map<string, number>();
  readonly #members = new Map<string, number>();
  readonly #modules = new Map<string, number>();

  constructor(types: readonly WrittenType[]) {
    // The first row is <Module>. If several types share a name for different architectures, references mean the first.
    const rows = new Map<string, number>();
    for (const [index, { name }] of types.entries()) if (!rows.has(name)) rows.set(name, index + 2);
    this.#types = rows;
    this.#add('Module', [0, this.#string('test.winmd'), 1, 0, 0]);
    this.#add('Assembly', [0x8004, 1, 0, 0, 0, 0, 0, this.#string('test'), 0]);
    this.#add('AssemblyRef', [4, 0, 0, 0, 0, 0, this.#string('netstandard'), 0, 0]);
    this.#add('TypeDef', [0, this.#string('<Module>'), 0, 0, 1, 1]);
    const around: string[] = [];
    for (const [index, type] of types.entries()) {
      const depth = type.name.split('+').length - 1;
      around[depth] = String(index + 2);
      this.#type(type, depth === 0 ? undefined : Number(around[depth - 1]));
    }
  }

  #add(table: TableName, row: number[]): number {
    const rows = this.#rows.get(table) as number[][];
    rows.push(row);
    return rows.length;
  }

  #count(table: TableName): number {
    return (this.#rows.get(table) as number[][]).length;
  }

  #string(text: string): number {
    return text === '' ? 0 : this.#strings.add(Buffer.from(`${text}\0`));
  }

  #blob(bytes: readonly number[] | Buffer): number {
    return this.#blobs.add(Buffer.from([...compressed(bytes.length), ...bytes]));
  }

  #type(type: WrittenType, enclosing: number | undefined): void {
    const { namespace, name } = split(type.name);
    const base = type.extends === undefined ? 0 : this.#reference(type.extends);
    const at = [this.#count('Field') + 1, this.#count('MethodDef') + 1];
    const row = this.#add('TypeDef', [type.flags, this.#string(name), this.#string(namespace), base, ...at]);
    if (enclosing !== undefined) this.#add('NestedClass', [row, enclosing]);
    if (type.pack !== undefined) this.#add('ClassLayout', [type.pack, 0, row]);
    this.#attributes('TypeDef', row, type.attributes);
    for (const field of type.fields ?? []) this.#field(field);
    for (const method of type.methods ?? []) this.#method(method);
  }

  #field({ name, flags, type, constant, offset, attributes }: WrittenField): void {
    const row = this.#add('Field', [flags, this.#string(name), this.#blob([6, ...this.#signature(type)])]);
    if (offset !== undefined) this.#add('FieldLayout', [offset, row]);
    if (constant) {
      const [kind, value] = constant;
      const bytes = kind === 'String' ? Buffer.from(String(value), 'utf16le') : number(constant);
      this.#add('Constant', [elementOf(kind), coded('HasConstant', 'Field', row), this.#blob(bytes)]);
    }
    this.#attributes('Field', row, attributes);
  }

  #method({ name, returns, parameters, library, importFlags, attributes }: WrittenMethod): void {
    const types = [returns, ...parameters.map(({ type }) => type)].flatMap((type) => this.#signature(type));
    const signature = this.#blob([0, ...compressed(parameters.length), ...types]);
    const row = this.#add('MethodDef', [0, 0x80, 0x2096, this.#string(name), signature, this.#count('Param') + 1]);
    for (const [index, parameter] of parameters.entries()) {
      const param = this.#add('Param', [parameter.flags, index + 1, this.#string(parameter.name)]);
      this.#attributes('Param', param, parameter.attributes);
    }
    if (library !== undefined) {
      const module = this.#modules.get(library) ?? this.#add('ModuleRef', [this.#string(library)]);
      this.#modules.set(library, module);
      this.#add('ImplMap', [importFlags ?? 0, coded('MemberForwarded', 'MethodDef', row), this.#string(name), module]);
    }
    this.#attributes('MethodDef', row, attributes);
  }

  #signature(type: WrittenSignature): number[] {
    switch (type.kind) {
      case 'primitive':
        return [elementOf(type.name)];
      case 'pointer':
        return [0x0f, ...this.#signature(type.element)];
      case 'array':
        return [0x14, ...this.#signature(type.element), 1, 1, ...compressed(type.size), 1, 0];
      case 'named':
        return [0x11, ...compressed(this.#reference(type.name))];
    }
  }

  /** A TypeDefOrRef index. */
  #reference(name: string): number {
    const row = this.#types.get(name);
    return row === undefined
      ? coded('TypeDefOrRef', 'TypeRef', this.#foreign(name))
      : coded('TypeDefOrRef', 'TypeDef', row);
  }

  #foreign(full: string): number {
    const kept = this.#references.get(full);
    if (kept !== undefined) return kept;
    const { namespace, name } = split(full);
    const outer = full.includes('+') ? this.#foreign(full.slice(0, full.lastIndexOf('+'))) : undefined;
    const scope =
      outer === undefined ? coded('ResolutionScope', 'AssemblyRef', 1) : coded('ResolutionScope', 'TypeRef', outer);
    const row = this.#add('TypeRef', [scope, this.#string(name), this.#string(namespace)]);
    this.#references.set(full, row);
    return row;
  }

  #attributes(
    table: 'TypeDef' | 'Field' | 'MethodDef' | 'Param',
    row: number,
    all: readonly WrittenAttribute[] = [],
  ): void {
    for (const { type, fixed = [], named = {} } of all) {
      const parts = [Buffer.from([1, 0]), ...fixed.map(argument), Buffer.from([Object.keys(named).length, 0])];
      for (const [name, value] of Object.entries(named)) {
        parts.push(Buffer.from([0x53, elementOf(value[0])]), argument(['String', name]), argument(value));
      }
      const member = this.#constructorOf(
        type,
        fixed.map(([kind]) => elementOf(kind)),
      );
      const blob = this.#blob(Buffer.concat(parts));
      const parent = coded('HasCustomAttribute', table, row);
      this.#add('CustomAttribute', [parent, coded('CustomAttributeType', 'MemberRef', member), blob]);
    }
  }

  #constructorOf(type: string, parameters: readonly number[]): number {
    const key = `${type}(${parameters.join()})`;
    const kept = this.#members.get(key);
    if (kept !== undefined) return kept;
    const parent = coded('MemberRefParent', 'TypeRef', this.#foreign(type));
    const signature = this.#blob([0x20, parameters.length, 1, ...parameters]);
    const row = this.#add('MemberRef', [parent, this.#string('.ctor'), signature]);
    this.#members.set(key, row);
    return row;
  }

  metadata(): Buffer {
    const streams: readonly (readonly [string, Buffer])[] = [
      ['#~', this.#tables()],
      ['#Strings', this.#strings.bytes()],
      ['#Blob', this.#blobs.bytes()],
      ['#GUID', Buffer.alloc(16, 7)],
    ];
    const version = Buffer.from('v4.0.30319\0\0');
    const names = streams.map(([name]) => Buffer.from(name.padEnd(4 * (Math.floor(name.length / 4) + 1), '\0')));
    let offset = 16 + version.length + 4 + names.reduce((sum, name) => sum + 8 + name.length, 0);
    const headers = streams.map(([, bytes], index) => {
      const header = Buffer.concat([words(offset, bytes.length), names[index] as Buffer]);
      offset += bytes.length;
      return header;
    });
    const root = Buffer.concat([Buffer.from('BSJB'), Buffer.from([1, 0, 1, 0]), words(0, version.length), version]);
    return Buffer.concat([
      root,
      Buffer.from([0, 0, streams.length, 0]),
      ...headers,
      ...streams.map(([, bytes]) => bytes),
    ]);
  }

  #tables(): Buffer {
    for (const [table, column] of Object.entries(SORTED)) {
      this.#rows.get(table as TableName)?.sort((a, b) => (a[column] as number) - (b[column] as number));
    }
    const heapSizes = (this.#strings.size > 0xffff ? 1 : 0) | (this.#blobs.size > 0xffff ? 4 : 0);
    const present = TABLES.filter((name) => this.#count(name) > 0);
    const head = Buffer.alloc(24);
    head.set([2, 0, heapSizes, 1], 4);
    const bit = (name: TableName) => 1n << BigInt(TABLES.indexOf(name));
    head.writeBigUInt64LE(
      present.reduce((mask, name) => mask | bit(name), 0n),
      8,
    );
    head.writeBigUInt64LE(
      Object.keys(SORTED).reduce((mask, name) => mask | bit(name as TableName), 0n),
      16,
    );
    const counts = words(...present.map((name) => this.#count(name)));
    return padded(
      Buffer.concat([head, counts, ...present.map((name) => this.#table(name, heapSizes)), Buffer.alloc(4)]),
    );
  }

  #table(name: TableName, heapSizes: number): Buffer {
    const widths = LAYOUT[name].split(' ').map((text) => this.#width(text.split(':')[1] ?? '', heapSizes));
    const total = widths.reduce((sum, width) => sum + width, 0);
    const bytes = Buffer.alloc(total * this.#count(name));
    let at = 0;
    for (const row of this.#rows.get(name) as number[][]) {
      for (const [index, width] of widths.entries()) at = bytes.writeUIntLE(row[index] as number, at, width);
    }
    return bytes;
  }

  #width(target: string, heapSizes: number): number {
    if (target === 'u4') return 4;
    if (target === 'u2' || target === 'guid') return 2;
    if (target === 'string' || target === 'blob') return heapSizes & (target === 'string' ? 1 : 4) ? 4 : 2;
    const targets = Object.hasOwn(CODED, target) ? CODED[target as CodedIndex].split(' ') : [target];
    const bits = Math.ceil(Math.log2(targets.length));
    const most = Math.max(...targets.map((one) => (one === '-' ? 0 : this.#count(one as TableName))));
    return most < 2 ** (16 - bits) ? 2 : 4;
  }
}

/** A heap without duplicates. */
class Heap {
  readonly #parts: Buffer[] = [Buffer.alloc(1)];
  readonly #places = new Map<string, number>();
  size = 1;

  add(bytes: Buffer): number {
    const key = bytes.toString('latin1');
    const kept = this.#places.get(key);
    if (kept !== undefined) return kept;
    const place = this.size;
    this.#places.set(key, place);
    this.#parts.push(bytes);
    this.size += bytes.length;
    return place;
  }

  bytes(): Buffer {
    return padded(Buffer.concat(this.#parts));
  }
}

function split(full: string): { readonly namespace: string; readonly name: string } {
  if (full.includes('+')) return { namespace: '', name: full.slice(full.lastIndexOf('+') + 1) };
  const dot = full.lastIndexOf('.');
  return { namespace: full.slice(0, Math.max(dot, 0)), name: full.slice(dot + 1) };
}

const TARGETS = new Map(Object.entries(CODED).map(([index, tables]) => [index, tables.split(' ')]));

function coded(index: CodedIndex, table: TableName, row: number): number {
  const targets = TARGETS.get(index) as string[];
  return row * 2 ** Math.ceil(Math.log2(targets.length)) + targets.indexOf(table);
}

function compressed(value: number): number[] {
  if (value < 0x80) return [value];
  if (value < 0x4000) return [0x80 | (value >> 8), value & 0xff];
  return [0xc0 | (value >> 24), (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}

const ELEMENTS = new Map(Object.entries(PRIMITIVES).map(([element, name]) => [name, Number(element)]));

function elementOf(name: PrimitiveName): number {
  return ELEMENTS.get(name) as number;
}

function argument(value: WrittenValue): Buffer {
  if (value[0] !== 'String') return number(value);
  const text = Buffer.from(String(value[1]));
  return Buffer.concat([Buffer.from(compressed(text.length)), text]);
}

function number([kind, value]: WrittenValue): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)));
  return bytes.subarray(0, { Int16: 2, UInt16: 2, Int32: 4, UInt32: 4, Int64: 8, String: 0 }[kind]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/** A PE image with one section: the CLI header and the metadata. */
function image(metadata: Buffer): Buffer {
  const size = 72 + metadata.length;
  const raw = Math.ceil(size / 512) * 512;
  const headers = Buffer.alloc(512);
  headers.write('MZ');
  headers.writeUInt32LE(0x80, 0x3c);
  headers.write('PE\0\0', 0x80, 'latin1');
  headers.writeUInt16LE(0x14c, 0x84);
  headers.writeUInt16LE(1, 0x86);
  headers.writeUInt16LE(224, 0x94);
  headers.writeUInt16LE(0x2102, 0x96);
  const optional = 0x98;
  headers.writeUInt16LE(0x10b, optional);
  headers.writeUInt32LE(0x400000, optional + 28);
  headers.writeUInt32LE(0x2000, optional + 32);
  headers.writeUInt32LE(0x200, optional + 36);
  headers.writeUInt32LE(0x2000 + raw, optional + 56);
  headers.writeUInt32LE(512, optional + 60);
  headers.writeUInt32LE(16, optional + 92);
  headers.set(words(0x2000, 72), optional + 96 + 14 * 8);
  headers.write('.text', optional + 224);
  headers.set(words(size, 0x2000, raw, 512), optional + 224 + 8);
  const cli = Buffer.alloc(72);
  cli.set(words(72, 0x50002, 0x2000 + 72, metadata.length, 1));
  return Buffer.concat([headers, cli, metadata, Buffer.alloc(raw - size)]);
}
