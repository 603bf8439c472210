/**
 * Reads metadata: types, their fields and methods, their imports, and their attributes. Everything except the headers
 * is read on demand. Rows are counted from 1, as in the standard (ECMA-335, II.22).
 */
import { BlobReader } from './blob-reader.js';
import type { ByteSource } from './byte-source.js';
import { ForeignEnums } from './foreign-enums.js';
import { Heaps } from './heaps.js';
import { findMetadata } from './image.js';
import type { MetadataError } from './metadata-error.js';
import { SignatureReader, type TypeResolver } from './signature.js';
import { readStreams } from './streams.js';
import type { CodedIndex, ColumnName, TableName } from './table-layout.js';
import { type RowReference, Tables } from './tables.js';
import {
  type Attribute,
  fullName,
  type MetadataValue,
  type MethodSignature,
  PRIMITIVES,
  type PrimitiveName,
  type SignatureType,
  type TypeName,
  type WinmdField,
  type WinmdImport,
  type WinmdMethod,
  type WinmdParameter,
  type WinmdType,
} from './types.js';
import { type Arguments, type EnumResolver, readArguments, readConstant } from './values.js';

/** The maximum nesting of types. */
const DEEPEST_NESTING = 64;

/** The constructor of an attribute. */
interface Constructor {
  readonly type: TypeName;
  readonly parameters: readonly SignatureType[];
}

export class Winmd {
  readonly #source: ByteSource;
  readonly #tables: Tables;
  readonly #heaps: Heaps;
  readonly #names = new Map<number, TypeName>();
  readonly #constructors = new Map<string, Constructor>();
  readonly #byName: Lazy<ReadonlyMap<string, number>>;
  readonly #imports: Lazy<ReadonlyMap<string, readonly number[]>>;
  readonly #resolver: TypeResolver;

