/** Functions that the library calls back: their parameters, and the value that they return to continue. */
import type { CallbackType } from '../types.js';
import { encodingOf, isList, terminatedText } from './encoding.js';
import { Mistake, refuse } from './errors.js';
import type { CalledBack, CalledParameter, NamedType } from './names.js';
import { isConst, type Read, readParameters, said } from './read-parameters.js';
import type { Scope } from './scope.js';
import type { FunctionSuffix } from './syntax.js';
import { sizedType, valueType, wholeConstant } from './values.js';
import type { TypeSource } from './words.js';

const NO_FACTS = { isWindows: false, isAnsi: false };

/** Returns the signature of a parameter that is a function pointer; undefined for any other parameter. */
export function calledBack({ callback, type }: Read, source: TypeSource): CalledBack | undefined {
  return callback ? readCallback(callback.returns, callback.suffix, source) : type.base.called;
}

/**
 * Reads the declaration of a callback. A type that a definition cannot express is only reported if the callback is
 * used.
 */
export function readCallback(returns: NamedType, suffix: FunctionSuffix, source: TypeSource): CalledBack {
  try {
    const isVoid = returns.base.role === 'void' && returns.pointers.length === 0;
    const result = isVoid ? 'void' : valueType(returns, suffix.at);
    if (typeof result !== 'string') return refuse(suffix.at, 'it returns more than a number');
    return { parameters: readParameters(suffix, source).map(calledParameter), returns: result };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { parameters: [], returns: 'void', problem: error.message };
  }
}

/** The caller's data is only passed on by the library, and does not become a column. */
function calledParameter(read: Read): CalledParameter {
  const { type, name, at, marks } = read;
  const { base, pointers } = type;
  const isData = base.name === 'LPARAM' || (base.role === 'void' && pointers.length === 1);
  if (marks.reserved !== undefined || isData)
    return { name, type: isData && pointers.length > 0 ? 'PVOID' : 'LONG_PTR', ignored: true };
  if (pointers.length === 0) return { name, type: valueType(type, at) };
  if (pointers.length > 1) refuse(at, `${said(read)} is a pointer to pointers`);
  if (base.role === 'opaque' || base.role === 'absent') return { name, type: 'PVOID' };
  if (base.role === 'sized') return { name, type: sizedType(base, undefined) };
  const encoding = encodingOf(base, marks, NO_FACTS);
  if (encoding !== undefined) return { name, type: terminatedText(encoding, isList(base, marks)) };
  if (base.role === 'struct') return { name, type: valueType({ base, pointers: [] }, at), pointer: true };
  if (marks.value !== undefined) return { name, type: valueType({ base, pointers: [] }, at), pointer: true };
  return refuse(at, `the size of the memory behind ${said(read)} is unknown`);
}

/** Returns the type of a callback parameter whose calls are rows of an output. Throws Mistake if it is unsuitable. */
export function collectedType(read: Read, called: CalledBack, scope: Scope): CallbackType {
  const { marks, at } = read;
  const { parameters, returns, problem } = called;
  if (!marks.collect) return askWhatItDoes(read, called);
  if (problem !== undefined) refuse(at, `the parameters of ${said(read)} cannot be read: ${problem}`);
  const columns = parameters.filter(({ ignored }) => !ignored);
  if (columns.length === 0) refuse(at, `${said(read)} has no parameter that could be a column`);
  const { answer } = marks.collect;
  const given = answer ? wholeConstant(answer, scope) : USUAL.get(returns);
  if (returns === 'void') {
    if (answer) refuse(answer.at, `${said(read)} returns nothing`);
    return { callback: { parameters, returns } };
  }
  if (given === undefined)
    return refuse(marks.collect.at, `what does ${said(read)} return to continue? Write [collect(0)] or [collect(1)]`);
  return { callback: { parameters, returns, answer: given } };
}

/** The usual return values that mean "continue", by type. */
const USUAL = new Map([
  ['BOOL', 1],
  ['BOOLEAN', 1],
  ['bool', 1],
]);

function askWhatItDoes(read: Read, { parameters, returns }: CalledBack): never {
  const { at } = read;
  const isComparison = returns !== 'void' && parameters.length === 2 && parameters.every(({ ignored }) => ignored);
  const why = isComparison
    ? `it compares two values for the library, which needs an answer each time; sort or search in PowerShell instead`
    : `if its parameters are the rows of the result, write [collect] before it; a callback that decides something cannot be used`;
  return refuse(at, `${said(read)} is a callback: ${why}`);
}

/** True for the data of a caller, which the library passes to the callback unchanged: it is always NULL or 0. */
export function isCallerData(read: Read, all: readonly Read[]): boolean {
  const { base, pointers } = read.type;
  const isData = base.name === 'LPARAM' || (base.role === 'void' && pointers.length === 1 && !isConst(read));
  const isPlain = read.marks.out === undefined && !read.marks.extent && !read.marks.constant && !read.marks.handle;
  return isData && isPlain && all.some(({ marks }) => marks.collect !== undefined);
}
