/**
 * A kind: one sort of C value, with everything that dllet knows about it. Each has a file of its own in this room and a line in
 * `all.ts`; every other room asks the kind of a value and never which kind it is.
 */
import type { NativeValue } from '../definition/execution.js';
import type { Direction, FailureStrategy, TypeExpression, ValueSpec } from '../definition/types.js';
import type { Json } from './json.js';

/** A type resolved to a value of some kind. What else it has is the kind's own. */
export interface Shape {
  readonly kind: string;
}

/** A type expression that is no name. */
export type Composite = Exclude<TypeExpression, string>;

/** Resolves the type of a part of a composite. Throws TypeResolutionError. */
export type ResolvePart = (spec: ValueSpec) => Shape;

/** Bytes in memory, on 64-bit Windows. */
export interface Layout {
  readonly size: number;
  readonly alignment: number;
}

/** A whole number as checks and samples see it; 0 bits stands for pointer-sized. */
export interface WholeNumber {
  readonly bits: 8 | 16 | 32 | 64 | 0;
  readonly minimum: bigint;
  readonly maximum: bigint;
  /** False where the bytes are swapped on the way to the function, so that the limits say nothing of what it gets. */
  readonly isHostOrder: boolean;
}

/** A part of a value that has a name. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly isSize?: false;
}

/** Something wrong in a definition; `at` leads from the value's specification to the place. */
export interface Problem {
  readonly at: readonly (string | number)[];
  readonly message: string;
}

/** Which values of its PowerShell type a parameter takes: some words, or a range. */
export type Limits =
  | { readonly words: readonly string[] }
  | {
      readonly minimum: bigint;
      readonly maximum: bigint;
      /** What the type itself takes. */
      readonly ofType: { readonly minimum: bigint; readonly maximum: bigint };
    };

/** A value of a parameter as PowerShell code can be given it. Whole numbers beyond 2^53 are decimal texts, which PowerShell converts. */
export type SampleValue = string | number | boolean;

/** A value that the parameter binder refuses, and the id of its error. */
export interface RefusedSample {
  readonly value: SampleValue;
  readonly errorId: string;
}

/** How a value travels to the client: the name of a PowerShell type, `any` for what is passed on as it is, or a composite. */
export type WireType = string | { readonly array: WireType } | { readonly struct: Readonly<Record<string, WireType>> };

/** Places in native memory, by what is in them: the words in which a codec tells the native side what to declare. */
export type NativeType =
  | 'int8'
  | 'uint8'
  | `${'' | 'u'}int${16 | 32 | 64}${'' | '_be'}`
  | `${'' | 'u'}intptr`
  | 'float'
  | 'double'
  /** Pointers to characters up to a NUL. */
  | 'text16'
  | 'text8'
  | { readonly struct: readonly (readonly [name: string, type: NativeType])[] }
  | { readonly array: NativeType; readonly length: number }
  /** Characters in place, which are read up to a NUL or to the last of them. */
  | { readonly characters: 16 | 8; readonly length: number };

/**
 * Where a value lives: `argument` is by value (or a return value), where a string is a pointer; `memory` is inside a
 * struct, an array or a buffer, where a string with a capacity is the characters themselves.
 */
export type Residence = 'argument' | 'memory';

/** How values of one shape cross the border. */
export interface Codec {
  readonly type: NativeType;
  /**
   * A value as the native side takes it. `place` names the value in errors: `StartPort`, `Endpoint.Port`, `Values[3]`.
   * Throws DlletError `InvalidParameter` for a value the C type cannot hold, because it would be cut silently.
   */
  toNative(value: NativeValue | undefined, place: string): unknown;
  /** What the native side brought back, normalised: 64-bit and pointer-sized integers and handles are bigint, always. */
  fromNative(raw: unknown): NativeValue;
}

/** What of the machine decides what a value can be. */
export interface Machine {
  readonly pointerBits: 32 | 64;
}

/** What dllet knows about values of one kind. What is absent is as its comment says. */
export interface Kind<S extends Shape = Shape> {
  readonly name: string;

