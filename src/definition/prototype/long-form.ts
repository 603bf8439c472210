/** The parts of the long form that are made from prototypes. */
import type { FunctionDefinition, ReturnDefinition } from '../types.js';

export type {
  Extent,
  FailureRule,
  FieldDefinition as LongField,
  ParameterDefinition as LongParameter,
  ReturnDefinition as LongReturns,
  StringEncoding as Encoding,
  TypeExpression as LongType,
  ValueSpec as LongSpec,
} from '../types.js';

/** The parts of a function that follow from its prototype. */
export interface LongFunction extends Pick<FunctionDefinition, 'callingConvention' | 'parameters'> {
  readonly returns: ReturnDefinition;
}
