/** Writes a function of Win32 metadata as a C prototype, with marks for the facts about its pointers. */
import { PrototypeError, parsePrototypes } from '../definition/prototype/index.js';
import { namesCount, namesSize } from '../definition/size-names.js';
import type { Declarations, Reference } from './declarations.js';
import { type Extent, ExtentFinder, isLeftOut, isNumber, isWritten } from './extents.js';
import { failureMarks, failureOf } from './failures/failure-marks.js';
import type { ImportedFailure } from './failures/failure-rule-of.js';
import {
  attributeNamed,
  hasAttribute,
  InexpressibleError,
  type MetadataAttribute,
  type MetadataFunction,
  type MetadataParameter,
  type MetadataType,
  textOfAttribute,
} from './metadata.js';
import { parameterNames } from './names/parameter-names.js';
import { lendsHandles } from './releases.js';
import { type ImportedRepetition, repetitionOf } from './repetition.js';
import type { Sort } from './sort.js';
import {
  couldTellHowMany,
  endsIt,
  hasSingleValues,
  isReserved,
  standsForSomething,
  tellsOneNumber,
  tellsWritten,
} from './telling-names.js';

/** Reports a note about a function for the user. */
export type Note = (text: string) => void;

/** A refused parameter, and the reason. */
export interface ParameterRefusal {
  readonly parameter?: string;
  readonly reason: string;
}

export type WrittenPrototype =
  | { readonly text: string; readonly uses: ReadonlySet<string> }
  | { readonly refusals: readonly ParameterRefusal[] };

/** Returns the prototype, or the reasons why it cannot be written. */
export function writePrototype(fn: MetadataFunction, declarations: Declarations, note: Note): WrittenPrototype {
  return new PrototypeWriter(fn, declarations, note).write();
}

/** A parameter in C. */
interface Written {
  readonly marks: readonly string[];
  readonly type: string;
}

const NULL_ALWAYS: Written = { marks: ['reserved'], type: 'void *' };

class PrototypeWriter {
  readonly #fn: MetadataFunction;
  readonly #declarations: Declarations;
  readonly #note: Note;
  readonly #names: readonly string[];
  readonly #extents: readonly (Extent | undefined)[];
  /** The parameters that hold the size of another one's memory. */
  readonly #counts: ReadonlySet<number>;
  /** The parameters that hold the number of elements that the function allocated. */
  readonly #elementCounts: ReadonlySet<number>;
  readonly #repetition: ImportedRepetition | undefined;
  /** The parameters that are always NULL because they cannot be expressed, with the reason. */
  readonly #absent = new Map<number, string>();

  constructor(fn: MetadataFunction, declarations: Declarations, note: Note) {
    this.#fn = fn;
    this.#declarations = declarations;
    this.#note = note;
    this.#names = parameterNames(fn.Params);
    const extents = new ExtentFinder(fn, this.#names, declarations);
    this.#extents = fn.Params.map((one, index) => extents.of(one, index));
    this.#counts = new Set(this.#extents.flatMap((one) => (one?.index === undefined ? [] : [one.index])));
    this.#elementCounts = new Set(fn.Params.flatMap((one) => elementCount(one) ?? []));
    this.#repetition = repetitionOf(fn, this.#failure());
  }

  write(): WrittenPrototype {
    for (;;) {
      const { result, uses } = this.#declarations.using(() => this.#attempt());
      if ('refusals' in result) return result;
      const refusal = this.#mistakeIn(result);
      if (!refusal) {
        for (const [index, reason] of this.#absent)
          this.#note(
            `${this.#fn.Params[index]?.Name}: always NULL, because it is optional and not supported: ${reason}`,
          );
        return { text: result.text, uses };
      }
      if (!this.#leaveOut(refusal)) {
        const parameter = refusal.index === undefined ? {} : { parameter: this.#fn.Params[refusal.index]?.Name ?? '' };
        return { refusals: [{ ...parameter, reason: refusal.reason }] };
      }
    }
  }

  #attempt():
    | { readonly text: string; readonly starts: readonly number[] }
    | { readonly refusals: ParameterRefusal[] } {
    const refusals: ParameterRefusal[] = [];
    const returns = this.#tried(() => this.#returns(), refusals, {});
    const written = this.#fn.Params.map((one, index) => this.#parameter(one, index, refusals));
    if (refusals.length > 0 || returns === undefined) return { refusals };
    let text = `${returns} ${CONVENTION(this.#fn)}${this.#fn.Name}(`;
    const starts: number[] = [];
    written.forEach((one, index) => {
      if (index > 0) text += ', ';
      starts.push(text.length);
      text += one;
    });
    return { text: `${text})`, starts };
  }

  #tried<T>(action: () => T, refusals: ParameterRefusal[], place: { readonly parameter?: string }): T | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof InexpressibleError)) throw error;
      refusals.push({ ...place, reason: error.message });
      return undefined;
    }
  }

