/** Reads the marks, SAL annotations and old header words of a parameter or a field. */
import type { ParameterDefinition } from '../types.js';
import { nearest, refuse } from './errors.js';
import type { Annotation, Expression, Mark, MarkArgument, Word } from './syntax.js';

/** The extent of the memory behind a pointer, as written. */
export interface WrittenExtent {
  readonly unit: 'elements' | 'bytes';
  readonly count: Expression;
  readonly at: number;
}

/** A handle that another function releases, as written in a mark. */
export interface WrittenHandle {
  readonly release: string;
  readonly at: number;
}

export interface Marks {
  in?: number;
  out?: number;
  optional?: number;
  extent?: WrittenExtent;
  written?: Expression;
  grow?: { readonly codes: readonly Expression[]; readonly at: number };
  memory?: { readonly start: Expression; readonly limit: Expression | undefined; readonly at: number };
  reserved?: number;
  /** The author's mark `value`: the pointer is to one value, or the number is not a size. */
  value?: number;
  /** SAL says that the pointer is to one value: `_In_`. */
  single?: number;
  size?: number;
  /** The declaration of the parameter has not been compared with the function's page. */
  unreviewed?: number;
  /** The value is always this one. */
  constant?: { readonly value: Expression; readonly at: number };
  encoding?: { readonly encoding: 'utf8' | 'ansi'; readonly at: number };
  /** The memory ends at a NUL. */
  terminated?: number;
  /** A list of texts that ends with an empty one. */
  multi?: number;
  /** The calls of the callback are an output. `answer` is the value that it returns to continue. */
  collect?: { readonly answer: Expression | undefined; readonly at: number };
  /**
   * Its value changes from call to call. `until`: an index, until a call returns one of the codes. `on`: a token, while
   * calls return one of the codes.
   */
  repeat?: { readonly kind: 'until' | 'on'; readonly codes: readonly Expression[]; readonly at: number };
  /** The field of a union that is used, or the field of the struct that selects it. */
  use?: { readonly name: string; readonly at: number };
  /** The values of the switch field for which a member of a union is used; empty for all other values. */
  cases?: { readonly name: string; readonly values: readonly Expression[]; readonly at: number };
  /** The function that releases the handle. */
  handle?: WrittenHandle;
  /** The function allocates the memory and returns its address; `free` is the function that frees it. */
  allocated?: {
    readonly name: string;
    readonly at: number;
    /** True if the author marked it. SAL does not say who frees the memory. */
    readonly isSaid: boolean;
    readonly free?: string;
    readonly freed?: 'onSuccess';
  };
  /** The number of structs at the start of memory that also contains the data that they point to. */
  each?: Expression;
  /** The pointer to the next element of a linked list. */
  next?: number;
}

/** The minimum and maximum number of arguments of a mark. */
const MARKS: Readonly<Record<string, readonly [number, number]>> = {
  in: [0, 0],
  out: [0, 0],
  inout: [0, 0],
  optional: [0, 0],
  count: [1, 1],
  bytes: [1, 1],
  written: [1, 1],
  grow: [1, 16],
  buffer: [1, 2],
  reserved: [0, 0],
  value: [0, 0],
  size: [0, 0],
  unreviewed: [0, 0],
  constant: [1, 1],
  handle: [1, 1],
  use: [1, 1],
  switch_is: [1, 1],
  case: [1, 256],
  default: [0, 0],
  index: [1, 16],
  resume: [1, 16],
  collect: [0, 1],
  utf8: [0, 0],
  ansi: [0, 0],
  multi: [0, 0],
  allocated: [0, 2],
  each: [1, 1],
  next: [0, 0],
};

/** Reads the marks in brackets and the annotations of one parameter or field. Throws Mistake. */
export function readMarks(marks: readonly Mark[], annotations: readonly (Annotation | Word)[]): Marks {
  const found: Marks = {};
  for (const annotation of annotations) readAnnotation(annotation, found);
  for (const mark of marks) readMark(mark, found);
  return found;
}

