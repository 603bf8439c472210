/** The return value of a prototype: its type, which values mean failure, and whether it is a result. */

import { kindWithType } from '../../kinds/index.js';
import { isCountedBy } from '../counts.js';
import { withCodes } from '../failure-rules.js';
import type { FailureStrategy } from '../types.js';
import { encodingOf, type FunctionFacts, isList, terminatedText } from './encoding.js';
import { nearest, refuse } from './errors.js';
import type { FailureRule, LongParameter, LongReturns, LongType } from './long-form.js';
import { allocation, checkMark, type Marks, readAllocated, readHandle } from './marks.js';
import type { NamedType } from './names.js';
import type { Note } from './parameters.js';
import type { Scope } from './scope.js';
import type { Expression, Mark, MarkArgument } from './syntax.js';
import { handleType, sizedType, valueType, wholeConstant } from './values.js';

/** The parts of a declaration that determine the return value. */
export interface WrittenReturn {
  readonly function: string;
  readonly type: NamedType;
  readonly at: number;
  /** The marks before the return type. */
  readonly marks: readonly Mark[];
  readonly parameters: readonly LongParameter[];
}

const FUNCTION_MARKS = {
  fails: [1, 2],
  success: [1, 16],
  absent: [1, 16],
  unreviewed: [0, 0],
  returns: [1, 1],
  handle: [1, 1],
  utf8: [0, 0],
  ansi: [0, 0],
  multi: [0, 0],
  allocated: [0, 2],
} as const;

/** Returns the return value in the long form. Throws Mistake. */
export function makeReturns(
  written: WrittenReturn,
  scope: Scope,
  facts: FunctionFacts,
  note: (note: Note) => void,
): LongReturns {
  for (const mark of written.marks) checkMark(mark, FUNCTION_MARKS);
  const said = returnType(written, scope, facts);
  const plain = said ?? 'HANDLE';
  const handle = written.marks.find(({ name }) => name === 'handle');
  const type = handle ? handleType(plain, readHandle(handle)) : plain;
  const fails = written.marks.find(({ name }) => name === 'fails');
  const plainFailure = fails ? markedFailure(fails, written, scope) : usualFailure(written, facts, note);
  const failure = withMarkedCodes(plainFailure, written, scope);
  const isUnreviewed = written.marks.some(({ name }) => name === 'unreviewed');
  const result = resultName(written, type, failure);
  if (said === undefined && result !== undefined) refuseMemory(written);
  const allocated = written.marks.find(({ name }) => name === 'allocated');
  const isText =
    type === 'LPCSTR' || type === 'LPCWSTR' || (typeof type === 'object' && ('string' in type || 'texts' in type));
  if (allocated && !isText && !(typeof type === 'object' && 'pointer' in type))
    refuse(allocated.at, 'the function does not return a text or a struct that it could have allocated');
  if (isText && !allocated && !staysOfLibrary(written)) note(askWhoFrees(written));
  return {
    type,
    failure,
    ...(isUnreviewed && { reviewed: false }),
    ...allocation(allocated && readAllocated(allocated)),
    ...(result !== undefined && { resultName: result }),
  };
}

/** True for a text that is const, that is not returned as a result, or that lies in memory of the caller. */
function staysOfLibrary({ type: { pointers }, marks, parameters }: WrittenReturn): boolean {
  const isPlainPointer = pointers.length === 1 && pointers[0] === false;
  const isNone = marks.some(
    ({ name, args }) => name === 'returns' && args?.[0]?.kind === 'name' && args[0].name === 'none',
  );
  return !isPlainPointer || isNone || parameters.some(({ direction }) => direction !== 'in');
}

const askWhoFrees = ({ function: name, at }: WrittenReturn): Note => ({
  at,
  isQuestion: true,
  message: `who frees the text that ${name} returns? It is taken for the library's own; if the caller must free it, write [allocated(free)] before the type, with the name of the function that frees it; if not, write const or [allocated]`,
});

/** The type; undefined for a pointer to memory that a definition cannot express. */
function returnType({ type, at, marks }: WrittenReturn, scope: Scope, facts: FunctionFacts): LongType | undefined {
  const { base, pointers } = type;
  if (base.role === 'refused') refuse(at, `the type '${base.name}' cannot be returned: ${base.reason}`);
  const said = textMarks(marks);
  const isMany = isList(base, said);
  const text = pointers.length === 1 ? encodingOf(base, said, facts) : undefined;
  if (text !== undefined) return terminatedText(text, isMany);
  const mark = said.encoding;
  if (mark) refuse(mark.at, `the mark '${mark.encoding}' is only for a returned text`);
  if (pointers.length === 0) {
    if (base.role === 'void') return 'void';
    const long = valueType(type, at);
    const isWhole = (base.role === 'struct' || base.role === 'array') && !canBeReturned(long);
    return isWhole ? refuse(at, 'functions that return a struct by value are not supported') : long;
  }
  if (pointers.length === 1 && base.role === 'sized') return sizedType(base, undefined);
  const isHandle = base.role === 'void' || base.role === 'opaque' || base.role === 'absent';
  if (pointers.length === 1 && isHandle) return scope.handle(base) ?? 'HANDLE';
  if (pointers.length === 1 && base.role === 'struct') return { pointer: valueType({ base, pointers: [] }, at) };
  return undefined;
}