  /** The mistake that the parser finds, and its parameter. */
  #mistakeIn({ text, starts }: { readonly text: string; readonly starts: readonly number[] }) {
    try {
      parsePrototypes(text, this.#declarations.known);
      return undefined;
    } catch (error) {
      if (!(error instanceof PrototypeError)) throw error;
      const index = starts.findLastIndex((start) => start <= error.offset);
      return { index: index < 0 ? undefined : index, reason: error.reason };
    }
  }

  /** Passes NULL for an optional pointer that cannot be expressed. */
  #leaveOut({ index, reason }: { readonly index: number | undefined; readonly reason: string }): boolean {
    const parameter = index === undefined ? undefined : this.#fn.Params[index];
    if (index === undefined || !parameter || this.#absent.has(index) || !this.#canBeNull(parameter)) return false;
    this.#absent.set(index, reason);
    return true;
  }

  #canBeNull({ Type, Attrs }: MetadataParameter): boolean {
    return hasAttribute(Attrs, 'Optional') && this.#isPointer(Type);
  }

  #isPointer(type: MetadataType): boolean {
    if (/^(PSID|PSECURITY_DESCRIPTOR)$/.test(type.Kind === 'ApiRef' ? type.Name : '')) return true;
    return type.Kind === 'PointerTo' || type.Kind === 'LPArray' || /^(text|callback|interface)$/.test(this.#sort(type));
  }

  #sort(type: MetadataType): Sort {
    return this.#declarations.sortOf(type);
  }

  /** Writes the parameter in C. An optional one that cannot be expressed is NULL. */
  #parameter(parameter: MetadataParameter, index: number, refusals: ParameterRefusal[]): string {
    const name = this.#names[index] ?? '';
    try {
      const { marks, type } = this.#absent.has(index) ? NULL_ALWAYS : this.#written(parameter, index);
      const list = marks.length === 0 ? '' : `[${marks.join(', ')}] `;
      return `${list}${type}${type.endsWith('*') ? '' : ' '}${name}`;
    } catch (error) {
      if (!(error instanceof InexpressibleError)) throw error;
      if (this.#leaveOut({ index, reason: error.message })) return this.#parameter(parameter, index, refusals);
      refusals.push({ parameter: parameter.Name, reason: error.message });
      return '';
    }
  }

  #written(parameter: MetadataParameter, index: number): Written {
    const { Attrs, Name } = parameter;
    const Type = this.#declarations.enumFor(parameter) ?? parameter.Type;
    if (hasAttribute(Attrs, 'Reserved') || isReserved(Name)) return this.#reserved(Type);
    if (isLeftOut(Type) && hasAttribute(Attrs, 'Optional')) {
      this.#note(`${Name}: always NULL, as in nearly every program`);
      return NULL_ALWAYS;
    }
    if (isLeftOut(Type)) throw new InexpressibleError(WHY_NEEDED[Type.Child.Name] ?? 'it must not be NULL');
    const constant = attributeNamed(Attrs, 'Constant');
    if (constant) return this.#constant(parameter, constant);
    const sort = this.#sort(Type);
    if (sort === 'callback') return this.#callback(Type as Reference, parameter);
    if (sort === 'interface') throw new InexpressibleError('it is or contains a COM interface');
    if (sort === 'text') return this.#text(Type as Reference, parameter, index);
    if (sort === 'sid') return this.#sid(parameter, index);
    if (Type.Kind === 'LPArray' || Type.Kind === 'PointerTo') return this.#pointer(Type.Child, parameter, index);
    const memory = this.#extents[index];
    if (sort === 'handle' && memory) {
      const { marks, isOut } = this.#direction(Attrs);
      return { marks: [...marks, ...this.#extentMarks(index, isOut)], type: isOut ? 'void *' : 'const void *' };
    }
    if (hasAttribute(Attrs, 'Out') && !hasAttribute(Attrs, 'In') && sort !== 'handle')
      throw new InexpressibleError('the function writes it, but it is not a pointer');
    return this.#byValue(Type, parameter, index);
  }

  #constant({ Name, Type }: MetadataParameter, { Value, Why }: Readonly<Record<string, unknown>>): Written {
    if (Why !== undefined) this.#note(`${Name}: always ${String(Value)}, ${String(Why)}`);
    return { marks: ['in', 'value', `constant(${String(Value)})`], type: this.#declarations.nameOf(Type) };
  }

  #byValue(type: MetadataType, { Name, Attrs }: MetadataParameter, index: number): Written {
    const name = this.#declarations.nameOf(type);
    if (this.#repetition?.parameter === index) return { marks: ['in', this.#repetition.mark], type: name };
    if (this.#sort(type) === 'handle' && hasAttribute(Attrs, 'Optional'))
      return { marks: ['in', 'optional'], type: name };
    const isNumber = /^(number|byte|character)$/.test(this.#sort(type));
    const couldBeSize = isNumber && !this.#counts.has(index) && this.#hasMemory(index);
    if (!couldBeSize) return { marks: ['in'], type: name };
    if (this.#declarations.isEnum(type) || !(namesSize(Name) || namesCount(Name)))
      return { marks: ['in', 'value'], type: name };
    this.#note(`${Name}: assumed not to be the size of another parameter; check its page`);
    return { marks: ['in', 'value', 'unreviewed'], type: name };
  }

  /** True if another parameter is a pointer whose size this number could be. */
  #hasMemory(index: number): boolean {
    return this.#fn.Params.some(
      (one, other) => other !== index && this.#isPointer(one.Type) && this.#sort(one.Type) !== 'callback',
    );
  }

  #reserved(type: MetadataType): Written {
    if (this.#isPointer(type)) return NULL_ALWAYS;
    if (this.#sort(type) === 'struct') throw new InexpressibleError('it is reserved, but not a number that could be 0');
    return { marks: ['reserved'], type: this.#declarations.nameOf(type) };
  }

  #text(type: Reference, parameter: MetadataParameter, index: number): Written {
    const { Attrs } = parameter;
    refuseOle(type);
    const { marks, isOut } = this.#direction(Attrs);
    const isMany = hasAttribute(Attrs, 'NullNullTerminated');
    const all = [...marks, ...(isMany ? ['multi'] : []), ...this.#extentMarks(index, isOut)];
    const hasExtent = this.#extents[index] !== undefined;
    if (isOut && !hasExtent)
      throw new InexpressibleError('it is a string that the function writes, of unknown capacity');
    if (!isOut && hasAttribute(Attrs, 'NotNullTerminated') && !hasExtent)
      throw new InexpressibleError('it is text without a terminator, whose length is elsewhere');
    return { marks: all, type: isOut ? type.Name.replace(/^PC/, 'P') : type.Name.replace(/^P(?!C)/, 'PC') };
  }

  /** A security identifier: as an input it contains its size, as an output it needs memory. */
  #sid({ Attrs }: MetadataParameter, index: number): Written {
    const { marks, isOut } = this.#direction(Attrs);
    if (!isOut) return { marks, type: 'PSID' };
    const extent = this.#extents[index];
    if (!extent) throw new InexpressibleError('it is a SID that the function writes, to memory of unknown size');
    return { marks: ['out', `bytes(${extent.value})`], type: 'PSID' };
  }

  #pointer(child: MetadataType, parameter: MetadataParameter, index: number): Written {
    const { marks, isOut } = this.#direction(parameter.Attrs);
    const sort = this.#sort(child);
    const extent = this.#extents[index];
    if (sort === 'interface' || sort === 'callback')
      throw new InexpressibleError(`it is a pointer to ${sort === 'callback' ? 'a function' : 'a COM interface'}`);
    if (sort === 'text') return this.#pointerToText(child as Reference, parameter, index);
    if (sort === 'sid') return this.#pointerToSid(parameter, index);
    if (sort === 'pointer') return this.#pointerToPointer(child, parameter, index);
    const isConst = isOut ? '' : 'const ';
    if (sort === 'void' && extent?.unit === 'count') return this.#characters(marks, index);
    if (this.#counts.has(index)) return { marks: ['in', 'out'], type: `${this.#declarations.nameOf(child)} *` };
    if (child.Kind === 'Array') throw new InexpressibleError('it is a pointer to arrays');
    const name = this.#declarations.nameOf(child);
    if (extent) {
      const each =
        isOut && sort === 'struct' && extent.unit === 'bytes' && this.#declarations.holdsText(name)
          ? [this.#each(index)]
          : [];
      return { marks: [...marks, ...this.#extentMarks(index, isOut), ...each], type: `${isConst}${name} *` };
    }
    switch (sort) {
      case 'void':
        if (!isOut && standsForSomething(parameter.Name)) return this.#anyNumber(parameter, 'void *', marks);
        throw new InexpressibleError('it is a pointer to memory of unknown size');
      case 'opaque':
        if (!this.#declarations.isReleased(child)) return this.#anyNumber(parameter, `${name} *`, marks);
        return { marks: marks.filter((one) => one !== 'out'), type: `${name} *` };
      case 'byte':
      case 'character':
        if (!(isOut && (isBoolean(child) || tellsOneNumber(parameter.Name))))
          throw new InexpressibleError('it is a pointer to bytes or characters of unknown number');
        return { marks: [...marks, 'value'], type: `${isConst}${name} *` };
      case 'struct':
        this.#checkSingle(child, parameter, index);
        return { marks, type: `${isConst}${name} *` };
      case 'handle':
        return isOut
          ? { marks: ['out'], type: `${this.#heldName(child)} *` }
          : { marks: [...marks, 'value'], type: `${isConst}${name} *` };
      default:
        if (this.#repetition?.parameter === index)
          return { marks: ['in', 'out', 'value', this.#repetition.mark], type: `${name} *` };
        if (this.#elementCounts.has(index)) return { marks: ['out'], type: `${name} *` };
        this.#checkSingle(child, parameter, index);
        return { marks: [...marks, 'value'], type: `${isConst}${name} *` };
    }
  }

  /** A pointer from the library that no function of the definition returns, for a person to check. */
  #anyNumber({ Name }: MetadataParameter, type: string, marks: readonly string[]): Written {
    this.#note(
      `${Name}: an address that the library returned, but a caller can pass any number; also import the function that returns it`,
    );
    return { marks: [...marks.filter((one) => one !== 'out'), 'value', 'unreviewed'], type };
  }

  /** Memory of characters that metadata declares as void. The name of the function determines their encoding. */
  #characters(marks: readonly string[], index: number): Written {
    const [, letter] = /[a-z]([AW])$/.exec(this.#fn.Name) ?? [];
    if (letter === undefined) throw new InexpressibleError('it is a pointer to elements of unknown size');
    return {
      marks: [...marks, ...this.#extentMarks(index, marks.includes('out'))],
      type: letter === 'W' ? 'WCHAR *' : 'CHAR *',
    };
  }

  /** Refuses a pointer to numbers or structs beside a number that could tell how many there are. */
  #checkSingle(type: MetadataType, { Name }: MetadataParameter, index: number): void {
    const sort = this.#sort(type);
    const isOneByType = this.#declarations.isEnum(type) || isBool(type);
    if (isOneByType || tellsOneNumber(Name) || hasSingleValues(this.#fn.Name)) return;
    const beside = this.#fn.Params.filter(
      (one, other) =>
        other !== index &&
        ((isNumber(one.Type) && couldTellHowMany(one.Name, sort)) || this.#isArea(one)) &&
        !isWritten(one) &&
        (sort !== 'struct' || !this.#counts.has(other)),
    );
    if (beside.length === 0) return;
    throw new InexpressibleError(
      `it is a pointer to ${sort === 'struct' ? 'structs' : 'numbers'}, and ${beside.map((one) => one.Name).join(' or ')} could be the count, but ` +
        'the metadata does not say so; write this function by hand, from its page',
    );
  }

  /** True for a struct with the width and height of memory, such as the COORD of ReadConsoleOutputW. */
  #isArea({ Name, Type }: MetadataParameter): boolean {
    return this.#sort(Type) === 'struct' && Type.Kind === 'ApiRef' && namesSize(Name);
  }

  /** An array of texts, or a text that the function allocates. */
  #pointerToText(child: Reference, parameter: MetadataParameter, index: number): Written {
    const { marks, isOut } = this.#direction(parameter.Attrs);
    refuseOle(child);
    if (!isOut) {
      if (!this.#extents[index]) throw new InexpressibleError('it is an array of texts of unknown number');
      return {
        marks: [...marks, ...this.#extentMarks(index, false)],
        type: `${child.Name.replace(/^P(?!C)/, 'PC')} *`,
      };
    }
    if (marks.includes('in'))
      throw new InexpressibleError('it is a pointer to a pointer to text that the function moves');
    if (this.#extents[index]) throw new InexpressibleError('it is an array of texts that the function allocates');
    return { marks: ['out', this.#allocated(parameter)], type: `${child.Name.replace(/^PC/, 'P')} *` };
  }

  #pointerToSid(parameter: MetadataParameter, index: number): Written {
    const { isOut, marks } = this.#direction(parameter.Attrs);
    if (!isOut || marks.includes('in') || this.#extents[index])
      throw new InexpressibleError('it is an array of pointers');
    return { marks: ['out', this.#allocated(parameter)], type: 'PSID *' };
  }

  /** Memory that the function allocates, or a pointer that is only an address. */
  #pointerToPointer(child: MetadataType, parameter: MetadataParameter, index: number): Written {
    const { marks, isOut } = this.#direction(parameter.Attrs);
    const inner = child.Kind === 'PointerTo' || child.Kind === 'LPArray' ? child.Child : undefined;
    const sort = inner && this.#sort(inner);
    if (!isOut) throw new InexpressibleError('it is an array of pointers');
    if (this.#extents[index]) throw new InexpressibleError('it is an array of pointers that the function allocates');
    if (marks.includes('in') && endsIt(this.#fn.Name))
      throw new InexpressibleError('it is a pointer to a pointer that the function frees');
    if (marks.includes('in')) this.#note(`${parameter.Name}: NULL before the call; check its page`);
    if (inner && sort === 'opaque' && inner.Kind === 'ApiRef') {
      const name = this.#declarations.nameOf(inner);
      return { marks: ['out'], type: this.#declarations.isReleased(inner) ? `${name} **` : 'void **' };
    }
    if (inner && sort === 'struct' && (inner.Kind === 'ApiRef' || inner.Kind === 'Native'))
      return {
        marks: ['out', this.#allocated(parameter), ...this.#elements(parameter)],
        type: `${this.#declarations.nameOf(inner)} **`,
      };
    if (sort === 'interface' || sort === 'callback') throw new InexpressibleError('it is or contains a COM interface');
    this.#note(
      `${parameter.Name}: only the address of what the function allocates; declare its type and the function that frees it`,
    );
    return { marks: ['out'], type: 'void **' };
  }

  #elements(parameter: MetadataParameter): string[] {
    const count = elementCount(parameter);
    return count === undefined ? [] : [`count(${this.#names[count]})`];
  }

  /** The function that frees it, if metadata has one; otherwise the memory belongs to the library. */
  #allocated({ Name, Attrs }: MetadataParameter): string {
    const free = textOfAttribute(Attrs, 'FreeWith');
    if (free !== undefined) return `allocated(${free})`;
    this.#note(`${Name}: the memory is not freed, because the metadata does not say how; check its page`);
    return 'allocated';
  }

  /** The rows of a function that enumerates are its result. A callback that decides something is refused. */
  #callback(type: Reference, { Attrs }: MetadataParameter): Written {
    if (hasAttribute(Attrs, 'Optional')) throw new InexpressibleError('it is a callback');
    if (!/Enum/.test(this.#fn.Name))
      throw new InexpressibleError('it is a callback that decides something, or is called later');
    return { marks: ['in', 'collect'], type: this.#declarations.callbackOf(type) };
  }

  #direction(attributes: readonly MetadataAttribute[]) {
    const isOut = hasAttribute(attributes, 'Out');
    const isIn = !isOut || hasAttribute(attributes, 'In');
    const isOptional = hasAttribute(attributes, 'Optional') && isIn;
    return { isOut, marks: [...(isIn ? ['in'] : []), ...(isOut ? ['out'] : []), ...(isOptional ? ['optional'] : [])] };
  }

  /** The number of structs before the data that they point to: the number that the function writes, or one. */
  #each(index: number): string {
    const counted = this.#fn.Params.findIndex(
      ({ Name, Type, Attrs }, other) =>
        other > index &&
        Type.Kind === 'PointerTo' &&
        hasAttribute(Attrs, 'Out') &&
        /returned|entries|count/i.test(Name) &&
        !this.#counts.has(other),
    );
    return `each(${this.#names[counted] ?? 1})`;
  }

  #extentMarks(index: number, isOut: boolean): string[] {
    const extent = this.#extents[index];
    if (!extent) return [];
    const mark = `${extent.unit}(${extent.value})`;
    if (!isOut || extent.index === undefined || this.#isSizeGiven(extent.index)) return [mark];
    return [mark, ...this.#writtenMark(extent), `grow(${this.#growCodes()})`];
  }

  /** True if the number of elements is that of an array of the caller, so that the memory cannot grow. */
  #isSizeGiven(index: number): boolean {
    const isGiven = this.#fn.Params.some((one, at) => this.#extents[at]?.index === index && !isWritten(one));
    return isGiven && this.#fn.Params[index]?.Type.Kind !== 'PointerTo';
  }

  /** The place where the function reports how many bytes of its only memory it wrote. */
  #writtenMark({ unit, index }: Extent): string[] {
    const isOnly =
      this.#fn.Params.filter(({ Attrs }, at) => this.#extents[at] && hasAttribute(Attrs, 'Out')).length === 1;
    const size = index === undefined ? undefined : this.#fn.Params[index];
    if (unit !== 'bytes' || !isOnly || !size || isWritten(size) || size.Type.Kind === 'PointerTo') return [];
    const told = this.#fn.Params.findIndex((one) => isWritten(one) && isNumber(one.Type) && tellsWritten(one.Name));
    return told < 0 ? [] : [`written(${this.#names[told]})`];
  }

  /** The codes that mean that the memory was too small. */
  #growCodes(): string {
    const { failure, tooSmall, more = [] } = this.#failure();
    if (tooSmall && tooSmall.length > 0) return tooSmall.join(', ');
    const code = typeof failure === 'object' ? failure.code : failure;
    if (code === 'hresult') return '0x8007007A, 0x800700EA';
    return code === 'ntstatus'
      ? '0xC0000023, 0x80000005, 0xC0000004'
      : [122, 234, 111].filter((one) => !more.includes(one)).join(', ');
  }

  #failure() {
    return failureOf(this.#fn, this.#sort(this.#fn.ReturnType));
  }

  /** The marks of a failure, and the return type. */
  #returns(): string {
    const failure = this.#failure();
    if (failure.note !== undefined) this.#note(failure.note);
    const type = this.#returnType(this.#fn.ReturnType);
    const marks = [...failureMarks(failure, this.#repetition?.codes), ...this.#valueMark(failure)];
    return type === 'void' ? type : `[${marks.join(', ')}] ${type}`;
  }

  /**
   * Keeps the return value beside single values that the function writes, if it is a DWORD that is 0 or -1 on failure:
   * GetFileSize returns the low half of the size. Beside memory, such a value is the length that was written.
   */
  #valueMark({ failure }: ImportedFailure): string[] {
    const { ReturnType: type, Params } = this.#fn;
    const when = typeof failure === 'string' ? failure : failure.when;
    const hasValue =
      type.Kind === 'Native' && type.Name === 'UInt32' && /^(zero|minusOne|lastErrorIfZero)$/.test(String(when));
    const written = Params.flatMap(({ Attrs }, at) => (hasAttribute(Attrs, 'Out') ? [this.#extents[at]] : []));
    const isAlone = written.length > 0 && written.every((extent) => extent === undefined);
    return hasValue && isAlone && !this.#names.includes('Value') ? ['returns(Value)'] : [];
  }

  #returnType(type: MetadataType): string {
    try {
      return this.#plainReturnType(type);
    } catch (error) {
      if (!(error instanceof InexpressibleError)) throw error;
      throw new InexpressibleError(`the return value cannot be expressed: ${error.message}`);
    }
  }

  /** The type of what the function returns or writes: a handle that it only lends is of a type of its own. */
  #heldName(type: MetadataType): string {
    return lendsHandles(this.#fn.Name) ? this.#declarations.lentNameOf(type) : this.#declarations.nameOf(type);
  }

  #plainReturnType(type: MetadataType): string {
    if (type.Kind === 'ApiRef' && type.Name === 'WIN32_ERROR') return 'DWORD';
    if (isPseudo(this.#fn)) return 'HANDLE';
    const sort = this.#sort(type);
    if (sort === 'callback') return 'void *';
    if (sort === 'text' && type.Kind === 'ApiRef' && type.Name !== 'BSTR') return type.Name.replace(/^P(?!C)/, 'PC');
    if (type.Kind !== 'PointerTo') return this.#heldName(type);
    const inner = this.#sort(type.Child);
    if (inner === 'interface') throw new InexpressibleError('it is or contains a COM interface');
    if (inner === 'struct' && type.Child.Kind === 'ApiRef') return `${this.#declarations.nameOf(type.Child)} *`;
    if (inner === 'opaque' && this.#declarations.isReleased(type.Child))
      return lendsHandles(this.#fn.Name) ? this.#heldName(type.Child) : `${this.#declarations.nameOf(type.Child)} *`;
    if (inner !== 'void') this.#note('returns only the address of what it points to');
    return 'void *';
  }
}

/** The reasons why pointers to these structs must be NULL. */
const WHY_NEEDED: Readonly<Record<string, string>> = {
  OVERLAPPED: 'it is an OVERLAPPED that must not be NULL, for an operation that continues after the function returns',
  SECURITY_ATTRIBUTES:
    'it is a SECURITY_ATTRIBUTES that must not be NULL, and it points to memory that only a program can prepare',
};

/** The parameter that holds the number of elements that the function allocated for this one. */
function elementCount({ Attrs }: MetadataParameter): number | undefined {
  return attributeNamed(Attrs, 'Elements')?.CountParamIndex as number | undefined;
}

/** True for a function that returns a pseudo-handle, which nobody closes. */
const isPseudo = ({ Name, ReturnType }: MetadataFunction) =>
  /^GetCurrent(Process|Thread)$/.test(Name) && ReturnType.Kind === 'ApiRef' && ReturnType.Name === 'HANDLE';

function refuseOle({ Name }: Reference): void {
  if (Name === 'BSTR') throw new InexpressibleError('a BSTR is memory of OLE, which is not supported');
}

/** A pointer to such a type points to one value: UBool of ICU, BOOLEAN. */
const isBoolean = (type: MetadataType) =>
  (type.Kind === 'Native' && type.Name === 'SByte') || (type.Kind === 'ApiRef' && type.Name === 'BOOLEAN');

const isBool = (type: MetadataType) => type.Kind === 'ApiRef' && type.Name === 'BOOL';

/** Libraries of plain C functions, which do not use the calling convention WINAPI. */
const C_LIBRARIES = /^(icu[a-z]*|msvcrt|ucrtbase)\.dll$/i;

const CONVENTION = ({ DllImport }: MetadataFunction) => (C_LIBRARIES.test(DllImport) ? '__cdecl ' : 'WINAPI ');
