/** The tables of metadata: their sizes, and their cells (ECMA-335, II.24.2.6). */
import type { ByteSource } from './byte-source.js';
import type { Extent } from './image.js';
import { CODED, type CodedIndex, type ColumnName, LAYOUT, TABLES, type TableName } from './table-layout.js';

/** A row of a table, counted from 1. */
export interface RowReference {
  readonly table: TableName;
  readonly row: number;
}

interface Column {
  readonly offset: number;
  readonly width: 2 | 4;
  /** The table or the coded index that it points into. */
  readonly target: string;
}

interface Table {
  readonly rows: number;
  readonly width: number;
  readonly offset: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** The table's bytes, once a cell of it has been read. */
  bytes?: Buffer;
}

export class Tables {
  readonly #source: ByteSource;
  readonly #tables = new Map<TableName, Table>();
  readonly #indexes = new Map<string, KeyIndex>();

  /** Throws a MetadataError if the tables do not fit into their stream. */
  constructor(source: ByteSource, stream: Extent) {
    this.#source = source;
    const head = source.bytes(stream.offset, Math.min(24, stream.size), 'the head of the tables');
    if (head.length < 24) throw source.error(stream.offset, 'the stream of tables is too short');
    const heapSizes = head.readUInt8(6);
    const present = TABLES.filter((_, number) => (head.readBigUInt64LE(8) >> BigInt(number)) & 1n);
    if (head.readBigUInt64LE(8) >> BigInt(TABLES.length)) {
      throw source.error(stream.offset + 8, 'there is a table that the standard does not know');
    }
    const counts = source.bytes(stream.offset + 24, present.length * 4, 'the numbers of rows');
    const rows = new Map(present.map((name, index) => [name, counts.readUInt32LE(index * 4)]));
    // A compiler may write one more word here.
    let offset = stream.offset + 24 + counts.length + (heapSizes & 0x40 ? 4 : 0);
    for (const name of TABLES) {
      const table = layOut(name, rows, heapSizes, offset);
      this.#tables.set(name, table);
      offset += table.rows * table.width;
      if (offset > stream.offset + stream.size) {
        throw source.error(table.offset, `the table ${name} (${table.rows} rows) would go past the end of the tables`);
      }
    }
    const pointers = TABLES.filter((name) => name.endsWith('Ptr') && this.rows(name) > 0);
    if (pointers.length > 0) {
      throw source.error(this.#table(pointers[0] as TableName).offset, `the table ${pointers[0]} is not read here`);
    }
  }

  rows(table: TableName): number {
    return this.#table(table).rows;
  }

  /** The offset of a row in the file. */
  offsetOf(table: TableName, row: number): number {
    const { offset, width } = this.#table(table);
    return offset + (row - 1) * width;
  }

  /** Returns the number in a cell. Throws a MetadataError if there is no such row. */
  cell<T extends TableName>(table: T, row: number, column: ColumnName<T>): number {
    const found = this.#table(table);
    if (row < 1 || row > found.rows) {
      throw this.#source.error(found.offset, `row ${row} of the table ${table} is asked for, which has ${found.rows}`);
    }
    found.bytes ??= this.#source.bytes(found.offset, found.rows * found.width, `the table ${table}`);
    const { offset, width } = columnOf(found, column);
    const at = (row - 1) * found.width + offset;
    return width === 2 ? found.bytes.readUInt16LE(at) : found.bytes.readUInt32LE(at);
  }

  /** Returns the row that a cell points to; undefined if it points to none. Throws if that row does not exist. */
  reference<T extends TableName>(table: T, row: number, column: ColumnName<T>): RowReference | undefined {
    const { target } = columnOf(this.#table(table), column);
    const value = this.cell(table, row, column);
    if (Object.hasOwn(CODED, target)) return this.decode(target as CodedIndex, value);
    return value === 0 ? undefined : this.#checked({ table: target as TableName, row: value });
  }

  /** Returns the row of a coded index; undefined for none. */
  decode(coded: CodedIndex, value: number): RowReference | undefined {
    const targets = CODED[coded].split(' ');
    const bits = tagBits(targets.length);
    const row = value >>> bits;
    if (row === 0) return undefined;
    const table = targets[value & ((1 << bits) - 1)];
    if (table === undefined || table === '-') {
      throw this.#source.error(this.#table('Module').offset, `the ${coded} index ${value} points into no table`);
    }
    return this.#checked({ table: table as TableName, row });
  }

  #checked(reference: RowReference): RowReference {
    const { rows, offset } = this.#table(reference.table);
    if (reference.row <= rows) return reference;
    throw this.#source.error(
      offset,
      `row ${reference.row} of the table ${reference.table} is referred to, which has ${rows}`,
    );
  }

