/** A node of the syntax tree of a text. `at` is an offset in the text. */

export interface Located {
  readonly at: number;
}

export interface Word extends Located {
  readonly kind: 'word';
  readonly text: string;
}

/** SAL: `_In_`, `_Out_writes_(n)`, `__out_ecount(n)`. */
export interface Annotation extends Located {
  readonly kind: 'annotation';
  readonly name: string;
  readonly args?: readonly Expression[];
}

/** `__declspec(...)`, `__attribute__((...))`. */
export interface Attribute extends Located {
  readonly kind: 'attribute';
  readonly isPacked: boolean;
  readonly isAligned: boolean;
}

/** `struct X`, with a body or without. */
export interface Tagged extends Located {
  /** The field of a union that a mark before it chooses, or the field of the struct that selects the member. */
  readonly use?: { readonly field: string; readonly isSwitch: boolean } & Located;
  readonly kind: 'tagged';
  readonly tag: 'struct' | 'union' | 'enum';
  readonly name?: string;
  readonly base?: readonly Word[];
  readonly isPacked: boolean;
  readonly isAligned: boolean;
  readonly members?: readonly Member[];
  readonly enumerators?: readonly Enumerator[];
}

export interface Star extends Located {
  readonly kind: 'star';
}

export type Piece = Word | Annotation | Attribute | Tagged | Star;

export type Suffix =
  | ({
      readonly kind: 'array';
      readonly lengths: readonly (Expression | undefined)[];
      /** Annotations and words in the brackets, besides the lengths. */
      readonly annotations: readonly Annotation[];
    } & Located)
  | ({ readonly kind: 'bits'; readonly width: Expression } & Located)
  | ({
      readonly kind: 'callback';
      readonly names: readonly (Word | Annotation)[];
      readonly called: FunctionSuffix;
    } & Located)
  | FunctionSuffix;

export interface FunctionSuffix extends Located {
  readonly kind: 'function';
  readonly parameters: readonly Parameter[];
  /** The offset of the `...` of a variadic function. */
  readonly variadic?: number;
}

/** A type and a name, and what follows the name. */
export interface Entry extends Located {
  readonly pieces: readonly Piece[];
  readonly suffix?: Suffix;
  readonly trailer: readonly (Annotation | Attribute | Word)[];
}

export interface Parameter extends Entry {
  readonly marks: readonly Mark[];
}

/** The fields of one line: `int a, *b;`. */
export interface Member {
  readonly marks: readonly Mark[];
  readonly first: Entry;
  readonly more: readonly Entry[];
}

export interface Declaration extends Member, Located {
  readonly kind: 'declaration';
  /** The offset after it. */
  readonly end: number;
}

/** A macro of the Windows headers that declares something. */
export interface HeaderMacro extends Located {
  readonly kind: 'macro';
  readonly macro: 'DECLARE_HANDLE' | 'DEFINE_ENUM_FLAG_OPERATORS';
  readonly name: string;
}

export interface Enumerator extends Located {
  readonly name: string;
  readonly value?: Expression;
}

/** One mark of a bracketed list: `in`, `count(n)`. */
export interface Mark extends Located {
  readonly name: string;
  readonly args?: readonly MarkArgument[];
}

export type MarkArgument =
  | ({ readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] } & Located)
  | Expression;

export type Expression = Located &
  (
    | { readonly kind: 'number'; readonly value: bigint }
    /** `isParameter`: true if it is written `.n`, which always means a parameter. */
    | { readonly kind: 'name'; readonly name: string; readonly isParameter?: true }
    /** A SAL expression of another form. */
    | { readonly kind: 'other' }
    /** Signs before a value, such as `-` and `*`. */
    | { readonly kind: 'signed'; readonly signs: string; readonly operand: Expression }
    /** Operators of one precedence, from left to right. */
    | {
        readonly kind: 'chain';
        readonly first: Expression;
        readonly rest: readonly (readonly [operator: string, Expression])[];
      }
  );