/** True for a built-in type whose kind allows it as a return value. */
const canBeReturned = (type: LongType) => typeof type === 'string' && kindWithType(type)?.returns !== undefined;

function refuseMemory({ type: { base }, at }: WrittenReturn): never {
  const hint = base.role === 'byte' ? '; if it is a text, write [utf8] before it' : '';
  refuse(
    at,
    `the function returns a pointer to memory, which is not supported${hint}; to ignore it, write [returns(none)] before it`,
  );
}

function textMarks(marks: readonly Mark[]): Pick<Marks, 'encoding' | 'multi'> {
  const mark = marks.find(({ name }) => name === 'utf8' || name === 'ansi');
  const multi = marks.find(({ name }) => name === 'multi');
  return {
    ...(mark && { encoding: { encoding: mark.name as 'utf8' | 'ansi', at: mark.at } }),
    ...(multi && { multi: multi.at }),
  };
}

/** Functions that return INVALID_HANDLE_VALUE instead of NULL. Source: the "Return value" sections of their pages. */
const INVALID_HANDLE =
  /^(CreateFile(Transacted)?[AW2]|CreateNamedPipe|CreateConsoleScreenBuffer|CreateToolhelp32Snapshot|CreateMailslot|FindFirst|OpenFileById|ReOpenFile|GetStdHandle|IcmpCreateFile|Icmp6CreateFile)/;

/** The failure rule of a function without a mark, according to the conventions of the Windows headers. */
function usualFailure(
  { function: name, type, at, parameters }: WrittenReturn,
  { isWindows }: FunctionFacts,
  note: (note: Note) => void,
): FailureStrategy {
  const { base, pointers } = type;
  if (!isWindows || isNothing(type)) return 'none';
  if (pointers.length > 0) return 'lastErrorIfZero';
  if (base.name === 'SOCKET') return 'lastErrorIfInvalidHandle';
  if (base.role === 'handle') return INVALID_HANDLE.test(name) ? 'lastErrorIfInvalidHandle' : 'lastErrorIfZero';
  if (base.type === 'HRESULT') return 'hresult';
  if (base.type === 'NTSTATUS') return 'ntstatus';
  if (/^(LSTATUS|NET_API_STATUS)$/.test(base.name) || (base.name === 'LONG' && /^Reg[A-Z]/.test(name))) return 'win32';
  if (base.type === 'BOOL' || base.type === 'BOOLEAN') {
    const isQuestion = /^Is[A-Z]/.test(name) && parameters.every(({ direction }) => direction === 'in');
    return isQuestion ? 'none' : 'lastErrorIfZero';
  }
  note({
    at,
    isQuestion: true,
    message: `the return value of ${name} is not treated as a failure; if it can be one, write how before the type, such as [fails(zero, lastError)] or [fails(nonzero, win32)], otherwise write [fails(never)]`,
  });
  return 'none';
}

const WHEN = ['zero', 'nonzero', 'minusOne', 'negative', 'notIn(0, ...)', 'mask(0x80000000)', 'never'];
const CODES = ['returned', 'win32', 'lastError', 'errno', 'hresult', 'ntstatus', 'none'] as const;

function markedFailure({ args = [], at }: Mark, { type }: WrittenReturn, scope: Scope): FailureStrategy | FailureRule {
  const [first, second] = args as [MarkArgument, MarkArgument | undefined];
  if (first.kind === 'name' && first.name === 'never')
    return second ? refuse(second.at, 'a function that never fails has no code; write [fails(never)]') : 'none';
  const when = whenOf(first, scope);
  if (!second) return refuse(at, `where is the error code? Write it after a comma: ${CODES.join(', ')}`);
  const code = CODES.find((one) => second.kind === 'name' && second.name === one);
  if (!code) return refuse(second.at, unknown('place of a code', second, CODES));
  if (isNothing(type)) refuse(at, 'a function that returns nothing cannot report failure');
  const isWindowsCode = code === 'returned' && WINDOWS_CODES.test(type.base.name);
  const rule: FailureRule = { when, code: isWindowsCode ? 'win32' : code };
  return strategyOf(rule, type) ?? rule;
}

/** Adds the codes of the marks `success(...)` and `absent(...)`. */
function withMarkedCodes(
  failure: FailureStrategy | FailureRule,
  { marks, type }: WrittenReturn,
  scope: Scope,
): FailureStrategy | FailureRule {
  const codesOf = (mark: string) => marks.filter(({ name }) => name === mark).flatMap((one) => codes(one, scope));
  const [first] = marks.filter(({ name }) => name === 'success' || name === 'absent');
  if (first && failure === 'none')
    refuse(first.at, `'${first.name}' is about error codes, but this function has none; write [fails(...)] before it`);
  return withCodes(failure, { success: codesOf('success'), absent: codesOf('absent') }, isVerdict(type));
}

