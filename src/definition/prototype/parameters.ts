/** Converts the parameters of a prototype to the long form. */

import type { Direction } from '../types.js';
import { calledBack, collectedType, isCallerData } from './callbacks.js';
import { encodingOf, type FunctionFacts, isList, isText, terminatedText, textType } from './encoding.js';
import { refuse } from './errors.js';
import { Extents } from './extents.js';
import { in64Bit, isOpen } from './layout.js';
import type { Extent, LongParameter, LongType } from './long-form.js';
import { allocation } from './marks.js';
import { KNOWN_NAMES } from './names.js';
import { markPlainNumbers } from './plain-numbers.js';
import {
  askDirection,
  askHowLong,
  askHowMany,
  askHowManyBytes,
  askHowManyRows,
  askHowManyTexts,
  askWhoReleases,
  likelyCount,
} from './questions.js';
import { isConst, type Read, said } from './read-parameters.js';
import type { Scope } from './scope.js';
import { arrayType, handleType, sizedType, valueType, wholeConstant } from './values.js';
import type { TypeSource } from './words.js';

/** An assumption, for the author to check. */
export interface Note {
  /** The offset of the place that it is about. */
  readonly at: number;
  readonly message: string;
  /** True if the author can answer it with a mark. */
  readonly isQuestion?: true;
}

/** A parameter without its name. */
type Made = Omit<LongParameter, 'name'>;

const NULL_ALWAYS: Made = { type: 'PVOID', direction: 'in', null: 'always' };

/** Matches names of parameters that are reserved for later versions of the function. */
const RESERVED_NAME = /^(lp|p|dw|ul|n|u|pv)?_?reserved\d*$/i;

/** Makes the long form of parameters. Throws Mistake, whose message is the question that the author must answer. */
export function makeParameters(
  read: readonly Read[],
  source: TypeSource,
  facts: FunctionFacts,
  note: (note: Note) => void,
): LongParameter[] {
  const maker = new ParameterMaker(read, source, facts, note);
  const made = read.map((one) => maker.make(one));
  return markPlainNumbers(made, read);
}

class ParameterMaker {
  readonly #all: readonly Read[];
  readonly #source: TypeSource;
  readonly #scope: Scope;
  readonly #facts: FunctionFacts;
  readonly #extents: Extents;
  readonly #report: (note: Note) => void;

  constructor(all: readonly Read[], source: TypeSource, facts: FunctionFacts, report: (note: Note) => void) {
    this.#all = all;
    this.#source = source;
    this.#scope = source.scope;
    this.#facts = facts;
    this.#extents = new Extents(all, source.scope, facts);
    this.#report = report;
  }