/** Throws a Mistake for a mark that is not in a list of marks and numbers of arguments. */
export function checkMark({ name, args, at }: Mark, known: Readonly<Record<string, readonly [number, number]>>): void {
  const limits = Object.hasOwn(known, name) ? known[name] : undefined;
  const names = Object.keys(known);
  if (!limits) {
    const near = nearest(name, names);
    refuse(
      at,
      `there is no mark '${name}': ${near === undefined ? `the marks are ${names.join(', ')}` : `is it '${near}'?`}`,
    );
  }
  const [least, most] = limits;
  const count = args?.length ?? 0;
  if (count < least)
    refuse(
      at,
      `the mark '${name}' needs ${least === 1 ? 'a value' : `${least} values`} in parentheses: ${USE[name] ?? `${name}(...)`}`,
    );
  if (count > most)
    refuse(
      at,
      most === 0 ? `the mark '${name}' takes no parentheses` : `the mark '${name}' takes at most ${most} values`,
    );
}

const USE: Readonly<Record<string, string>> = {
  count: 'count(n), where n is the number of elements, or the parameter that holds it',
  bytes: 'bytes(n), where n is the number of bytes, or the parameter that holds it',
  written: 'written(n), where n is the parameter that receives the number of written elements',
  grow: 'grow(234), where 234 is the code that means more memory is needed',
  buffer: 'buffer(start, limit)',
  constant: 'constant(1)',
  use: 'use(Name), where Name is the field of the union that is used',
  switch_is: 'switch_is(Name), where Name is the field of the struct that selects the field of the union',
  case: 'case(1), where 1 is the value for which this field of the union is used',
  index: 'index(259), where 259 is the code that means that there are no more',
  resume: 'resume(234), where 234 is the code that means that there are more',
  handle: 'handle(CloseHandle), where CloseHandle is the function that releases it',
  known: 'known(NAME, 1)',
  each: 'each(n), where n is the parameter that receives the number of structs, or 1',
  fails: 'fails(zero, lastError)',
  success: 'success(234), where 234 is a code that also means success',
  absent: 'absent(259), where 259 is a code that means that nothing was found',
  returns: 'returns(Name)',
};

function readMark(mark: Mark, found: Marks): void {
  const { name, at } = mark;
  checkMark(mark, MARKS);
  if (name === 'handle') {
    found.handle = readHandle(mark);
    return;
  }
  const args = (mark.args ?? []).map(plainArgument);
  const [first, second] = args as [Expression, Expression | undefined];
  switch (name) {
    case 'use':
    case 'switch_is':
      if (first.kind !== 'name')
        refuse(
          first.at,
          `the name of a field ${name === 'use' ? 'of the union' : 'of the struct'} is needed here: ${name}(Name)`,
        );
      found.use = { name, at };
      return;
    case 'case':
    case 'default':
      found.cases = { name, values: [...(found.cases?.values ?? []), ...args], at };
      return;
    case 'index':
    case 'resume':
      found.repeat = { kind: name === 'index' ? 'until' : 'on', codes: args, at };
      return;
    case 'collect':
      found.collect = { answer: args[0], at };
      return;
    case 'inout':
      found.in = at;
      found.out = at;
      return;
    case 'count':
    case 'bytes':
      found.extent = { unit: name === 'bytes' ? 'bytes' : 'elements', count: first, at };
      return;
    case 'each':
      found.each = first;
      return;
    case 'allocated':
      found.allocated = readAllocated(mark);
      return;
    case 'written':
      found.written = first;
      return;
    case 'grow':
      found.grow = { codes: args, at };
      return;
    case 'constant':
      found.constant = { value: first, at };
      return;
    case 'buffer':
      found.memory = { start: first, limit: second, at };
      return;
    case 'utf8':
    case 'ansi':
      found.encoding = { encoding: name, at };
      return;
    default:
      found[name as 'in' | 'out' | 'optional' | 'reserved' | 'value' | 'size' | 'unreviewed' | 'next' | 'multi'] = at;
  }
}