const codes = ({ args = [] }: Mark, scope: Scope): number[] =>
  args.map((one) =>
    one.kind === 'call' ? refuse(one.at, 'a code must be a number or the name of a number') : wholeConstant(one, scope),
  );

/** True for a type whose values are true and false. */
const isVerdict = ({ base, pointers }: NamedType) =>
  pointers.length === 0 && (base.type === 'BOOL' || base.type === 'BOOLEAN' || base.type === 'bool');

/** The type names of the Windows headers for a returned error code. Other libraries have their own names. */
const WINDOWS_CODES = /^(LSTATUS|NET_API_STATUS|LONG|DWORD|ULONG)$/;

/** The strategy that has the same meaning as a rule. */
function strategyOf({ when, code }: FailureRule, { base }: NamedType): FailureStrategy | undefined {
  switch (`${typeof when === 'string' ? when : ''} ${code}`) {
    case 'zero lastError':
      return 'lastErrorIfZero';
    case 'minusOne lastError':
      return base.role === 'handle' ? 'lastErrorIfInvalidHandle' : undefined;
    case 'nonzero win32':
      return 'win32';
    case 'negative hresult':
      return 'hresult';
    case 'negative ntstatus':
      return 'ntstatus';
    default:
      return undefined;
  }
}

function whenOf(argument: MarkArgument, scope: Scope): FailureRule['when'] {
  if (argument.kind === 'name') {
    const { name } = argument;
    if (name === 'zero' || name === 'nonzero' || name === 'minusOne' || name === 'negative') return name;
  }
  if (argument.kind === 'call' && argument.name === 'notIn' && argument.args.length > 0) {
    return { notIn: argument.args.map((one) => wholeConstant(one, scope)) };
  }
  if (argument.kind === 'call' && argument.name === 'mask' && argument.args.length === 1) {
    return { mask: wholeConstant(argument.args[0] as Expression, scope) };
  }
  return refuse(argument.at, unknown('kind of failure', argument, WHEN));
}

function unknown(what: string, argument: MarkArgument, known: readonly string[]): string {
  const name = argument.kind === 'name' || argument.kind === 'call' ? argument.name : undefined;
  const near = name === undefined ? undefined : nearest(name, known);
  return `this is not a ${what}: ${near === undefined ? `write one of ${known.join(', ')}` : `is it '${near}'?`}`;
}

/**
 * The name of the result: the author's, or a default one if the value can be a result; otherwise undefined.
 */
function resultName(written: WrittenReturn, type: LongType, failure: LongReturns['failure']): string | undefined {
  const given = written.marks.find(({ name }) => name === 'returns');
  if (given) return givenName(given, written);
  const { parameters } = written;
  if (isNothing(written.type) || isStatus(written.type, failure)) return undefined;
  // If a function that can fail has outputs, these are its result, and the return value only reports success.
  const isBeside = failure !== 'none' && hasOutput(parameters);
  if (isBeside && !returnsHandle(written, type)) return undefined;
  return (
    [isBeside ? 'Handle' : 'Value', 'ReturnValue', 'ReturnedValue'].find((name) => !isTaken(name, parameters)) ??
    'TheReturnValue'
  );
}

/** True for a handle. It must be a result, because otherwise nobody could close it. */
const returnsHandle = ({ type: { base, pointers } }: WrittenReturn, type: LongType) =>
  (typeof type === 'object' && 'handle' in type) || (base.role === 'handle' && pointers.length === 0);

/** The name in `returns(Name)`; undefined for `returns(none)`. */
function givenName({ args, at }: Mark, { type, parameters }: WrittenReturn): string | undefined {
  const [argument] = args as [MarkArgument];
  if (argument.kind !== 'name') return refuse(argument.at, 'a name is needed here: returns(Name), or returns(none)');
  if (argument.name === 'none') return undefined;
  if (isNothing(type)) refuse(at, 'the function returns nothing, so there is nothing to name');
  if (isTaken(argument.name, parameters)) refuse(argument.at, `there is already a parameter '${argument.name}'`);
  return argument.name;
}

const isNothing = ({ base, pointers }: NamedType) => base.role === 'void' && pointers.length === 0;

/** True for a value that only reports whether the call succeeded. */
function isStatus(type: NamedType, failure: LongReturns['failure']): boolean {
  if (typeof failure === 'object') {
    if (failure.when === 'zero') return isVerdict(type) && !failure.success;
    return failure.when === 'nonzero' || failure.code === 'hresult' || failure.code === 'ntstatus';
  }
  if (failure === 'lastErrorIfZero') return isVerdict(type);
  return failure === 'win32' || failure === 'ntstatus' || failure === 'hresult';
}

/** True if the function has outputs. The size of an output does not count as one. */
function hasOutput(parameters: readonly LongParameter[]): boolean {
  const isCount = (name: string) => parameters.some(({ type }) => isCountedBy(type, name));
  return parameters.some(({ name, direction }) => direction !== 'in' && !isCount(name));
}

const isTaken = (name: string, parameters: readonly LongParameter[]) =>
  parameters.some((one) => one.name.toLowerCase() === name.toLowerCase());