  make(read: Read): LongParameter {
    const { handle, repeat, unreviewed } = read.marks;
    const plain = this.#made(read);
    const made = {
      ...plain,
      ...(handle && { type: handleType(plain.type, handle) }),
      ...(repeat && { repeat: { [repeat.kind]: repeat.codes.map((code) => wholeConstant(code, this.#scope)) } }),
      ...(unreviewed !== undefined && { reviewed: false as const }),
    };
    const isAsked = made.null === undefined && made.constant === undefined;
    return { name: read.name, ...made, ...(read.marks.optional !== undefined && isAsked && { optional: true }) };
  }

  #made(read: Read): Made {
    const { type, marks, at } = read;
    const called = calledBack(read, this.#source);
    const { base, pointers } = type;
    isList(base, marks);
    const isPointer = pointers.length > 0 || called !== undefined || base.role === 'refused';
    const isReserved = marks.reserved !== undefined || (marks.out === undefined && RESERVED_NAME.test(read.cName));
    if (isReserved && isPointer) return NULL_ALWAYS;
    if (marks.optional !== undefined && !marks.collect && (called || base.role === 'refused'))
      return this.#alwaysNull(read);
    if (called) return { type: collectedType(read, called, this.#scope), direction: 'out' };
    if (marks.collect) refuse(marks.collect.at, `the mark 'collect' is only for a callback`);
    if (isCallerData(read, this.#all))
      return isPointer ? NULL_ALWAYS : { type: valueType(type, at), direction: 'in', constant: 0 };
    if (base.role === 'refused') refuse(at, `the type '${base.name}' cannot be used: ${base.reason}`);
    if (!isPointer) return byValue(read, isReserved, this.#scope);
    if (marks.out !== undefined && isConst(read)) {
      refuse(marks.out, `${said(read)} is marked as an output, but its type is const; remove one of the two`);
    }
    if (marks.constant) refuse(marks.constant.at, `only a number can be constant, but ${said(read)} is a pointer`);
    if (pointers.length > 1) return this.#pointerToPointer(read);
    if (marks.allocated?.isSaid)
      refuse(
        marks.allocated.at,
        `memory that the function allocates needs a pointer to a pointer; is a '*' of ${said(read)} missing?`,
      );
    return this.#pointer(read);
  }

  /** A pointer to memory, or a pointer that is kept as a number. */
  #pointer(read: Read): Made {
    const { base } = read.type;
    const extent = this.#extents.of(read);
    if (base.role === 'opaque') return this.#opaque(read);
    if (base.role === 'absent') return this.#absent(read);
    if (base.role === 'sized') return this.#sized(read, extent);
    if (extent !== undefined) return this.#memory(read, extent);
    if (rowLengths(read).length > 0) return askHowManyRows(read, this.#all);
    if (base.role === 'void') return this.#unsizedVoid(read);
    const isCharacter = base.role === 'char' || base.role === 'wide' || base.role === 'either';
    return isCharacter && read.marks.value === undefined ? this.#terminatedText(read) : this.#single(read);
  }

  /** Memory of a known extent. */
  #memory(read: Read, extent: Extent): Made {
    const type = this.#memoryType(read, extent);
    return { type, direction: this.#memoryDirection(read), ...this.#extents.growth(read) };
  }

  /** Structs that point to each other are always an output, even if the page says in and out. */
  #memoryDirection(read: Read): Direction {
    const direction = directionOf(read);
    const { base } = read.type;
    if (direction !== 'inout' || base.role !== 'struct' || base.type === undefined) return direction;
    const long = this.#layout(base.type);
    const isList = typeof long === 'object' && 'struct' in long && long.struct.some(({ next }) => next);
    if (!isList && read.marks.each === undefined) return direction;
    this.#note(read.at, `${said(read)} is an output, because a caller cannot give structs that point to each other`);
    return 'out';
  }

  #memoryType(read: Read, extent: Extent): LongType {
    const { marks, type, at } = read;
    const { base } = type;
    const isBytes = marks.extent?.unit === 'bytes';
    const place = marks.extent?.at ?? at;
    if (isBytes && typeof extent === 'number' && rowLengths(read).length > 0) refuseBytes(read, place);
    if (rowLengths(read).length > 0) return { array: this.#rowType(read), length: extent };
    if (this.#isOpen(read)) return openBuffer(read, extent, isBytes, place);
    const encoding = encodingOf(base, marks, this.#facts);
    if (encoding !== undefined) return textType(encoding, extent, isList(base, marks));
    if (base.role === 'void' && !isBytes) {
      const why = `the elements of ${said(read)} have no size, because it points to void`;
      refuse(place, `${why}; write bytes(...) instead of count(...)`);
    }
    if (base.role === 'void' || base.role === 'byte' || base.role === 'char') return { bytes: withoutUnit(extent) };
    if (isBytes && typeof extent === 'number') refuseBytes(read, place);
    return { array: pointedTo(read), length: extent };
  }

  /** The type of a row of `int matrix[][3]`; one of characters is a text. */
  #rowType(read: Read): LongType {
    const { type, marks, at } = read;
    const encoding = encodingOf(type.base, marks, this.#facts);
    const row = {
      lengths: rowLengths(read),
      at,
      encoding: encoding === 'utf16' ? undefined : encoding,
      isList: isList(type.base, marks),
    };
    return arrayType(pointedTo(read), { base: type.base, pointers: [] }, row, this.#scope);
  }

  /** Text that ends with a NUL, which must be an input. */
  #terminatedText(read: Read): Made {
    const { marks, type, at } = read;
    const isInput = marks.out === undefined && (marks.in !== undefined || isConst(read));
    if (!isInput) return askHowLong(read, this.#all);
    if (type.base.name === 'wchar_t') {
      this.#note(at, `${said(read)} is read as UTF-16, as wchar_t is on Windows only`);
    }
    return { type: this.#textUpToNul(read), direction: 'in' };
  }

  /** The type of a text, or of a list of texts, that ends with a NUL. */
  #textUpToNul({ type: { base }, marks }: Read): LongType {
    return terminatedText(encodingOf(base, marks, this.#facts), isList(base, marks));
  }

  /** A pointer to one number, struct or handle. */
  #single(read: Read): Made {
    const { marks, at, type } = read;
    const { role } = type.base;
    const isRead = marks.in !== undefined || isConst(read);
    if (this.#extents.isCount(read)) return { type: pointedTo(read), direction: countDirection(read) };
    if (this.#extents.isWritten(read)) return { type: pointedTo(read), direction: isRead ? 'inout' : 'out' };
    if (marks.encoding && role === 'byte' && marks.out === undefined) {
      return { type: this.#textUpToNul(read), direction: 'in' };
    }
    if (!isSingle(read)) return askHowMany(read, this.#all);
    const direction = directionOf(read);
    const long = pointedTo(read);
    if (direction !== 'in' && this.#isOpen(read)) return askHowManyBytes(read, this.#all);
    // A parameter marked as one value is not a size.
    const isNoSize =
      marks.value !== undefined && role === 'number' && direction !== 'out' ? ({ isSize: false } as const) : {};
    if (direction === 'in') return { type: long, direction, pointer: true, ...isNoSize };
    if (this.#hasOwnSize(long)) {
      if (direction === 'inout')
        this.#note(at, `${said(read)} is an output whose size is set before the call, and nobody is asked for it`);
      return { type: long, direction: 'out' };
    }
    return { type: long, direction, ...isNoSize };
  }

  /** True for a pointer to a struct that ends with a variable number of elements. */
  #isOpen({ type: { base } }: Read): boolean {
    return base.role === 'struct' && base.type !== undefined && isOpen(base.type, this.#scope);
  }

  #hasOwnSize(type: LongType): boolean {
    const long = this.#layout(type);
    return (
      typeof long === 'object' &&
      'struct' in long &&
      long.struct.some(({ size, constant }) => size || constant !== undefined)
    );
  }

  /** What a name stands for, as 64-bit Windows lays it out. */
  #layout(type: LongType): LongType | undefined {
    const long = typeof type === 'string' ? this.#scope.spec(type)?.type : type;
    return long && in64Bit(long);
  }

  #unsizedVoid(read: Read): Made {
    const { marks, at, type } = read;
    const handle = marks.out === undefined ? this.#scope.handle(type.base) : undefined;
    if (handle) return { type: handle, direction: 'in' };
    const isUnmarked = marks.in === undefined && marks.out === undefined;
    const isSafe = marks.value !== undefined || marks.handle !== undefined;
    const isNumber = isSafe || marks.single !== undefined || isUnmarked;
    if (!isNumber || isConst(read) || marks.out !== undefined) return askHowMany(read, this.#all);
    const bytes = `bytes(${likelyCount(read, this.#all)})`;
    const answer = marks.in === undefined ? `[in, ${bytes}] or [out, ${bytes}]` : `[in, ${bytes}]`;
    if (this.#scope.isStrict && !isSafe) askWhoReleases(read, answer);
    const what = `${said(read)} is passed as a handle, a number that the library returned`;
    this.#note(at, `${what}. If it is memory, write ${answer} before it`);
    return { type: 'HANDLE', direction: 'in' };
  }

  /** A SID or an endpoint. */
  #sized(read: Read, extent: Extent | undefined): Made {
    const { type } = read;
    const direction = directionOf(read);
    if (extent === undefined && (direction !== 'in' || type.base.type !== 'PSID')) return askHowMany(read, this.#all);
    const plain = typeof extent === 'object' ? withoutUnit(extent) : extent;
    const long = sizedType(type.base, plain);
    return { type: long, direction, ...this.#extents.growth(read) };
  }

  #opaque(read: Read): Made {
    const { type, at, marks } = read;
    const { name } = type.base;
    // SAL marks a FILE as in and out because the open file changes, not the pointer.
    const isMade = marks.out === undefined || (marks.in !== undefined && KNOWN_NAMES.has(name));
    const place = marks.extent?.at ?? (isMade ? undefined : marks.out);
    if (place !== undefined) {
      const why = 'so only a pointer that the library returned can be passed';
      refuse(place, `the fields of '${name}' are unknown, ${why}; declare the struct`);
    }
    const handle = this.#scope.handle(type.base);
    if (handle) return { type: handle, direction: 'in' };
    if (this.#scope.isStrict && marks.value === undefined && !marks.handle) askWhoReleases(read);
    this.#note(at, `${said(read)} is passed as a handle, because the fields of '${name}' are not declared`);
    return { type: 'HANDLE', direction: 'in' };
  }

  #absent(read: Read): Made {
    const { marks, at, type } = read;
    if (marks.optional === undefined) {
      const what = `declare the struct, or write [in, optional] before ${said(read)} to pass NULL`;
      refuse(at, `the fields of '${type.base.name}' are unknown; ${what}`);
    }
    return this.#alwaysNull(read);
  }

  /** An optional pointer that a definition cannot express: always NULL. */
  #alwaysNull(read: Read): Made {
    this.#note(read.at, `${said(read)} is always NULL`);
    return NULL_ALWAYS;
  }

  /** Memory that the function allocates, and whose address it writes. */
  #allocated(read: Read): Made {
    const { type, marks, at } = read;
    const { base } = type;
    const allocated = { direction: 'out', ...allocation(marks.allocated) } as const;
    if (marks.out === undefined || marks.in !== undefined)
      refuse(
        marks.allocated?.at ?? at,
        `memory that the function allocates is an output; write [out, ...] before ${said(read)}`,
      );
    const extent = this.#extents.of(read);
    if (base.role === 'sized' && extent !== undefined)
      refuse(marks.extent?.at ?? at, `${said(read)} already has a size; remove the count`);
    if (base.role === 'sized') return { type: sizedType(base, undefined), ...allocated };
    const encoding = encodingOf(base, marks, this.#facts);
    if (encoding !== undefined && extent === undefined) return { type: this.#textUpToNul(read), ...allocated };
    if (encoding !== undefined)
      refuse(marks.extent?.at ?? at, `${said(read)} is a text that must end with a NUL; remove the count`);
    const isBytes = base.role === 'void' || base.role === 'char';
    if (isBytes && marks.extent?.unit !== 'bytes') return askHowMany(read, this.#all);
    const isOne = base.role === 'struct' || marks.value !== undefined;
    if (extent === undefined && !isOne) return askHowMany(read, this.#all);
    const long: LongType = isBytes ? 'BYTE' : pointedTo(read);
    return { type: { pointer: long, ...(extent !== undefined && { count: extent }) }, ...allocated };
  }

  /** Memory that the function allocates, and pointers that are kept as numbers. */
  #pointerToPointer(read: Read): Made {
    const { type, marks, at } = read;
    const { base, pointers } = type;
    if (pointers.length === 2 && !read.lengths && marks.allocated?.isSaid) return this.#allocated(read);
    const isGiven = marks.out === undefined && !marks.allocated && pointers.length === 2;
    if (isGiven && isText(base, marks) && (marks.optional === undefined || marks.extent)) return this.#textArray(read);
    const isHandle = (base.role === 'opaque' || base.role === 'void') && pointers.length === 2 && !read.lengths;
    if (!isHandle) {
      if (marks.optional !== undefined) return this.#alwaysNull(read);
      if (marks.in !== undefined && marks.out === undefined)
        refuse(at, `${said(read)} is an array of pointers, which is only supported for texts`);
      const what = marks.allocated
        ? `${marks.allocated.name} means that the function allocates the memory of ${said(read)}`
        : `${said(read)} is a pointer to a pointer to memory`;
      const how =
        "who frees it? Write [out, allocated(TheFunctionThatFreesIt)] before it, or [out, allocated] if it stays the library's";
      refuse(marks.allocated?.at ?? at, `${what}: ${how}`);
    }
    const place = marks.extent?.at ?? marks.grow?.at ?? marks.memory?.at;
    if (place !== undefined) refuse(place, 'arrays of pointers are not supported');
    if (marks.out === undefined) {
      refuse(at, `does the function write a pointer to ${said(read)}? Write [out] or [in, out] before it`);
    }
    const handle = this.#scope.handle(base);
    if (!marks.handle && !handle) this.#note(at, `${said(read)} is returned as a handle`);
    return { type: handle ?? 'HANDLE', direction: marks.in === undefined ? 'out' : 'inout' };
  }

  /** An input array of texts, each behind a pointer. */
  #textArray(read: Read): Made {
    const { type, marks, at } = read;
    const rows = rowLengths(read);
    if (rows.length > 0)
      refuse(rows[0]?.at ?? at, `${said(read)} is an array of arrays of pointers, which is not supported`);
    const extent = this.#extents.of(read);
    const isRead = marks.in !== undefined || isConst(read);
    if (!isRead || extent === undefined) return askHowManyTexts(read, this.#all, isRead);
    const { extent: _counted, ...ofText } = marks;
    const text = terminatedText(encodingOf(type.base, ofText, this.#facts), isList(type.base, marks));
    if (marks.extent?.unit === 'bytes' && typeof extent === 'number') refuseBytes(read, marks.extent.at);
    return { type: { array: text, length: extent }, direction: 'in', ...this.#extents.growth(read) };
  }

  #note(at: number, message: string): void {
    this.#report({ at, message });
  }
}

/** A parameter passed by value. */
function byValue(read: Read, isReserved: boolean, scope: Scope): Made {
  const { type, marks, at, cName } = read;
  const { role } = type.base;
  // Pages mark a handle as in and out because the object behind it changes, not the handle.
  const isChangedObject = role === 'handle' && marks.in !== undefined;
  if (marks.out !== undefined && !isChangedObject) {
    refuse(marks.out, `${said(read)} is not a pointer, so the function cannot write to it; is a '*' missing?`);
  }
  const { extent, grow, memory, written, encoding, multi } = marks;
  const place = extent?.at ?? grow?.at ?? memory?.at ?? written?.at ?? encoding?.at ?? multi;
  if (place !== undefined)
    refuse(place, `this mark is only for pointers, and ${said(read)} is not a pointer; is a '*' missing?`);
  const long = valueType(type, at);
  if (role === 'array') {
    const how = `write the array itself, such as 'int ${cName || 'x'}[4]'`;
    refuse(at, `${said(read)} has an array type; ${how}`);
  }
  // A pointer type without '*' is no safer as a number than one with '*'.
  const isPointer = role === 'handle' && type.base.tag !== undefined && scope.spec(type.base.name)?.type === 'HANDLE';
  const isAnswered = marks.value !== undefined || marks.handle !== undefined || isReserved;
  if (isPointer && scope.isStrict && !isAnswered && long === type.base.name) askWhoReleases(read);
  const isNumber = role !== 'struct';
  const { constant, reserved, value } = marks;
  const fixed = constant?.at ?? reserved ?? value;
  if (fixed !== undefined && !isNumber) {
    refuse(fixed, `this mark is only for a number or a pointer, but ${said(read)} is a struct`);
  }
  if (constant) {
    const fixed = wholeConstant(constant.value, scope);
    return { type: long, direction: 'in', constant: fixed, ...(value !== undefined && { isSize: false }) };
  }
  if (isReserved && isNumber) return { type: long, direction: 'in', constant: 0 };
  return { type: long, direction: 'in', ...(value !== undefined && role !== 'handle' && { isSize: false }) };
}

/** Memory with a size in bytes for one struct that ends with a variable number of elements. */
function openBuffer(read: Read, extent: Extent, isBytes: boolean, place: number): LongType {
  const what = `the struct of ${said(read)} has a variable number of elements at its end`;
  if (!isBytes)
    return refuse(place, `${what}, so such structs cannot be counted; write bytes(n) instead of count(...)`);
  if (typeof extent === 'number' || !('parameter' in extent))
    return refuse(place, `${what}; write bytes(n), where n is the parameter that holds the number of bytes`);
  if (extent.each !== undefined)
    return refuse(read.marks.each?.at ?? place, `${what}, so there is only one; remove each(...)`);
  const { unit: _unit, ...size } = extent;
  return { buffer: pointedTo(read), size };
}

/** True if a pointer certainly points to one value. A byte, or a number that is read, could be the first of several. */
function isSingle({ marks, type }: Read): boolean {
  const { role } = type.base;
  if (marks.value !== undefined || marks.single !== undefined || role === 'struct' || role === 'array') return true;
  return role !== 'byte' && marks.out !== undefined;
}

/** Determines the direction from marks and const. */
function directionOf(read: Read): Direction {
  const { marks } = read;
  if (marks.out !== undefined) return marks.in === undefined ? 'out' : 'inout';
  return marks.in !== undefined || isConst(read) ? 'in' : askDirection(read);
}

/** A count behind a pointer is an input that returns the number written. */
function countDirection({ marks, at, cName }: Read): Direction {
  if (marks.out !== undefined && marks.in === undefined) {
    const why = `'${cName}' holds the size of the memory, so the function also reads it`;
    refuse(at, `${why}; write [in, out] before it`);
  }
  return 'inout';
}

/** The type behind a pointer. */
const pointedTo = ({ type, at }: Read): LongType => valueType({ base: type.base, pointers: [] }, at);

/** The lengths after the first one: those of elements that are arrays. */
const rowLengths = ({ lengths = [] }: Read) => lengths.slice(1);

const refuseBytes = (read: Read, place: number): never =>
  refuse(place, `write count(...) with the number of elements, because ${said(read)} does not point to bytes`);

/** In memory of bytes, the number of bytes is the number of elements. */
function withoutUnit(extent: Extent): Extent {
  if (typeof extent === 'number') return extent;
  const { unit: _unit, ...rest } = extent;
  return rest;
}