/** Reads `handle(CloseHandle)`. */
export function readHandle({ args, at }: Mark): WrittenHandle {
  const [argument] = args as [MarkArgument];
  return argument.kind === 'name'
    ? { release: argument.name, at }
    : refuse(argument.at, 'the name of the function that releases the handle is needed here: handle(CloseHandle)');
}

/** `allocated`, `allocated(LocalFree)`, `allocated(freeaddrinfo, onSuccess)`. */
export function readAllocated({ name, at, args = [] }: Mark): NonNullable<Marks['allocated']> {
  const [free, when] = args;
  if (free && free.kind !== 'name') refuse(free.at, 'the name of the function that frees the memory is needed here');
  if (when && (when.kind !== 'name' || when.name !== 'onSuccess'))
    refuse(when.at, "only 'onSuccess' is allowed here; it means that the memory is not freed if the call fails");
  return { name, at, isSaid: true, ...(free && { free: free.name }), ...(when && { freed: 'onSuccess' }) };
}

/** Returns the members of a definition for memory that a function allocates. */
export function allocation(allocated: Marks['allocated']): Pick<ParameterDefinition, 'allocated' | 'free' | 'freed'> {
  if (!allocated) return {};
  const { free, freed } = allocated;
  return { allocated: 'byFunction', ...(free !== undefined && { free }), ...(freed && { freed }) };
}

function plainArgument(argument: MarkArgument): Expression {
  return argument.kind === 'call'
    ? refuse(argument.at, `'${argument.name}(...)' is not allowed here; write a number or a name`)
    : argument;
}

/** Reads IN, OUT, OPTIONAL, and both styles of SAL. Ignores annotations that do not affect memory. */
function readAnnotation(annotation: Annotation | Word, found: Marks): void {
  const { at } = annotation;
  if (annotation.kind === 'word') {
    found[annotation.text.toLowerCase() as 'in' | 'out' | 'optional'] = at;
    return;
  }
  const { name, args } = annotation;
  const words = name
    .replaceAll(/^_+|_+$/g, '')
    .split('_')
    .map((word) => word.toLowerCase());
  const [direction = ''] = words;
  if (direction === 'nullable') found.optional = at;
  if (direction === 'reserved') found.reserved = at;
  if (direction === 'nullnull') found.multi = at;
  if (/^(out(ptr|ref)|deref)$/.test(direction) || (direction === 'com' && words[1] === 'outptr')) {
    found.allocated = { name, at, isSaid: false };
    found.out = at;
    if (words.includes('opt')) found.optional = at;
  }
  if (!/^(in|out|inout)$/.test(direction)) return;
  if (direction !== 'out') found.in = at;
  if (direction !== 'in') found.out = at;
  if (words.includes('opt')) found.optional = at;
  if (words.some((word) => word === 'z' || word === 'nz')) found.terminated = at;
  const isCounted = words.some((word) => /^(reads|writes|updates|(byte)?(count|cap)|[eb]count|string)$/.test(word));
  const isBytes = words.some((word) => /^(bytes|bytecount|bytecap|bcount)$/.test(word));
  if (words.includes('ptr')) refuse(at, `${name} gives the end of the memory as a pointer, which is not supported`);
  // At most n characters up to a NUL, which is always there.
  const isTerminatedInput = direction === 'in' && words.includes('or') && words.includes('z');
  if (!isCounted || isTerminatedInput) {
    if (words.length === (words.includes('opt') ? 2 : 1)) found.single = at;
    return;
  }
  const [count, written] = args ?? [];
  if (!count) refuse(at, `the size in ${name} is not supported; write it as a mark, such as [count(n)]`);
  found.extent = { unit: isBytes ? 'bytes' : 'elements', count, at };
  if (written && words.some((word) => word === 'to' || word === 'part')) found.written = written;
}