  /** Throws a MetadataError if the headers are damaged. */
  constructor(source: ByteSource) {
    this.#source = source;
    const metadata = findMetadata(source);
    const streams = readStreams(source, metadata);
    const tables = streams.get('#~');
    if (!tables) {
      const problem = streams.has('#-') ? 'its tables are not optimized (#-)' : 'it has no tables (#~)';
      throw source.error(metadata.offset, problem);
    }
    this.#tables = new Tables(source, tables);
    this.#heaps = new Heaps(source, streams);
    this.#resolver = {
      named: (coded) => {
        const reference = this.#typeIndex(coded);
        return reference && reference.table !== 'TypeSpec' ? this.#nameOf(reference) : undefined;
      },
      specification: (coded) => {
        const reference = this.#typeIndex(coded);
        return reference?.table === 'TypeSpec' ? this.#signatureBlob('TypeSpec', reference.row) : undefined;
      },
    };
    this.#byName = new Lazy(() => this.#indexNames());
    this.#imports = new Lazy(() => this.#indexImports());
  }

  /** The path of the file. */
  get file(): string {
    return this.#source.name;
  }

  close(): void {
    this.#source.close();
  }

  /** The number of types, including `<Module>`, which is the first. */
  get typeCount(): number {
    return this.#tables.rows('TypeDef');
  }

  /** Returns the row of a type by its full name (see `fullName`); undefined if this file does not define it. */
  typeNamed(name: string): number | undefined {
    return this.#byName.value.get(name);
  }

  typeName(row: number): TypeName {
    const kept = this.#names.get(row);
    if (kept) return kept;
    const name = this.#definedName(row);
    this.#names.set(row, name);
    return name;
  }

  type(row: number): WinmdType {
    const base = this.#tables.reference('TypeDef', row, 'Extends');
    const [layout] = this.#tables.rowsOf('ClassLayout', 'Parent', { table: 'TypeDef', row });
    return {
      name: this.typeName(row),
      flags: this.#tables.cell('TypeDef', row, 'Flags'),
      extends: base && this.#nameOf(base),
      pack: layout ? this.#tables.cell('ClassLayout', layout, 'Pack') : 0,
      size: layout ? this.#tables.cell('ClassLayout', layout, 'Size') : 0,
    };
  }

  /** The attributes of a type. */
  typeAttributes(row: number): readonly Attribute[] {
    return this.#attributesOf({ table: 'TypeDef', row });
  }

  /** The rows of the types that are directly within a type. */
  nestedTypes(row: number): readonly number[] {
    return this.#tables
      .rowsOf('NestedClass', 'Enclosing', { table: 'TypeDef', row })
      .map((nested) => this.#tables.cell('NestedClass', nested, 'Nested'));
  }

  /** The rows of a type's methods. */
  methodsOf(type: number): readonly number[] {
    return this.#tables.list('TypeDef', type, 'Methods');
  }

  /** The rows of a type's fields. */
  fieldsOf(type: number): readonly number[] {
    return this.#tables.list('TypeDef', type, 'Fields');
  }

  /**
   * The names of all methods that are imported from a library, with their rows. There can be one row for each
   * architecture.
   */
  get importedMethods(): ReadonlyMap<string, readonly number[]> {
    return this.#imports.value;
  }

  methodName(row: number): string {
    return this.#string('MethodDef', row, 'Name');
  }

  /** Returns the row of the type that has a method. */
  typeOfMethod(method: number): number {
    let low = 1;
    let high = this.typeCount;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#tables.cell('TypeDef', middle, 'Methods') <= method) low = middle;
      else high = middle - 1;
    }
    const start = this.#tables.cell('TypeDef', low, 'Methods');
    const next = low < this.typeCount ? this.#tables.cell('TypeDef', low + 1, 'Methods') : Infinity;
    if (start <= method && method < next) return low;
    throw this.#error('MethodDef', method, `the method ${this.methodName(method)} belongs to no type`);
  }

  methodAttributes(row: number): readonly Attribute[] {
    return this.#attributesOf({ table: 'MethodDef', row });
  }

  importOf(method: number): WinmdImport | undefined {
    const [row] = this.#tables.rowsOf('ImplMap', 'Member', { table: 'MethodDef', row: method });
    if (row === undefined) return undefined;
    const library = this.#tables.reference('ImplMap', row, 'Scope');
    if (!library)
      throw this.#error('ImplMap', row, `the method ${this.methodName(method)} is imported from no library`);
    return {
      library: this.#string('ModuleRef', library.row, 'Name'),
      entryPoint: this.#string('ImplMap', row, 'Name'),
      flags: this.#tables.cell('ImplMap', row, 'Flags'),
    };
  }

  method(row: number): WinmdMethod {
    const signature = this.#methodSignature('MethodDef', row);
    const rows = this.#parameterRows(row, signature.parameters.length);
    const [own] = rows;
    return {
      name: this.methodName(row),
      flags: this.#tables.cell('MethodDef', row, 'Flags'),
      returns: signature.returns,
      returnAttributes: own === undefined ? [] : this.#attributesOf({ table: 'Param', row: own }),
      parameters: signature.parameters.map((type, index) => this.#parameter(type, rows[index + 1])),
      import: this.importOf(row),
      attributes: this.methodAttributes(row),
    };
  }

  field(row: number): WinmdField {
    const self: RowReference = { table: 'Field', row };
    const [layout] = this.#tables.rowsOf('FieldLayout', 'Field', self);
    const blob = this.#signatureBlob('Field', row);
    return {
      name: this.#string('Field', row, 'Name'),
      flags: this.#tables.cell('Field', row, 'Flags'),
      type: new SignatureReader(blob, this.#resolver).field(),
      offset: layout ? this.#tables.cell('FieldLayout', layout, 'Offset') : undefined,
      constant: this.#constantOf(self),
      attributes: this.#attributesOf(self),
    };
  }

  #parameter(type: SignatureType, row: number | undefined): WinmdParameter {
    // A parameter without name, flags and attributes has no row.
    if (row === undefined) return { name: '', flags: 0, type, attributes: [] };
    return {
      name: this.#string('Param', row, 'Name'),
      flags: this.#tables.cell('Param', row, 'Flags'),
      type,
      attributes: this.#attributesOf({ table: 'Param', row }),
    };
  }

  /** The Param rows by their sequence: 0 is the return value. */
  #parameterRows(method: number, count: number): readonly (number | undefined)[] {
    const rows: (number | undefined)[] = Array.from({ length: count + 1 });
    for (const row of this.#tables.list('MethodDef', method, 'Params')) {
      const sequence = this.#tables.cell('Param', row, 'Sequence');
      if (sequence > count || rows[sequence] !== undefined) {
        const name = this.methodName(method);
        throw this.#error(
          'MethodDef',
          method,
          `the method ${name} has ${count} parameters, and one with the number ${sequence} too many`,
        );
      }
      rows[sequence] = row;
    }
    return rows;
  }

  #constantOf(parent: RowReference): MetadataValue | undefined {
    const [row] = this.#tables.rowsOf('Constant', 'Parent', parent);
    if (row === undefined) return undefined;
    const number = this.#tables.cell('Constant', row, 'Type');
    const type = number === 0x12 ? 'Null' : (PRIMITIVES as Readonly<Record<number, PrimitiveName>>)[number];
    const blob = this.#blob('Constant', row, 'Value');
    if (type === undefined) throw blob.error(`a constant has the type ${number}, which does not exist`);
    return readConstant(blob, type);
  }

  #attributesOf(parent: RowReference): readonly Attribute[] {
    return this.#tables.rowsOf('CustomAttribute', 'Parent', parent).map((row) => this.#attribute(row));
  }

  #attribute(row: number): Attribute {
    const method = this.#tables.reference('CustomAttribute', row, 'Type');
    if (method?.table !== 'MethodDef' && method?.table !== 'MemberRef') {
      throw this.#error('CustomAttribute', row, `the attribute ${row} has no constructor`);
    }
    const key = `${method.table} ${method.row}`;
    const built = this.#constructors.get(key) ?? this.#attributeConstructor(method.table, method.row);
    this.#constructors.set(key, built);
    return { type: built.type, ...this.#arguments(row, built.parameters) };
  }

  #attributeConstructor(table: 'MethodDef' | 'MemberRef', row: number): Constructor {
    const { parameters } = this.#methodSignature(table, row);
    if (table === 'MethodDef') return { type: this.typeName(this.typeOfMethod(row)), parameters };
    const parent = this.#tables.reference('MemberRef', row, 'Class');
    if (parent?.table === 'TypeDef' || parent?.table === 'TypeRef') return { type: this.#nameOf(parent), parameters };
    const type = parent?.table === 'TypeSpec' ? this.#specification(parent.row) : undefined;
    if (type?.kind !== 'instance' || type.generic.kind !== 'named') {
      throw this.#error('MemberRef', row, `the constructor of an attribute, MemberRef ${row}, belongs to no type`);
    }
    // A generic attribute defines the types of its parameters through its own arguments.
    const given = (one: SignatureType) => (one.kind === 'parameter' && !one.ofMethod ? type.arguments[one.index] : one);
    return { type: type.generic.type, parameters: parameters.map((one) => given(one) ?? one) };
  }

  /**
   * The width of enums of other files is unknown. The correct widths are those with which all arguments can be read and
   * no byte remains.
   */
  #arguments(row: number, parameters: readonly SignatureType[]): Arguments {
    const foreign = new ForeignEnums();
    const width = (name: string) => {
      const definition = this.typeNamed(name);
      return definition === undefined ? foreign.width(name) : this.#enumType(definition);
    };
    const enums: EnumResolver = {
      // In the blob, the name of the assembly follows after a comma.
      ofName: (name) => width(name.replace(/,.*$/s, '')),
      ofType: (type) => (type.kind === 'named' && type.isValue ? width(fullName(type.type)) : undefined),
    };
    let first: unknown;
    do {
      try {
        return readArguments(this.#blob('CustomAttribute', row, 'Value'), parameters, enums);
      } catch (error) {
        first ??= error;
      }
    } while (foreign.next());
    throw first;
  }

  /** The storage type of an enum: the type of its only field that is not static. */
  #enumType(row: number): PrimitiveName {
    for (const field of this.fieldsOf(row)) {
      if (this.#tables.cell('Field', field, 'Flags') & 0x10) continue;
      const type = new SignatureReader(this.#signatureBlob('Field', field), this.#resolver).field();
      if (type.kind === 'primitive') return type.name;
    }
    throw this.#error('TypeDef', row, `the enum ${fullName(this.typeName(row))} has no field for its value`);
  }

  #methodSignature(table: 'MethodDef' | 'MemberRef', row: number): MethodSignature {
    return new SignatureReader(this.#signatureBlob(table, row), this.#resolver).method();
  }

  #specification(row: number): SignatureType {
    return new SignatureReader(this.#signatureBlob('TypeSpec', row), this.#resolver).specification();
  }

  #signatureBlob(table: 'MethodDef' | 'MemberRef' | 'Field' | 'TypeSpec', row: number): BlobReader {
    return this.#blob(table, row, 'Signature');
  }

  #blob<T extends TableName>(table: T, row: number, column: ColumnName<T>): BlobReader {
    const blob = this.#heaps.blob(this.#tables.cell(table, row, column));
    return new BlobReader(this.#source, blob, `${column} of row ${row} of ${table}`);
  }

  #string<T extends TableName>(table: T, row: number, column: ColumnName<T>): string {
    return this.#heaps.string(this.#tables.cell(table, row, column));
  }

  #typeIndex(coded: number): RowReference | undefined {
    const index: CodedIndex = 'TypeDefOrRef';
    return this.#tables.decode(index, coded);
  }

  #nameOf({ table, row }: RowReference): TypeName {
    if (table === 'TypeDef') return this.typeName(row);
    if (table === 'TypeRef') return this.#referredName(row);
    const type = this.#specification(row);
    if (type.kind === 'instance' && type.generic.kind === 'named') return type.generic.type;
    if (type.kind === 'named') return type.type;
    throw this.#error('TypeSpec', row, `row ${row} of TypeSpec is not a named type`);
  }

  #definedName(row: number): TypeName {
    const names: string[] = [];
    let outermost = row;
    for (;;) {
      const [nested] = this.#tables.rowsOf('NestedClass', 'Nested', { table: 'TypeDef', row: outermost });
      if (nested === undefined) break;
      outermost = this.#tables.reference('NestedClass', nested, 'Enclosing')?.row ?? 0;
      names.unshift(this.#string('TypeDef', outermost, 'Name'));
      this.#checkNesting('TypeDef', row, names);
    }
    return {
      namespace: this.#string('TypeDef', outermost, 'Namespace'),
      name: this.#string('TypeDef', row, 'Name'),
      enclosing: names,
      definition: row,
    };
  }

  /** The name of a type of another file, or of this file: some compilers refer to its own types in this way. */
  #referredName(row: number): TypeName {
    const names: string[] = [];
    let outermost = row;
    for (;;) {
      const scope = this.#tables.reference('TypeRef', outermost, 'Scope');
      if (scope?.table !== 'TypeRef') break;
      outermost = scope.row;
      names.unshift(this.#string('TypeRef', outermost, 'Name'));
      this.#checkNesting('TypeRef', row, names);
    }
    const name = {
      namespace: this.#string('TypeRef', outermost, 'Namespace'),
      name: this.#string('TypeRef', row, 'Name'),
      enclosing: names,
    };
    const full = fullName({ ...name, definition: undefined });
    return { ...name, definition: this.typeNamed(full) };
  }

  #checkNesting(table: 'TypeDef' | 'TypeRef', row: number, names: readonly string[]): void {
    if (names.length <= DEEPEST_NESTING) return;
    throw this.#error(
      table,
      row,
      `the type ${names.at(-1)} is within more than ${DEEPEST_NESTING} types, or within itself`,
    );
  }

  #error(table: TableName, row: number, problem: string): MetadataError {
    return this.#source.error(this.#tables.offsetOf(table, row), problem);
  }

  #indexNames(): ReadonlyMap<string, number> {
    const rows = new Map<string, number>();
    // Keep the first of several types with one name, which differ in architecture.
    for (let row = 1; row <= this.typeCount; row++) {
      const name = fullName(this.typeName(row));
      if (!rows.has(name)) rows.set(name, row);
    }
    return rows;
  }

  #indexImports(): ReadonlyMap<string, readonly number[]> {
    const rows = new Map<string, number[]>();
    for (let row = 1; row <= this.#tables.rows('ImplMap'); row++) {
      const member = this.#tables.reference('ImplMap', row, 'Member');
      if (member?.table !== 'MethodDef') continue;
      const name = this.methodName(member.row);
      const kept = rows.get(name);
      if (kept) kept.push(member.row);
      else rows.set(name, [member.row]);
    }
    return rows;
  }
}

/** A value that is created once, on first use. */
class Lazy<T extends object> {
  readonly #make: () => T;
  #made: T | undefined;

  constructor(make: () => T) {
    this.#make = make;
  }

  get value(): T {
    this.#made ??= this.#make();
    return this.#made;
  }
}
