/** The parameters of a prototype in the long form. */

import { COMMON_PARAMETERS, SPECIAL_VARIABLES } from '../reserved-names.js';
import type { Direction } from '../types.js';
import { evaluate } from './constants.js';
import { CALLBACK, type TypeDeclarations, valueType } from './declare.js';
import { nearest, refuse } from './errors.js';
import type { Encoding, Extent, LongParameter, LongType } from './long-form.js';
import { type Marks, readMarks, type WrittenExtent } from './marks.js';
import { type Base, KNOWN_NAMES, type NamedType } from './names.js';
import type { Expression, FunctionSuffix, Parameter } from './syntax.js';
import { type Reading, readWords } from './words.js';

/** A parameter as it is read: its type of C, and what is said about it. */
interface Read {
  /** The name in the prototype; empty if it has none. */
  readonly cName: string;
  /** The name in the definition. */
  readonly name: string;
  readonly type: NamedType;
  readonly marks: Marks;
  readonly at: number;
  /** The lengths of `name[4]`; an open one is undefined. */
  readonly lengths: readonly (Expression | undefined)[] | undefined;
  readonly isCallback: boolean;
}

/** Something that the author should know, at an offset. */
export interface Note {
  readonly at: number;
  readonly message: string;
}

/** What of the function its parameters depend on. */
export interface FunctionFacts {
  readonly isWindows: boolean;
  /** True for a function of Windows that takes texts in the system's code page. */
  readonly isAnsi: boolean;
}

/** The parameters as they are read, before it is known what function they belong to. */
export function readParameters({ parameters, variadic }: FunctionSuffix, types: TypeDeclarations): Read[] {
  if (variadic !== undefined) {
    refuse(
      variadic,
      'a function with any number of arguments cannot be called: what each of them is depends on the others',
    );
  }
  const read = parameters.map((parameter) => readParameter(parameter, types));
  const [only] = read;
  if (read.length === 1 && only?.cName === '' && only.type.base.role === 'void' && only.type.pointers.length === 0)
    return [];
  const names = parameterNames(read.map(({ cName }) => cName));
  const twice = read.find(({ cName }, index) => cName !== '' && read.findIndex((one) => one.cName === cName) < index);
  if (twice) refuse(twice.at, `the parameter '${twice.cName}' appears twice`);
  return read.map((one, index) => ({ ...one, name: names[index] as string }));
}

function readParameter({ pieces, suffix, trailer, marks }: Parameter, types: TypeDeclarations): Read {
  const reading = readWords(pieces, types, 'possible');
  const words = trailer.filter(
    (piece) => piece.kind === 'annotation' || (piece.kind === 'word' && /^(IN|OUT|OPTIONAL)$/.test(piece.text)),
  );
  const annotations = [...reading.annotations, ...words.filter((piece) => piece.kind !== 'attribute')];
  if (suffix?.kind === 'bits')
    refuse(suffix.at, "a parameter has no number of bits: ',' or ')' is missing before the ':'");
  if (suffix?.kind === 'function') {
    refuse(
      suffix.at,
      `these parentheses are not understood: a function as a parameter is written '(*name)(...)', and macros around parameters are to be left out`,
    );
  }
  const found = readMarks(marks, annotations);
  if (found.size !== undefined) refuse(found.size, "the mark 'size' belongs to a field of a struct");
  const name = suffix?.kind === 'callback' ? suffix.names.findLast((piece) => piece.kind === 'word') : reading.name;
  return {
    cName: name?.text ?? '',
    name: '',
    type: suffix?.kind === 'array' ? pointerTo(reading) : reading.type,
    marks: found,
    at: name?.at ?? reading.at,
    lengths: suffix?.kind === 'array' ? suffix.lengths : undefined,
    isCallback: suffix?.kind === 'callback',
  };
}

/** An array in a parameter is a pointer to its first element. */
const pointerTo = ({ type, isConst }: Reading): NamedType => ({ ...type, pointers: [...type.pointers, isConst] });

