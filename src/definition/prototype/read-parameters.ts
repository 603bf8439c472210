/** Reads the parameters of a prototype: type, name and marks of each. */
import { COMMON_PARAMETERS, SPECIAL_VARIABLES } from '../reserved-names.js';
import { refuse } from './errors.js';
import { type Marks, readMarks } from './marks.js';
import type { NamedType } from './names.js';
import type { Annotation, Expression, FunctionSuffix, Parameter, Word } from './syntax.js';
import { isOldMark, type Reading, readWords, type TypeSource } from './words.js';

/** A parameter: its C type, and its marks. */
export interface Read {
  /** The name in the prototype; empty if it has none. */
  readonly cName: string;
  /** The name in the definition. */
  readonly name: string;
  /** The type. An array is a pointer to its first element. */
  readonly type: NamedType;
  readonly marks: Marks;
  readonly at: number;
  /** The lengths in `name[4]`; undefined for empty brackets. */
  readonly lengths?: readonly (Expression | undefined)[];
  /** The declaration of a function pointer inside the parameter list. */
  readonly callback?: { readonly returns: NamedType; readonly suffix: FunctionSuffix };
}

/** Reads the parameters of a function. Throws Mistake. */
export function readParameters({ parameters, variadic }: FunctionSuffix, source: TypeSource): Read[] {
  if (variadic !== undefined) {
    refuse(variadic, 'functions with a variable number of arguments are not supported');
  }
  const read = parameters.map((parameter) => readParameter(parameter, source));
  const [only] = read;
  const isNone = only?.cName === '' && only.type.base.role === 'void' && only.type.pointers.length === 0;
  if (read.length === 1 && isNone) return [];
  checkNames(read);
  const names = parameterNames(read.map(({ cName }) => cName));
  const inC = new Set(read.map(({ cName }) => cName));
  return read.map((one, index) => ({ ...withCountedLength(one, inC, source), name: names[index] as string }));
}

/**
 * In `int values[n]` and, on man pages, `int values[.n]`, the parameter `n` counts the elements, or the bytes of void.
 * A length that is computed from parameters is ignored, because a definition cannot express it.
 */
function withCountedLength(read: Read, parameters: ReadonlySet<string>, { scope }: TypeSource): Read {
  const { lengths: [length, ...rows] = [], marks, type } = read;
  const isParameter = (one: Expression): boolean => {
    if (one.kind === 'chain') return isParameter(one.first) || one.rest.some(([, operand]) => isParameter(operand));
    if (one.kind === 'signed') return isParameter(one.operand);
    if (one.kind !== 'name') return false;
    return one.isParameter ?? (scope.constant(one.name) === undefined && parameters.has(one.name));
  };
  if (!length || !isParameter(length)) return read;
  const lengths = [undefined, ...rows];
  if (length.kind !== 'name' || marks.extent) return { ...read, lengths };
  const unit = type.base.role === 'void' && type.pointers.length === 1 ? 'bytes' : 'elements';
  return { ...read, lengths, marks: { ...marks, extent: { unit, count: length, at: length.at } } };
}

/** True if one of the parameters has a type of the Windows headers. */
export const usesWindows = (read: readonly Read[]): boolean => read.some(({ type }) => type.base.isWindows === true);

/** True if the type says that the function does not write to the memory. */
export const isConst = ({ type }: Read): boolean => type.pointers.at(-1) === true;

/** Names the parameter in a message. */
export const said = ({ cName }: Read): string => (cName === '' ? 'this parameter' : `'${cName}'`);

function readParameter({ pieces, suffix, trailer, marks }: Parameter, source: TypeSource): Read {
  const reading = readWords(pieces, source, 'possible');
  if (suffix?.kind === 'bits') {
    refuse(suffix.at, "a parameter cannot have a number of bits; is a ',' or ')' missing before the ':'?");
  }
  if (suffix?.kind === 'function') {
    refuse(
      suffix.at,
      "these parentheses are not valid here; write a function pointer as '(*name)(...)', and remove macros around parameters",
    );
  }
  const after = trailer.filter((piece): piece is Annotation | Word => piece.kind === 'annotation' || isOldMark(piece));
  const array = suffix?.kind === 'array' ? suffix : undefined;
  const found = readMarks(marks, [...reading.annotations, ...(array?.annotations ?? []), ...after]);
  if (found.size !== undefined) refuse(found.size, "the mark 'size' is only for a field of a struct");
  if (found.use)
    refuse(found.use.at, `the mark '${found.use.name}' is only for a union that is declared with its fields`);
  if (found.cases) refuse(found.cases.at, `the mark '${found.cases.name}' is only for a field of a union`);
  if (found.next !== undefined) refuse(found.next, "the mark 'next' is only for a field of a struct");
  const name = suffix?.kind === 'callback' ? suffix.names.findLast((piece) => piece.kind === 'word') : reading.name;
  return {
    cName: name?.text ?? '',
    name: '',
    marks: found,
    at: name?.at ?? reading.at,
    ...(array ? { type: pointerTo(reading), lengths: array.lengths } : typeOf(reading, suffix)),
    ...(suffix?.kind === 'callback' && { callback: { returns: reading.type, suffix: suffix.called } }),
  };
}

/** Converts a type name of an array, such as `uuid_t`, to a pointer to its elements. */
function typeOf(
  { type, isConst: isConstElement }: Reading,
  suffix: Parameter['suffix'],
): Pick<Read, 'type' | 'lengths'> {
  const { array } = type.base;
  if (!array || type.pointers.length > 0 || suffix) return { type };
  const { element, lengths } = array;
  return { type: { ...element, pointers: [...element.pointers, isConstElement] }, lengths };
}

const pointerTo = ({ type, isConst: isConstElement }: Reading): NamedType => ({
  ...type,
  pointers: [...type.pointers, isConstElement],
});

function checkNames(read: readonly Read[]): void {
  const seen = new Set<string>();
  for (const { cName, at } of read) {
    if (seen.has(cName)) refuse(at, `the parameter '${cName}' appears twice`);
    if (cName !== '') seen.add(cName);
  }
}

/** Returns names for PowerShell: letters and digits, unique, and not reserved. */
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
