/**
 * A kind is one sort of C value, with everything that dllet knows about it. Each kind has its own file in this
 * directory and a line in `all.ts`. Code in other directories must not test which kind a value has: it calls the
 * members of the kind.
 */
import type { NativeValue } from '../definition/execution.js';
import type { Direction, TypeExpression, TypeExpressions, ValueSpec } from '../definition/types.js';
import type { Json } from './json.js';
import type { Callback, Codec, CountedMemory, Machine, Residence } from './native-form.js';

export type * from './native-form.js';

/** A type resolved to a value of some kind. Its other members belong to the kind. */
export interface Shape {
  readonly kind: string;
}

/** A type expression that is not a name. */
export type Composite = Exclude<TypeExpression, string>;

/** A type expression of a kind: the key that identifies it, its JSON form, and how it is resolved. */
export interface TypeForm<K extends keyof TypeExpressions = keyof TypeExpressions> {
  readonly key: K;
  /** The JSON schema of the expression, with a description. It can refer to the `$defs` of `definition.schema.json`. */
  readonly schema: JsonSchema & { readonly description: string };
  /** Returns the shape. It can be of another kind, one without an expression of its own. */
  resolve(type: TypeExpressions[K], resolve: ResolvePart): Shape;
  /**
   * True for memory that the function allocates, and whose number of elements it returns. Absent: dllet allocates it.
   */
  readonly isMadeByFunction?: true;
  /** Specifications inside the expression, which are checked like any other. Absent: there are none. */
  parts?(type: TypeExpressions[K]): readonly TypePart[];
  /**
   * Declares a parameter or field of the type in C. `declarator` is its name, with a `*` before it if it is behind a
   * pointer, which stands for the memory of arrays and texts. `declare` does the same for an inner type. Absent: by its
   * key.
   */
  inC?(type: TypeExpressions[K], declarator: string, declare: Declare): string;
}

/** Returns the C declaration of a type. */
export type Declare = (type: TypeExpression, declarator: string) => string;

/** A part that dllet sets itself, with a description of its value. */
export interface FilledPart {
  readonly name: string;
  readonly value: string;
}

/** A JSON schema of draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A specification inside a type expression; `at` is the path to it. */
export interface TypePart {
  readonly at: readonly (string | number)[];
  readonly spec: ValueSpec;
  /** True if only a type can be written there, as for the element of an array. */
  readonly isBare?: true;
  /** The value without a fixed size that is allowed there. Absent: none. */
  readonly open?: Open;
}

/**
 * Values without a fixed size. `end`: elements at the end of a struct, counted by one of its fields. `struct`: a struct
 * that ends with such elements.
 */
export type Open = 'end' | 'struct';

/** Resolves the type of a part of a composite. Throws TypeResolutionError. */
export type ResolvePart = (spec: ValueSpec) => Shape;

/** The size in memory in bytes, on 64-bit Windows. */
export interface Layout {
  readonly size: number;
  readonly alignment: number;
}

/** A whole number for checks and samples; 0 bits means pointer-sized. */
export interface WholeNumber {
  readonly bits: 8 | 16 | 32 | 64 | 0;
  readonly minimum: bigint;
  readonly maximum: bigint;
  /**
   * False if the bytes are swapped before the call. The limits then do not apply to the value that the function
   * receives.
   */
  readonly isHostOrder: boolean;
}

/** The integer that holds a value in memory; 0 bits means pointer-sized, or C's `long` if `isLong`. */
export interface Carrier {
  readonly bits: WholeNumber['bits'];
  readonly isLong?: true;
  readonly signed: boolean;
}

/** A return value, as the rules about failure use it. */
export interface ReturnForm {
  /** Which values can mean failure. `none`: no value; `zero`: only 0, FALSE or NULL; `number`: any value. */
  readonly tells: 'none' | 'zero' | 'number';
  /** The width in bits, for `number`; 0 means pointer-sized. */
  readonly bits?: WholeNumber['bits'];
  readonly signed?: boolean;
  /** True if a failure code can be returned. */
  readonly isCode?: true;
  /** True if zero means only that the call failed, unless the value is part of the result. */
  readonly isVerdict?: true;
}

/** A named part of a value. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly isSize?: false;
}

/** A mistake in a definition; `at` is the path from the value's specification to its place. */
export interface Problem {
  readonly at: readonly (string | number)[];
  readonly message: string;
}

/** The facts about a parameter that decide whether it can have a value of this kind. */
export interface Place {
  readonly name: string;
  readonly direction: Direction;
  readonly allocated?: 'byFunction';
  /** True for an input behind a pointer. */
  readonly pointer?: true;
}

