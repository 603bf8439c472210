/** Determines how much memory is behind the pointers of one function, and which parameters hold the sizes. */
import { evaluate } from './constants.js';
import { encodingOf, type FunctionFacts } from './encoding.js';
import { nearest, refuse } from './errors.js';
import type { Extent, LongParameter } from './long-form.js';
import type { Marks, WrittenExtent } from './marks.js';
import type { Read } from './read-parameters.js';
import type { Scope } from './scope.js';
import type { Expression } from './syntax.js';
import { MOST_ELEMENTS } from './values.js';

/** The maximum memory in bytes. */
const MOST_BYTES = 2n ** 30n;

export class Extents {
  readonly #all: readonly Read[];
  readonly #byName: ReadonlyMap<string, Read>;
  readonly #scope: Scope;
  readonly #facts: FunctionFacts;
  readonly #counts: ReadonlySet<Read>;
  readonly #written: ReadonlySet<Read>;

  constructor(all: readonly Read[], scope: Scope, facts: FunctionFacts) {
    this.#all = all;
    this.#byName = new Map(all.map((read) => [read.cName, read]));
    this.#scope = scope;
    this.#facts = facts;
    const parametersOf = (expressions: readonly (Expression | undefined)[]) =>
      new Set(expressions.flatMap((one) => (one && this.#parameterOf(one)) ?? []));
    // The counts of allocated memory, which the function reports.
    this.#counts = parametersOf(all.map(({ marks }) => (marks.allocated ? undefined : marks.extent?.count)));
    this.#written = parametersOf(
      all.flatMap(({ marks }) => [marks.written, marks.each, marks.allocated ? marks.extent?.count : undefined]),
    );
  }

  /** True for a parameter that holds the size of another one's memory. */
  isCount(read: Read): boolean {
    return this.#counts.has(read);
  }

  /** True for a parameter that holds the written size. */
  isWritten(read: Read): boolean {
    return this.#written.has(read);
  }

  /** The extent of a pointer's memory; undefined if neither marks nor SAL give one. Throws Mistake. */
  of(read: Read): Extent | undefined {
    const { marks, lengths = [] } = read;
    const [length] = lengths;
    if (marks.extent) return this.#marked(read, marks.extent);
    const extent = length && this.#number(length, 1n, MOST_ELEMENTS);
    const tied = tiedMark(marks);
    if (tied !== undefined) refuse(tied, 'this mark also needs count(n) or bytes(n), the size of the memory');
    return extent;
  }

  /** The codes after which a call is repeated with more memory. */
  growth({ marks: { grow, out } }: Read): Pick<LongParameter, 'grow'> {
    if (!grow) return {};
    if (out === undefined)
      refuse(grow.at, "the mark 'grow' is only for memory that the function writes; write [out, ...]");
    return { grow: { on: grow.codes.map((code) => this.#number(code, -(2n ** 31n), 2n ** 32n - 1n)) } };
  }

  #marked(read: Read, { count, unit }: WrittenExtent): Extent {
    const { marks } = read;
    const parameter = this.#parameterOf(count);
    if (!parameter) return this.#constant(count, marks);
    checkCount(parameter, count);
    const isText = !isOfMany(read) && encodingOf(read.type.base, marks, this.#facts) !== undefined;
    const written = this.#writtenBy(marks, parameter, isText);
    const { memory } = marks;
    return {
      parameter: parameter.name,
      ...(unit === 'bytes' && { unit }),
      ...(written !== undefined && { written }),
      ...(marks.each && { each: this.#each(marks.each) }),
      ...(memory && { start: this.#number(memory.start, 1n, MOST_BYTES) }),
      ...(memory?.limit && { limit: this.#number(memory.limit, 1n, MOST_BYTES) }),
    };
  }

  /** The parameter that holds the number of structs written, or the number itself. */
  #each(each: Expression): string | number {
    const parameter = this.#parameterOf(each);
    if (!parameter) return this.#number(each, 1n, MOST_ELEMENTS);
    if (parameter.type.pointers.length !== 1)
      refuse(each.at, `'${parameter.cName}' is not a pointer, so the function cannot write to it`);
    checkCount(parameter, each);
    return parameter.name;
  }

  #constant(count: Expression, marks: Marks): number {
    const isUnknown = count.kind === 'name' && this.#scope.constant(count.name) === undefined;
    if (isUnknown) refuse(count.at, this.#unknownCount(count.name));
    const tied = tiedMark(marks);
    if (tied !== undefined) {
      const why = 'the number here is constant';
      refuse(tied, `this mark needs a parameter that holds the size of the memory: ${why}`);
    }
    return this.#number(count, 1n, MOST_ELEMENTS);
  }

  #unknownCount(name: string): string {
    if (name === 'return') {
      return 'the return value is known only after the call, so it cannot be the size of the memory';
    }
    const names = this.#all.map(({ cName }) => cName).filter((one) => one !== '');
    const near = nearest(name, names);
    const hint = near === undefined ? `the parameters are ${names.join(', ')}` : `is it '${near}'?`;
    return `there is no parameter '${name}' for the number: ${hint}`;
  }

  /** Only memory other than text needs the number of elements written: a text ends with its NUL. */
  #writtenBy({ written, out }: Marks, count: Read, isText: boolean): string | undefined {
    const parameter = written && this.#parameterOf(written);
    // Text that fills its memory was truncated; the returned number shows this.
    if (written?.kind === 'name' && written.name === 'return') return 'return';
    if (!written || (isText && !parameter)) return undefined;
    if (parameter === count || out === undefined) return undefined;
    if (!parameter) {
      const isName = written.kind === 'name';
      const how =
        'this is not valid here; write the name of the parameter that receives the number of written elements';
      return refuse(written.at, isName ? this.#unknownCount(written.name) : how);
    }
    if (parameter.type.pointers.length !== 1) {
      refuse(written.at, `'${parameter.cName}' is not a pointer, so the function cannot write to it`);
    }
    checkCount(parameter, written);
    return parameter.name;
  }

  /** Returns the parameter in `n` or `*n`. */
  #parameterOf(expression: Expression): Read | undefined {
    const inner = expression.kind === 'signed' && expression.signs === '*' ? expression.operand : expression;
    return inner.kind === 'name' ? this.#byName.get(inner.name) : undefined;
  }

  #number(expression: Expression, least: bigint, most: bigint): number {
    const names = [...this.#scope.constantNames, ...this.#byName.keys()];
    const value = evaluate(expression, (name) => this.#scope.constant(name), names);
    const isInRange = least <= value && value <= most;
    const what = `the number must be from ${least} to ${most}, not ${value}`;
    return isInRange ? Number(value) : refuse(expression.at, what);
  }
}

/** True for memory whose elements are arrays or pointers. */
const isOfMany = ({ type, lengths = [] }: Read) => lengths.length > 1 || type.pointers.length > 1;

/** The place of a mark that needs an extent. */
const tiedMark = ({ grow, memory, written, each }: Marks) => grow?.at ?? memory?.at ?? written?.at ?? each?.at;

function checkCount({ cName, type, lengths }: Read, { at }: Expression): void {
  const { role } = type.base;
  const isNumber = (role === 'number' || role === 'byte') && type.pointers.length < 2 && !lengths;
  if (!isNumber) refuse(at, `'${cName}' cannot hold the number, because it is not an integer`);
}
