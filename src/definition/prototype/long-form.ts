/** The parts of the long form that prototypes are made into. */
import type { CallingConvention, Direction, FailureStrategy } from '../types.js';

/** How many: a number, or the integer parameter of the same function that says so, which no caller is asked for. */
export type Extent =
  | number
  | {
      readonly parameter: string;
      /** What the parameter counts; default: elements. */
      readonly unit?: 'bytes';
      /** The parameter that says how many were written, if it is another one; `return`: the return value says so. */
      readonly written?: string;
      /** The memory for an output in elements: at first, and at most. */
      readonly start?: number;
      readonly limit?: number;
    };

export type Encoding = 'utf16' | 'utf8' | 'ansi';

export type LongType =
  | string
  | { readonly bytes: Extent }
  | { readonly array: LongType; readonly length: Extent }
  | { readonly string: Encoding; readonly capacity?: Extent }
  | { readonly struct: readonly LongField[] }
  | { readonly enum: Readonly<Record<string, number>>; readonly base: string }
  | { readonly flags: Readonly<Record<string, number>>; readonly base: string };

export interface LongSpec {
  readonly type: LongType;
}

export interface LongField extends LongSpec {
  readonly name: string;
  /** The value that the field always has, such as the size of its own struct. */
  readonly constant?: number;
}

export interface LongParameter extends LongSpec {
  readonly name: string;
  readonly direction: Direction;
  readonly constant?: number;
  /** False for a number that is not the size of any memory, as the author says. */
  readonly isSize?: false;
  /** A caller may omit it: the function gets NULL. */
  readonly optional?: true;
  /** The function always gets NULL. */
  readonly null?: 'always';
  /** The failure codes that mean: call again with more memory. */
  readonly grow?: { readonly on: readonly number[] };
}

/** A failure that no strategy has a name for: which return value means failure, and where its code is. */
export interface FailureRule {
  readonly when:
    | 'zero'
    | 'nonzero'
    | 'minusOne'
    | 'negative'
    | { readonly notIn: readonly number[] }
    | { readonly mask: number };
  readonly code: 'returned' | 'win32' | 'lastError' | 'errno' | 'hresult' | 'ntstatus' | 'none';
}

export interface LongReturns extends LongSpec {
  readonly failure: FailureStrategy | FailureRule;
  readonly resultName?: string;
}

/** What a prototype says of a function. */
export interface LongFunction {
  readonly callingConvention: CallingConvention;
  readonly parameters: readonly LongParameter[];
  readonly returns: LongReturns;
}