/** The valid values of a parameter within its PowerShell type: permitted words, or a range. */
export type Limits =
  | { readonly words: readonly string[] }
  | {
      readonly minimum: bigint;
      readonly maximum: bigint;
      /** The range of the type itself. */
      readonly ofType: { readonly minimum: bigint; readonly maximum: bigint };
    };

/**
 * A value of a parameter that can be written as PowerShell code. A number is whole; beyond 2^53 it is a decimal string,
 * which PowerShell converts.
 */
export type SampleValue = string | number | boolean;

/** A value that parameter binding rejects, and the id of its error. */
export interface RefusedSample {
  readonly value: SampleValue;
  readonly errorId: string;
}

/**
 * The representation of a value between bridge and client: the name of a PowerShell type, `any` for a value that is
 * passed through, or a composite.
 */
export type WireType =
  | string
  | { readonly array: WireType }
  | { readonly struct: Readonly<Record<string, WireType>> }
  /** A value of this type, or null. */
  | { readonly nullable: WireType };

/** The open handles that the bridge keeps for its callers. A text identifies each of them. */
export interface HandleAccess {
  /**
   * Returns the number of the handle with this text that this function releases. Throws ValueError if the text is of a
   * handle of another type or another bridge, or of a released handle.
   */
  find(text: string, release: string): number | bigint;
  /** Keeps a number that a function opened, and returns the text for it. `isLent`: the bridge is not to release it by itself. */
  open(value: number | bigint, release: string, isLent: boolean): string;
}

/** Everything dllet knows about values of one kind. The comment of an optional member says what its absence means. */
export interface Kind<S extends Shape = Shape> {
  readonly name: string;

  // ---- the written form ----
  /** Built-in types by name, each with its specification. */
  readonly builtIns?: Readonly<Record<string, (spec: ValueSpec) => S>>;
  /** Other names of structs that C has for the type, separated by spaces, by built-in type. Absent: there are none. */
  readonly namesInC?: Readonly<Record<string, string>>;
  /** The type expression. Absent: there are only built-in types. */
  readonly composite?: { [K in keyof TypeExpressions]: TypeForm<K> }[keyof TypeExpressions];
  /** True if minimum, maximum and byte order apply. */
  readonly hasLimits?: true;
  /**
   * Mistakes in a specification that its JSON schema does not find. `shape` is without the limits of the specification.
   */
  problems?(shape: S, spec: ValueSpec): readonly Problem[];
  /** Mistakes of a parameter with such a value, at this place. */
  placeProblems?(shape: S, place: Place): readonly Problem[];
  /** How a definition writes a fixed value. Absent: the value cannot be fixed. */
  readonly constant?: {
    problem(shape: S, written: number | string): string | undefined;
    value(shape: S, written: number | string): NativeValue;
  };
  /**
   * Returns the mistake in an operation's argument as written in a definition. Absent: an operation cannot have such an
   * argument.
   */
  argumentProblem?(shape: S, written: unknown): string | undefined;
  /** Which return values can mean failure. Absent, or undefined: no function can return such a value. */
  returns?(shape: S): ReturnForm | undefined;

