/** The parts of the long form that prototypes are made into. */
import type { FailureStrategy, FunctionDefinition, ReturnDefinition } from '../types.js';

export type {
  Extent,
  FieldDefinition as LongField,
  ParameterDefinition as LongParameter,
  StringEncoding as Encoding,
  TypeExpression as LongType,
  ValueSpec as LongSpec,
} from '../types.js';

/** A failure that no strategy has a name for: which return value means failure, and where its code is. */
export interface FailureRule {
  readonly when:
    | 'zero'
    | 'nonzero'
    | 'minusOne'
    | 'negative'
    | { readonly notIn: readonly number[] }
    | { readonly mask: number };
  readonly code: 'returned' | 'lastError' | 'errno' | 'hresult' | 'ntstatus' | 'none';
}

export interface LongReturns extends Omit<ReturnDefinition, 'failure'> {
  readonly failure: FailureStrategy | FailureRule;
}

/** What a prototype says of a function. */
export interface LongFunction extends Pick<FunctionDefinition, 'callingConvention' | 'parameters'> {
  readonly returns: LongReturns;
}
