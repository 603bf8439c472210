/**
 * A kind: one sort of C value, with everything that dllet knows about it. Each kind has its own file in this directory
 * and a line in `all.ts`. Code in other directories asks the kind of a value, and never which kind it is.
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

/** A type expression of a kind: the key that tells it apart, its form, and how it is resolved. */
export interface TypeForm<K extends keyof TypeExpressions = keyof TypeExpressions> {
  readonly key: K;
  /** The JSON schema of the expression, with a description. It can refer to the `$defs` of `definition.schema.json`. */
  readonly schema: JsonSchema & { readonly description: string };
  /** The shape, which can be of another kind that has no form of its own. */
  resolve(type: TypeExpressions[K], resolve: ResolvePart): Shape;
  /** True for memory that the function makes: it also tells the number of elements. Absent: dllet makes it. */
  readonly isMadeByFunction?: true;
  /** Specifications inside the expression, which are checked like any other. Absent: there are none. */
  parts?(type: TypeExpressions[K]): readonly TypePart[];
  /**
   * Declares something of the type as C does. `declarator`: its name, with a `*` before it if it is behind a pointer, which
   * stands for the memory of arrays and texts. `declare`: the same for a type inside. Absent: by its key.
   */
  inC?(type: TypeExpressions[K], declarator: string, declare: Declare): string;
}

/** Returns the C declaration of a type. */
export type Declare = (type: TypeExpression, declarator: string) => string;

/** A part that dllet sets itself, and its value in words. */
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
  /** True if only its type is written there, as the element of an array is. */
  readonly isBare?: true;
  /** What can be there that has no fixed size. Absent: nothing. */
  readonly open?: Open;
}

/** What has no fixed size: the elements that end a struct, as many as a field of it says, and a struct with such an end. */
export type Open = 'end' | 'struct';

/** Resolves the type of a part of a composite. Throws TypeResolutionError. */
export type ResolvePart = (spec: ValueSpec) => Shape;

/** The size in memory in bytes, on 64-bit Windows. */
export interface Layout {
  readonly size: number;
  readonly alignment: number;
}

/** A whole number for checks and samples; 0 bits stands for pointer-sized. */
export interface WholeNumber {
  readonly bits: 8 | 16 | 32 | 64 | 0;
  readonly minimum: bigint;
  readonly maximum: bigint;
  /**
   * False if the bytes are swapped on the way to the function: the limits then say nothing about the value that it
   * receives.
   */
  readonly isHostOrder: boolean;
}

/** The integer that a value is in memory; 0 bits stands for pointer-sized, or with `isLong` for C's `long`. */
export interface Carrier {
  readonly bits: WholeNumber['bits'];
  readonly isLong?: true;
  readonly signed: boolean;
}

/** A return value as rules of failure see it. */
export interface ReturnForm {
  /** `none`: every value is a value; `zero`: only 0, FALSE or NULL can mean failure; `number`: any value can. */
  readonly tells: 'none' | 'zero' | 'number';
  /** The width in bits, for `number`; 0 stands for pointer-sized. */
  readonly bits?: WholeNumber['bits'];
  readonly signed?: boolean;
  /** True if a failure code can be returned. */
  readonly isCode?: true;
  /** True if zero only says that the call failed, unless the value is part of the result. */
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

/** The facts about a parameter that decide whether it can have such a value. */
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
  /** That, or null. */
  | { readonly nullable: WireType };

/** The handles that the bridge holds for its callers, which refer to each by a text. */
export interface HandleAccess {
  /**
   * Returns the number of a handle that this function releases. Throws ValueError for any other text: that of a handle of
   * another kind or of another bridge, or of one that was released.
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
  /** Other names of structs that are such a type in C, separated by spaces, by built-in type. Absent: there are none. */
  readonly namesInC?: Readonly<Record<string, string>>;
  /** Its type expression. Absent: there are only built-in types. */
  readonly composite?: { [K in keyof TypeExpressions]: TypeForm<K> }[keyof TypeExpressions];
  /** True if minimum, maximum and byte order apply. */
  readonly hasLimits?: true;
  /** Mistakes in a specification beyond its form. `shape`: without the limits of the specification itself. */
  problems?(shape: S, spec: ValueSpec): readonly Problem[];
  /** Mistakes of a parameter in this direction. */
  placeProblems?(shape: S, place: Place): readonly Problem[];
  /** How a definition writes a fixed value. Absent: the value cannot be fixed. */
  readonly constant?: {
    problem(shape: S, written: number | string): string | undefined;
    value(shape: S, written: number | string): NativeValue;
  };
  /**
   * Returns the mistake in an operation's argument as a definition writes it. Absent: an operation cannot have such an
   * argument.
   */
  argumentProblem?(shape: S, written: unknown): string | undefined;
  /** Which return values can mean failure. Absent, or undefined: no function can return such a value. */
  returns?(shape: S): ReturnForm | undefined;