  // ---- the written form ----
  /** Its built-in types by their names, each with what it is for a specification. */
  readonly builtIns?: Readonly<Record<string, (spec: ValueSpec) => S>>;
  /** The key of a type expression that is of this kind, and what it resolves to. Absent: there are only built-in types. */
  readonly composite?: {
    readonly key: string;
    resolve(type: Composite, resolve: ResolvePart): S;
    /** Specifications inside the expression, which are checked as any other. */
    parts?(type: Composite): readonly { readonly at: readonly (string | number)[]; readonly spec: ValueSpec }[];
  };
  /** True where minimum, maximum and byte order are for it. */
  readonly hasLimits?: true;
  /** What is wrong with a specification beyond its form. `shape`: without the limits that the specification itself states. */
  problems?(shape: S, spec: ValueSpec): readonly Problem[];
  /** What is wrong with such a parameter in this direction. */
  placeProblems?(shape: S, place: { readonly name: string; readonly direction: Direction }): readonly Problem[];
  /** How a definition writes a fixed value. Absent: such a value cannot be fixed. */
  readonly constant?: {
    problem(shape: S, written: number | string): string | undefined;
    value(shape: S, written: number | string): NativeValue;
  };
  /** How a definition writes an argument of an operation: what is wrong with one. Absent: an operation takes no such argument. */
  argumentProblem?(shape: S, written: unknown): string | undefined;
  /** The ways to report failure, beside none, that fit a return value. Absent: no function can return such a value. */
  returns?(shape: S): readonly FailureStrategy[] | undefined;

  // ---- memory ----
  layout(shape: S): Layout;
  /** How it is given to a function: by value, as a pointer that the value itself is, or as a pointer to memory of dllet's. */
  readonly passing: 'value' | 'pointer' | 'memory';
  /** The whole number that it is; absent for what is none. */
  wholeNumber?(shape: S): WholeNumber | undefined;
  /** How many elements its memory has at least. Absent: it is a single value. */
  elements?(shape: S, direction: Direction): number;
  /** Its parts with names. */
  fields?(shape: S): readonly Field[];
  /** The shape of each of its elements. */
  element?(shape: S): Shape;
  /** True for text: where a text that is given ends is its caller's affair. */
  readonly isText?: true;
  /** True for what is counted and added up; a pointer to one may be the first of many. */
  readonly isArithmetic?: true;
  codec(shape: S, residence: Residence, machine: Machine): Codec;

  // ---- JSON ----
  /** The backend's value of a JSON value. Throws ValueError; the sentence starts after the name of the value. */
  decode(shape: S, json: Json): NativeValue;
  /** The JSON value of a backend's value. */
  encode(shape: S, value: NativeValue): Json;
  /** A JSON value that decodes, in the one spelling that providers of operations get. Absent: as it is. */
  normalized?(shape: S, json: Json): Json;
  /** True where JSON carries a number as a decimal string, because a JSON number is exact only up to 2^53. */
  travelsAsString?(shape: S): boolean;
  /** The JSON schema of its JSON values. */
  schema(shape: S): Readonly<Record<string, unknown>>;
  /** What it can be in a DSC resource. A key is also one of what PSDSC lets be a key. Absent: it cannot be in one. */
  readonly inResource?: 'key' | 'value';

  // ---- PowerShell ----
  /**
   * The type as PowerShell writes it, without brackets. Every name exists in Windows PowerShell 5.1 (System.<Name>) as in PowerShell 7.
   */
  powershellType(shape: S): string;
  /** How the client reads and writes it. Absent: as its PowerShell type. */
  wireType?(shape: S): WireType;
  /** Which values a parameter takes. Absent, or undefined: all that the type takes, or what only the bridge can tell. */
  limits?(shape: S): Limits | undefined;
  /** True where a parameter of an operation is a switch. */
  readonly isSwitch?: true;
  /** True for what a table shows to the right. */
  readonly isNumeric?: true;
  /** A value for tests and examples. Absent, or undefined: there is none. */
  sample?(shape: S): SampleValue | undefined;
  /** Values that the parameter binder refuses. */
  refused?(shape: S): readonly RefusedSample[];
}
