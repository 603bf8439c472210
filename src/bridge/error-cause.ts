/**
 * Distinguishes two causes of one error code by calling another function with the same arguments. That function changes
 * nothing.
 */
import { fillPlaceholders } from '../definition/placeholders.js';
import type { ExamineDefinition } from '../definition/types.js';
import type { Method, MethodAnswer } from './answer.js';
import type { Json, RpcError } from './messages.js';

/**
 * Returns the error with the texts that match the result of `look`. If the instance exists, its values are in
 * `data.existing`. `values` fill the placeholders of the texts.
 */
export function withCause(
  error: RpcError,
  examine: ExamineDefinition,
  look: Method,
  params: Json | undefined,
  values: Readonly<Record<string, string>>,
): RpcError | Promise<RpcError> {
  const describe = (answer: MethodAnswer): RpcError => {
    const existing = 'result' in answer ? answer.result : null;
    const texts = existing === null ? examine.onFailure : examine.onSuccess;
    return {
      ...error,
      message: fillPlaceholders(texts.message, values),
      data: {
        ...error.data,
        recommendedAction: fillPlaceholders(texts.recommendedAction, values),
        ...(existing === null ? {} : { existing }),
      },
    };
  };
  const answer = look(params);
  return answer instanceof Promise ? answer.then(describe) : describe(answer);
}