/** Names for PowerShell: letters and digits, none that it uses itself, none twice. */
function parameterNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((cName, index) => {
    const plain = cName
      .replace(/^[^A-Za-z]+/, '')
      .replaceAll(/[^A-Za-z0-9]+(.?)/g, (_whole, next: string) => next.toUpperCase())
      .slice(0, 70);
    const base = plain === '' ? `Arg${index + 1}` : plain;
    const key = base.toLowerCase();
    const isReserved = COMMON_PARAMETERS.has(key) || SPECIAL_VARIABLES.has(key);
    const first = isReserved ? `${base}Value` : base;
    let name = first;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${first}${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** True for a function over types of the Windows headers. */
export const usesWindows = (read: readonly Read[]): boolean => read.some(({ type }) => type.base.isWindows === true);

/** Makes the long form of parameters. Throws Mistake, whose message is the question that the author must answer. */
export function makeParameters(
  read: readonly Read[],
  types: TypeDeclarations,
  facts: FunctionFacts,
  note: (note: Note) => void,
): LongParameter[] {
  const maker = new ParameterMaker(read, types, facts, note);
  return read.map((one) => maker.make(one));
}

type Made = Omit<LongParameter, 'name'>;

class ParameterMaker {
  readonly #all: readonly Read[];
  readonly #types: TypeDeclarations;
  readonly #facts: FunctionFacts;
  readonly #note: (note: Note) => void;
  /** The parameters that say how much memory others have, and those that say how much was written. */
  readonly #counts: ReadonlySet<Read>;
  readonly #written: ReadonlySet<Read>;

  constructor(all: readonly Read[], types: TypeDeclarations, facts: FunctionFacts, note: (note: Note) => void) {
    this.#all = all;
    this.#types = types;
    this.#facts = facts;
    this.#note = note;
    const named = (expressions: readonly (Expression | undefined)[]) =>
      new Set(expressions.flatMap((one) => (one && this.#parameterOf(one)) ?? []));
    this.#counts = named(all.map(({ marks }) => marks.extent?.count));
    this.#written = named(all.map(({ marks }) => marks.written));
  }

  make(read: Read): LongParameter {
    const made = this.#made(read);
    const { marks } = read;
    const isOptional = marks.optional !== undefined && made.null === undefined && made.constant === undefined;
    return { name: read.name, ...made, ...(isOptional && { optional: true }) };
  }

  #made(read: Read): Made {
    const { type, marks, at, isCallback } = read;
    const isPointer = type.pointers.length > 0;
    const isReserved =
      marks.reserved !== undefined ||
      (marks.out === undefined && /^(lp|p|dw|ul|n|u|pv)?_?reserved\d*$/i.test(read.cName));
    if (isReserved && (isPointer || isCallback || type.base.role === 'refused')) return NULL_ALWAYS;
    if (isCallback) return refuse(at, `${said(read)} is a function pointer: ${CALLBACK}`);
    if (type.base.role === 'refused')
      return refuse(at, `the type '${type.base.name}' cannot be used: ${type.base.reason}`);
    if (!isPointer) return this.#value(read, isReserved);
    if (marks.out !== undefined && isConst(read)) {
      refuse(marks.out, `${said(read)} is marked as written, and its type says const: it is one or the other`);
    }
    if (type.pointers.length > 1) return this.#pointerToPointer(read);
    return this.#pointer(read);
  }

  /** What is passed by value. */
  #value(read: Read, isReserved: boolean): Made {
    const { type, marks, at } = read;
    // Pages say so of a handle whose object changes.
    const isChangedObject = type.base.role === 'handle' && marks.in !== undefined;
    if (marks.out !== undefined && !isChangedObject)
      refuse(marks.out, `${said(read)} is no pointer, so that the function cannot write to it: is a '*' missing?`);
    const memory =
      marks.extent?.at ?? marks.grow?.at ?? marks.memory?.at ?? marks.written?.at ?? marks.value ?? marks.encoding?.at;
    if (memory !== undefined) refuse(memory, `this mark is for pointers, and ${said(read)} is none: is a '*' missing?`);
    const long = valueType(type, at, {});
    if (type.base.role === 'array')
      refuse(
        at,
        `${said(read)} is an array under another name: write the array itself, such as 'int ${read.cName || 'x'}[4]'`,
      );
    if (!isReserved) return { type: long, direction: 'in' };
    return type.base.role === 'struct'
      ? refuse(marks.reserved ?? at, `${said(read)} is a struct, and only a number or a pointer can be reserved`)
      : { type: long, direction: 'in', constant: 0 };
  }

  /** A pointer to memory, or one that is no more than a number. */
  #pointer(read: Read): Made {
    const { type, marks } = read;
    const extent = this.#extent(read);
    switch (type.base.role) {
      case 'void':
        return extent === undefined ? this.#unsizedVoid(read) : this.#counted(read, extent);
      case 'opaque':
        return this.#opaque(read);
      case 'absent':
        return this.#absent(read);
      case 'char':
      case 'wide':
      case 'either':
        return extent === undefined && marks.value === undefined
          ? this.#terminatedText(read)
          : this.#counted(read, extent);
      default:
        return this.#counted(read, extent);
    }
  }

  /** Memory with an extent; without one, a single value. */
  #counted(read: Read, extent: Extent | undefined): Made {
    this.#checkLoose(read, extent);
    if (extent === undefined) return this.#single(read);
    const direction = this.#direction(read);
    const type = this.#memoryType(read, extent);
    return { type, direction, ...this.#growth(read) };
  }

  #memoryType(read: Read, extent: Extent): LongType {
    const { marks, at } = read;
    const { base } = read.type;
    const isBytes = marks.extent?.unit === 'bytes';
    const encoding = this.#encoding(base, marks, isBytes);
    if (encoding !== undefined) return { string: encoding, capacity: extent };
    if (base.role === 'void' && !isBytes) {
      return refuse(
        marks.extent?.at ?? at,
        `the elements of ${said(read)} have no size, because it points to void: write bytes(...) in place of count(...)`,
      );
    }
    if (base.role === 'void' || base.role === 'byte' || base.role === 'char')
      return { bytes: extent === undefined ? extent : withoutUnit(extent) };
    const element = valueType({ base, pointers: [] }, at, {});
    if (isBytes && typeof extent === 'number') {
      return refuse(
        marks.extent?.at ?? at,
        `write count(...) with the number of elements, because ${said(read)} does not point to bytes`,
      );
    }
    return { array: element, length: extent };
  }

  /** The encoding of memory that is text; undefined for other memory. `char *` with a number of bytes is memory, unless marked as text. */
  #encoding(base: Base, marks: Marks, isBytes: boolean): Encoding | undefined {
    const marked = marks.encoding?.encoding;
    if (base.role === 'wide') return 'utf16';
    if (base.role === 'either') return this.#facts.isAnsi ? 'ansi' : 'utf16';
    if (base.role === 'byte') return marked;
    if (base.role !== 'char') {
      return marks.encoding === undefined
        ? undefined
        : refuse(marks.encoding.at, `the mark '${marked}' is for text, and '${base.name}' is none`);
    }
    if (marked !== undefined) return marked;
    if (isBytes && marks.terminated === undefined) return undefined;
    return this.#facts.isAnsi ? 'ansi' : 'utf8';
  }

  /** Text that ends with a NUL. */
  #terminatedText(read: Read): Made {
    const { marks, at, type } = read;
    this.#checkLoose(read, undefined);
    const isInput = marks.out === undefined && (marks.in !== undefined || isConst(read));
    if (isInput) return { type: this.#inputText(type.base, marks), direction: 'in' };
    const count = this.#suggestion(read);
    if (marks.out !== undefined) {
      return refuse(
        at,
        `how many characters may the function write to ${said(read)}? Write [${marks.in === undefined ? 'out' : 'in, out'}, count(${count})] before it`,
      );
    }
    return refuse(
      at,
      `does the function read the text of ${said(read)}, or write it? Write [in], or [out, count(${count})] before it`,
    );
  }

  #inputText(base: Base, marks: Marks): LongType {
    const encoding = this.#encoding(base, marks, false);
    if (encoding === 'utf16') return 'LPCWSTR';
    return encoding === 'ansi' ? { string: 'ansi' } : 'LPCSTR';
  }

  /** A pointer to one number, struct or handle. */
  #single(read: Read): Made {
    const { marks, at, type } = read;
    const { role } = type.base;
    const isKnownSingle = marks.value !== undefined || marks.single !== undefined;
    // Nothing tells a byte from the first of many.
    const isNumber = role === 'number' || role === 'handle' || role === 'byte' || role === 'char' || role === 'wide';
    const isRead = marks.in !== undefined || isConst(read);
    if (this.#counts.has(read)) return { type: this.#valueOf(read), direction: this.#countDirection(read) };
    if (marks.encoding && role === 'byte') return this.#terminatedByteText(read);
    if (this.#written.has(read)) return { type: this.#valueOf(read), direction: isRead ? 'inout' : 'out' };
    const isSized = isKnownSingle || (isNumber && role !== 'byte' ? marks.out !== undefined : !isNumber);
    if (!isSized) return this.#ask(read);
    const direction = this.#direction(read);
    const long = this.#valueOf(read);
    if (direction === 'in') {
      this.#note({
        at,
        message: `${said(read)} is passed by a pointer, and comes back as it was: the function only reads it`,
      });
      return { type: long, direction: 'inout' };
    }
    if (direction === 'out' && this.#hasOwnSize(long)) {
      this.#note({ at, message: `${said(read)} holds its own size, which is set before the call: it is in and out` });
      return { type: long, direction: 'inout' };
    }
    return { type: long, direction };
  }

  #terminatedByteText(read: Read): Made {
    if (read.marks.out !== undefined) return this.#ask(read);
    const encoding = read.marks.encoding?.encoding;
    return { type: encoding === 'ansi' ? { string: 'ansi' } : 'LPCSTR', direction: 'in' };
  }

  #valueOf({ type, at }: Read): LongType {
    return valueType({ base: type.base, pointers: [] }, at, {});
  }

  #hasOwnSize(type: LongType): boolean {
    const long = typeof type === 'string' ? this.#types.scope.spec(type)?.type : type;
    return typeof long === 'object' && 'struct' in long && long.struct.some(({ constant }) => constant !== undefined);
  }

  /** A count behind a pointer is given, and comes back as the number that was written. */
  #countDirection({ marks, at, cName }: Read): Direction {
    if (marks.out !== undefined && marks.in === undefined) {
      return refuse(
        at,
        `'${cName}' says how much memory there is, so that the function reads it, too: write [in, out] before it`,
      );
    }
    return 'inout';
  }

  /** What a caller gives, and what the function writes. */
  #direction(read: Read): Direction {
    const { marks, at } = read;
    if (marks.out !== undefined) return marks.in === undefined ? 'out' : 'inout';
    if (marks.in !== undefined || isConst(read)) return 'in';
    return refuse(
      at,
      `does the function read what ${said(read)} points to, or write it? Write [in], [out] or [in, out] before it`,
    );
  }

  #unsizedVoid(read: Read): Made {
    const { marks, at } = read;
    this.#checkLoose(read, undefined);
    const isUnmarked = marks.in === undefined && marks.out === undefined;
    const isNumber = marks.value !== undefined || marks.single !== undefined || isUnmarked;
    if (!isNumber || isConst(read) || marks.out !== undefined) return this.#ask(read);
    this.#note({
      at,
      message: `${said(read)} is passed as a handle: a number that the library made. If it is memory, write [in, bytes(${this.#suggestion(read)})] before it`,
    });
    return { type: 'HANDLE', direction: 'in' };
  }

  #opaque(read: Read): Made {
    const { type, at, marks } = read;
    const isMade = marks.out === undefined || (marks.in !== undefined && KNOWN_NAMES.has(type.base.name));
    const place = marks.extent?.at ?? (isMade ? undefined : marks.out);
    if (place !== undefined)
      refuse(
        place,
        `the fields of '${type.base.name}' are not known here, so that only a pointer that the library made can be passed: declare the struct`,
      );
    this.#checkLoose(read, undefined);
    this.#note({
      at,
      message: `${said(read)} is passed as a handle, because the fields of '${type.base.name}' are not declared`,
    });
    return { type: 'HANDLE', direction: 'in' };
  }

  #absent(read: Read): Made {
    const { marks, at, type } = read;
    if (marks.optional === undefined) {
      return refuse(
        at,
        `the fields of '${type.base.name}' are not known here: declare the struct, or write [in, optional] before ${said(read)} to pass NULL`,
      );
    }
    this.#note({ at, message: `${said(read)} is always NULL` });
    return NULL_ALWAYS;
  }

  /** Only where the inner pointer is no more than a number. */
  #pointerToPointer(read: Read): Made {
    const { type, marks, at } = read;
    const { base, pointers } = type;
    this.#checkLoose(read, undefined);
    const isOpaque = base.role === 'opaque' || base.role === 'void';
    if (!isOpaque || pointers.length !== 2 || read.lengths) {
      const what = marks.allocated
        ? `${marks.allocated.name} says that the function makes the memory of ${said(read)}`
        : `${said(read)} is a pointer to a pointer to memory`;
      return refuse(marks.allocated?.at ?? at, `${what}: a definition has no word for it yet`);
    }
    if (marks.extent) refuse(marks.extent.at, 'an array of pointers: a definition has no word for it yet');
    if (marks.out === undefined) {
      return refuse(at, `does the function write a pointer to ${said(read)}? Write [out] or [in, out] before it`);
    }
    this.#note({ at, message: `${said(read)} is returned as a handle` });
    return { type: 'HANDLE', direction: marks.in === undefined ? 'out' : 'inout' };
  }

  #ask(read: Read): never {
    const { marks, at } = read;
    const isOut = marks.out !== undefined;
    const direction = isOut
      ? marks.in === undefined
        ? 'out'
        : 'in, out'
      : marks.in !== undefined || isConst(read)
        ? 'in'
        : undefined;
    const count = this.#suggestion(read);
    const isVoid = read.type.base.role === 'void';
    if (direction === undefined) {
      return refuse(
        at,
        `does the function read what ${said(read)} points to, or write it, and is it one value or many? Write [out], [in, out], [in, value] or [in, count(${count})] before it`,
      );
    }
    const one = isVoid ? 'a number that the library made' : 'one value';
    const choices = isVoid && (isOut || isConst(read)) ? [] : [`[${direction}, value]`];
    choices.push(`[${direction}, bytes(${count})]`, ...(isVoid ? [] : [`[${direction}, count(${count})]`]));
    const question =
      choices.length === 1
        ? `how many bytes are behind ${said(read)}?`
        : `is ${said(read)} ${one}, or memory of a number of bytes?`;
    return refuse(at, `${question} Write ${list(choices)} before it`);
  }

  /** The parameter that is the most likely to say how much memory there is. */
  #suggestion(read: Read): string {
    const index = this.#all.indexOf(read);
    const isNumber = (one: Read) =>
      one !== read && one.cName !== '' && one.type.base.role === 'number' && one.type.pointers.length < 2;
    const after = this.#all.slice(index).find(isNumber);
    return (after ?? this.#all.slice(0, index).findLast(isNumber))?.cName ?? 'n';
  }

  /** What only makes sense beside memory of a given extent. */
  #checkLoose({ marks }: Read, extent: Extent | undefined): void {
    if (extent !== undefined) return;
    const loose = marks.grow?.at ?? marks.memory?.at ?? marks.written?.at;
    if (loose !== undefined) refuse(loose, 'this mark needs count(n) or bytes(n) beside it: how much memory there is');
  }

  #growth(read: Read): Pick<Made, 'grow'> {
    const { grow, out } = read.marks;
    if (!grow) return {};
    if (out === undefined) refuse(grow.at, "the mark 'grow' is for memory that the function writes: write [out, ...]");
    return { grow: { on: grow.codes.map((code) => this.#number(code, -(2n ** 31n), 2n ** 32n - 1n)) } };
  }

  #extent(read: Read): Extent | undefined {
    const { marks, at, cName, lengths } = read;
    const [length, ...inner] = lengths ?? [];
    if (inner.length > 0)
      return refuse(
        inner[0]?.at ?? at,
        `'${cName}' is an array of arrays: a definition has no word for it in a parameter yet`,
      );
    if (marks.extent) return this.#markedExtent(marks.extent, read);
    return length && this.#number(length, 1n, MOST_ELEMENTS);
  }

  #markedExtent({ count, unit }: WrittenExtent, { type, marks }: Read): Extent {
    const isText = this.#encoding(type.base, marks, unit === 'bytes') !== undefined;
    const parameter = this.#parameterOf(count);
    if (!parameter) return this.#constantCount(count, marks);
    this.#checkCount(parameter, count);
    const { memory } = marks;
    const written = this.#writtenBy(marks, parameter, isText);
    return {
      parameter: parameter.name,
      ...(unit === 'bytes' && { unit }),
      ...(written !== undefined && { written }),
      ...(memory && { start: this.#number(memory.start, 1n, MOST_BYTES) }),
      ...(memory?.limit && { limit: this.#number(memory.limit, 1n, MOST_BYTES) }),
    };
  }

  #constantCount(count: Expression, marks: Marks): number {
    const tied = marks.grow?.at ?? marks.memory?.at ?? marks.written?.at;
    const isUnknown = count.kind === 'name' && this.#types.scope.constant(count.name) === undefined;
    if (isUnknown) return refuse(count.at, this.#unknownCount(count.name));
    const number = this.#number(count, 1n, MOST_ELEMENTS);
    if (tied !== undefined)
      refuse(
        tied,
        'this mark needs a parameter that says how much memory there is: the number here is always the same',
      );
    return number;
  }

  #unknownCount(name: string): string {
    if (name === 'return')
      return 'the returned value is known after the call only: it cannot say how much memory there is';
    const names = this.#all.map(({ cName }) => cName).filter((one) => one !== '');
    const near = nearest(name, names);
    const hint = near === undefined ? `the parameters are ${list(names, 'and')}` : `is it '${near}'?`;
    return `there is no parameter '${name}' that could say how many: ${hint}`;
  }

  #checkCount({ cName, type, lengths }: Read, { at }: Expression): void {
    const { role } = type.base;
    const isNumber = (role === 'number' || role === 'byte') && type.pointers.length < 2 && !lengths;
    if (!isNumber) refuse(at, `'${cName}' cannot say how many: it is no number`);
  }

  /** The NUL says where a text ends, so that only other memory needs the number. */
  #writtenBy({ written, out }: Marks, count: Read, isText: boolean): string | undefined {
    if (!written) return undefined;
    if (isText && !this.#parameterOf(written)) return undefined;
    if (written.kind === 'name' && written.name === 'return') return 'return';
    const parameter = this.#parameterOf(written);
    if (parameter === count || out === undefined) return undefined;
    if (!parameter)
      return refuse(
        written.at,
        written.kind === 'name'
          ? this.#unknownCount(written.name)
          : 'what says how many were written is not understood: write the name of the parameter',
      );
    if (parameter.type.pointers.length !== 1)
      refuse(written.at, `'${parameter.cName}' is no pointer, so that the function cannot write to it`);
    this.#checkCount(parameter, written);
    return parameter.name;
  }

  /** The parameter that `n` or `*n` is. */
  #parameterOf(expression: Expression): Read | undefined {
    const inner = expression.kind === 'signed' && expression.signs === '*' ? expression.operand : expression;
    return inner.kind === 'name' ? this.#all.find(({ cName }) => cName === inner.name) : undefined;
  }

  #number(expression: Expression, least: bigint, most: bigint): number {
    const { scope } = this.#types;
    const value = evaluate(expression, (name) => scope.constant(name), [
      ...scope.constantNames,
      ...this.#all.map(({ cName }) => cName),
    ]);
    return value < least || value > most
      ? refuse(expression.at, `a number from ${least} to ${most} is needed here, and this is ${value}`)
      : Number(value);
  }
}

/** The most elements of an array, and the most bytes of memory. */
const MOST_ELEMENTS = 1_048_576n;
const MOST_BYTES = 2n ** 30n;

const NULL_ALWAYS: Made = { type: 'PVOID', direction: 'in', null: 'always' };

/** True if the function does not write to the memory, as the type says. */
const isConst = ({ type }: Read): boolean => type.pointers.at(-1) === true;

const said = ({ cName }: Read): string => (cName === '' ? 'this parameter' : `'${cName}'`);

function withoutUnit(extent: Extent): Extent {
  if (typeof extent === 'number') return extent;
  const { unit: _unit, ...rest } = extent;
  return rest;
}

function list(items: readonly string[], word = 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}