  // ---- memory ----
  layout(shape: S): Layout;
  /**
   * How it is passed to a function: by value, as a pointer that is itself the value, or as a pointer to memory that
   * dllet allocates.
   */
  readonly passing: 'value' | 'pointer' | 'memory';
  /** The value as a whole number; absent for any other value. */
  wholeNumber?(shape: S): WholeNumber | undefined;
  /**
   * The integer in host byte order that holds it in memory, needed for bit fields. Absent, or undefined: it is not an
   * integer.
   */
  carrier?(shape: S): Carrier | undefined;
  /** The shape with only the values in a range, for a bit field. Absent: it has no limits. */
  narrowed?(shape: S, range: { readonly minimum: bigint; readonly maximum: bigint }): S;
  /** The minimum number of elements in its memory. Absent: it is a single value. */
  elements?(shape: S, direction: Direction): number;
  /** Its named parts. */
  fields?(shape: S): readonly Field[];
  /** The same with its named parts in the order of these names. Absent: it has none, or shows no order. */
  inOrder?(shape: S, names: readonly string[]): S;
  /** The shape of each of its elements. Undefined if it has none. */
  element?(shape: S): Shape | undefined;
  /** The field of the same struct that holds the number of its elements. Absent, or undefined: there is none. */
  countField?(shape: S): string | undefined;
  /** The field of the same struct that holds the capacity for its elements. Absent, or undefined: there is none. */
  roomField?(shape: S): string | undefined;
  /** Parts that dllet sets itself, so that callers neither give nor see them. Absent: there are none. */
  filled?(shape: S): readonly FilledPart[];
  /** How its size is open. Absent, or undefined: its size is fixed, or given by another parameter. */
  open?(shape: S): Open | undefined;
  /**
   * For a union: the field of the same struct that says which member is used, and the values of that field. Absent, or
   * undefined: there is no such field.
   */
  switch?(shape: S): { readonly field: string; readonly cases: readonly number[] } | undefined;
  /**
   * For an element of a linked list: the field that points to the next one. Absent, or undefined: it is not such an
   * element.
   */
  link?(shape: S): string | undefined;
  /** True for a value behind a pointer that can be NULL instead. Absent: never. */
  isPointer?(shape: S): boolean;
  /** True for a pointer that is never followed: only its number is known. */
  readonly isOpaque?: true;
  /** Values that belong to the library: behind a pointer, or made by a call of its own. Absent: there are none. */
  lent?(shape: S): readonly Shape[];
  /** The function that releases such a value. Absent, or undefined: it need not be released. */
  release?(shape: S): string | undefined;
  /** True if the library only lends it, so that it is not released with its last holder. Absent: none is. */
  isLent?(shape: S): boolean;
  /** True for text. */
  readonly isText?: true;
  /**
   * True for memory whose content ends with a NUL: a caller decides the length of an input, and an output that fills
   * all its memory was truncated.
   */
  readonly endsWithNul?: true;
  /** True for a type used for counts and sums. A pointer to it may be a pointer to the first of several values. */
  readonly isArithmetic?: true;
  codec(shape: S, residence: Residence, machine: Machine): Codec;
  /** The function that is passed as the value. Absent: the value is not a callback. */
  callback?(shape: S, machine: Machine): Callback;
  /** Its memory, if another parameter holds the number of elements. Absent, or undefined: the type fixes the number. */
  counted?(shape: S, machine: Machine): CountedMemory | undefined;

  // ---- JSON ----
  /**
   * Converts a JSON value to the backend's value. Throws ValueError, whose message is written to follow the name of the
   * value. `handles` are those of the bridge; absent where handles are numbers.
   */
  decode(shape: S, json: Json, handles?: HandleAccess): NativeValue;
  /** Converts a backend's value to JSON. */
  encode(shape: S, value: NativeValue, handles?: HandleAccess): Json;
  /** Normalizes a valid JSON value for providers of operations. Absent: it is passed unchanged. */
  normalized?(shape: S, json: Json): Json;
  /** True if JSON represents a number as a decimal string, because a JSON number is exact only up to 2^53. */
  travelsAsString?(shape: S): boolean;
  /** A JSON value that decode accepts, which shows people the form. Absent: its sample, or a small number. */
  example?(shape: S): Json;
  /** The JSON schema of its JSON values. */
  schema(shape: S): JsonSchema;
  /**
   * Its roles in a DSC resource. A key must also be of a type that PSDSC accepts as a key. Absent: not possible in a
   * resource.
   */
  readonly inResource?: 'key' | 'value';

  // ---- PowerShell ----
  /** Describes such a value for help, in lower case: `a text`. It is given by a caller, or returned to one. */
  inWords(shape: S, use: 'given' | 'returned'): string;
  /**
   * The PowerShell type without brackets. Every name exists in Windows PowerShell 5.1 (System.<Name>) and in PowerShell
   * 7.
   */
  powershellType(shape: S): string;
  /** How the client reads and writes it. Absent: as its PowerShell type. */
  wireType?(shape: S): WireType;
  /**
   * The valid values of a parameter. Absent, or undefined: all values of the type, or only the bridge can check them.
   */
  limits?(shape: S): Limits | undefined;
  /**
   * The names that a parameter of a function accepts as well as numbers. Tab completes them, and PowerShell checks no
   * other limits. Absent: there are none.
   */
  words?(shape: S): readonly string[];
  /** True if an operation's parameter is a switch. */
  readonly isSwitch?: true;
  /** True if a table aligns it right. */
  readonly isNumeric?: true;
  /** True if PowerShell converts no other object to such a value, so that it can come from the pipeline. */
  readonly isDistinct?: true;
  /** A value for tests and examples. Absent, or undefined: there is none. */
  sample?(shape: S): SampleValue | undefined;
  /** Values that parameter binding rejects. */
  refused?(shape: S): readonly RefusedSample[];
}