  /** Returns the rows of another table that belong to a row: from its own number to that of the next row. */
  list<T extends TableName>(table: T, row: number, column: ColumnName<T>): readonly number[] {
    const found = this.#table(table);
    const { target } = columnOf(found, column);
    const most = this.rows(target as TableName) + 1;
    const start = this.cell(table, row, column);
    const end = row < found.rows ? this.cell(table, row + 1, column) : most;
    if (start < 1 || start > end || end > most) {
      throw this.#source.error(
        this.offsetOf(table, row),
        `row ${row} of ${table} has the rows ${start} to ${end - 1} of ${target}`,
      );
    }
    return Array.from({ length: end - start }, (_, index) => start + index);
  }

  /** Returns the rows whose cell in this column points to the given row, in order. */
  rowsOf<T extends TableName>(table: T, column: ColumnName<T>, target: RowReference): readonly number[] {
    const key = `${table}.${column}`;
    let index = this.#indexes.get(key);
    if (!index) {
      const keys = Uint32Array.from({ length: this.rows(table) }, (_, row) => this.cell(table, row + 1, column));
      index = new KeyIndex(keys);
      this.#indexes.set(key, index);
    }
    return index.rowsWith(encode(columnOf(this.#table(table), column).target, target));
  }

  #table(name: TableName): Table {
    return this.#tables.get(name) as Table;
  }
}

function columnOf(table: Table, name: string): Column {
  return table.columns.get(name) as Column;
}

function layOut(name: TableName, rows: ReadonlyMap<TableName, number>, heapSizes: number, offset: number): Table {
  let width = 0;
  const columns = new Map<string, Column>();
  for (const text of LAYOUT[name].split(' ')) {
    const [key = '', target = ''] = text.split(':');
    const column: Column = { offset: width, width: widthOf(target, rows, heapSizes), target };
    columns.set(key, column);
    width += column.width;
  }
  return { rows: rows.get(name) ?? 0, width, offset, columns };
}

const HEAP_BITS: Readonly<Record<string, number>> = { string: 1, guid: 2, blob: 4 };

/** Indexes have two bytes if that is enough for all rows that they can point to. */
function widthOf(target: string, rows: ReadonlyMap<TableName, number>, heapSizes: number): 2 | 4 {
  if (target === 'u2') return 2;
  if (target === 'u4') return 4;
  if (Object.hasOwn(HEAP_BITS, target)) return heapSizes & (HEAP_BITS[target] ?? 0) ? 4 : 2;
  const targets = Object.hasOwn(CODED, target) ? CODED[target as CodedIndex].split(' ') : [target];
  const most = Math.max(...targets.map((one) => rows.get(one as TableName) ?? 0));
  return most < 2 ** (16 - tagBits(targets.length)) ? 2 : 4;
}

const tagBits = (count: number) => Math.ceil(Math.log2(count));

function encode(target: string, { table, row }: RowReference): number {
  if (!Object.hasOwn(CODED, target)) return row;
  const targets = CODED[target as CodedIndex].split(' ');
  return row * 2 ** tagBits(targets.length) + targets.indexOf(table);
}

/** Finds rows by a key. The standard requires that they are sorted by it; unsorted rows are found as well. */
class KeyIndex {
  readonly #keys: Uint32Array;
  /** Rows, counted from 0, in the order of their keys; absent if the table is sorted. */
  readonly #order: Uint32Array | undefined;

  constructor(keys: Uint32Array) {
    const isSorted = keys.every((key, index) => index === 0 || (keys[index - 1] as number) <= key);
    this.#order = isSorted
      ? undefined
      : Uint32Array.from(keys.keys()).sort((a, b) => at(keys, a) - at(keys, b) || a - b);
    this.#keys = this.#order ? Uint32Array.from(this.#order, (row) => at(keys, row)) : keys;
  }

  rowsWith(key: number): number[] {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at(this.#keys, middle) < key) low = middle + 1;
      else high = middle;
    }
    const rows: number[] = [];
    for (let index = low; this.#keys[index] === key; index++)
      rows.push((this.#order ? at(this.#order, index) : index) + 1);
    return rows;
  }
}

const at = (numbers: Uint32Array, index: number) => numbers[index] as number;