  // ---- memory ----
  layout(shape: S): Layout;
  /**
   * How it is passed to a function: by value, as a pointer that is the value itself, or as a pointer to memory
   * allocated by dllet.
   */
  readonly passing: 'value' | 'pointer' | 'memory';
  /** The value as a whole number; absent for any other value. */
  wholeNumber?(shape: S): WholeNumber | undefined;
  /** The integer in host byte order that it is in memory; a bit field is a part of one. Absent, or undefined: it is none. */
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
  /** The field of the same struct that holds the number of its elements. Absent, or undefined: none does. */
  countField?(shape: S): string | undefined;
  /** The field of the same struct that holds the room for its elements. Absent, or undefined: none does. */
  roomField?(shape: S): string | undefined;
  /** Its parts that are neither asked for nor reported, because dllet sets them. Absent: there are none. */
  filled?(shape: S): readonly FilledPart[];
  /** Which value of no fixed size it is. Absent, or undefined: its size is fixed, or known to another parameter. */
  open?(shape: S): Open | undefined;
  /**
   * For a union: the field of the same struct that says which member is used, and the values that it knows. Absent, or
   * undefined: no field does.
   */
  switch?(shape: S): { readonly field: string; readonly cases: readonly number[] } | undefined;
  /** For an element of a linked list: the field that points to the next one. Absent, or undefined: it is none. */
  link?(shape: S): string | undefined;
  /** True for a value that is behind a pointer in memory, in place of which there can be NULL. Absent: none is. */
  isPointer?(shape: S): boolean;
  /** True for a pointer of which only the number is known. */
  readonly isOpaque?: true;
  /** The values that the library only lends: behind a pointer, or in a call of its own. Absent: there are none. */
  lent?(shape: S): readonly Shape[];
  /** The function that releases such a value. Absent, or undefined: nothing needs to release it. */
  release?(shape: S): string | undefined;
  /** True if the library only lends it, so that it is not released with its last holder. Absent: none is. */
  isLent?(shape: S): boolean;
  /** True for text. */
  readonly isText?: true;
  /** True for memory whose end a NUL tells: a caller decides where an input ends, and an output that fills its memory was cut. */
  readonly endsWithNul?: true;
  /** True for a type used for counts and sums; a pointer to one may point to the first of many. */
  readonly isArithmetic?: true;
  codec(shape: S, residence: Residence, machine: Machine): Codec;
  /** The function that is passed for it. Absent: it is a value. */
  callback?(shape: S, machine: Machine): Callback;
  /** Its memory, if another parameter holds the number of elements. Absent, or undefined: the type fixes the number. */
  counted?(shape: S, machine: Machine): CountedMemory | undefined;

  // ---- JSON ----
  /**
   * Converts a JSON value to the backend's value. Throws ValueError, whose message continues the name of the value.
   * `handles`: those of the bridge; absent where a handle is its number.
   */
  decode(shape: S, json: Json, handles?: HandleAccess): NativeValue;
  /** Converts a backend's value to JSON. */
  encode(shape: S, value: NativeValue, handles?: HandleAccess): Json;
  /** Normalizes a valid JSON value for providers of operations. Absent: it is passed unchanged. */
  normalized?(shape: S, json: Json): Json;
  /** True if JSON represents a number as a decimal string, because a JSON number is exact only up to 2^53. */
  travelsAsString?(shape: S): boolean;
  /** A value in JSON that decode takes, for people to see the form. Absent: its sample, or a small number. */
  example?(shape: S): Json;
  /** The JSON schema of its JSON values. */
  schema(shape: S): JsonSchema;
  /**
   * Its roles in a DSC resource. A key must also be of a type that PSDSC accepts as a key. Absent: not possible in a
   * resource.
   */
  readonly inResource?: 'key' | 'value';

  // ---- PowerShell ----
  /** What such a value is in the words of help, without a capital: `a text`. Given by a caller, or returned to one. */
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
   * The names that a parameter of a function takes beside numbers: Tab completes them, and there are no other limits at
   * the prompt. Absent: there are none.
   */
  words?(shape: S): readonly string[];
  /** True if an operation's parameter is a switch. */
  readonly isSwitch?: true;
  /** True if a table aligns it right. */
  readonly isNumeric?: true;
  /** True if no other object becomes such a value, so that the pipeline can give it. */
  readonly isDistinct?: true;
  /** A value for tests and examples. Absent, or undefined: there is none. */
  sample?(shape: S): SampleValue | undefined;
  /** Values that parameter binding rejects. */
  refused?(shape: S): readonly RefusedSample[];
}
