/** Determines what the return value of a function means: success, failure or a result. */

import { resolveType } from '../definition/checks/resolve-type.js';
import { failureRule } from '../definition/failure-rules.js';
import type { ReturnDefinition, TypeExpression } from '../definition/types.js';
import { kindOf, type ReturnForm } from '../kinds/index.js';
import { failureRuleOf } from './failures/failure-rule-of.js';
import { InexpressibleError, type MetadataFunction, type MetadataType } from './metadata.js';
import type { Note } from './parameters.js';
import type { TypeImporter } from './type-importer.js';

/** Converts the return value. `names` are those of the parameters; the result gets a different one. */
export function importReturns(
  fn: MetadataFunction,
  importer: TypeImporter,
  names: readonly string[],
  note: Note,
): ReturnDefinition {
  if (fn.ReturnType.Kind === 'Native' && fn.ReturnType.Name === 'Void') return { type: 'ULONG', failure: 'none' };
  const type = isNamed(fn.ReturnType, 'WIN32_ERROR') ? 'ULONG' : returnType(fn.ReturnType, importer);
  const shape = resolveType(importer, { type });
  const form = shape && kindOf(shape).returns?.(shape);
  if (!form) throw new InexpressibleError('the return value is a struct');
  const { failure, isReviewed, note: guess } = failureRuleOf(fn, type);
  if (guess !== undefined) note(guess);
  return {
    type,
    failure,
    ...(!isReviewed && { reviewed: false as const }),
    ...(!isOnlyStatus(failure, form) && { resultName: resultName(names) }),
  };
}

/** True if the return value says whether the call succeeded, and nothing else. */
function isOnlyStatus(failure: ReturnDefinition['failure'], { isVerdict }: ReturnForm): boolean {
  const rule = failureRule(failure);
  if (!rule) return false;
  const isAnswer = typeof failure === 'object' && failure.success !== undefined;
  return isVerdict ? !isAnswer : rule.when === 'nonzero' || rule.code === 'hresult' || rule.code === 'ntstatus';
}

function returnType(type: MetadataType, importer: TypeImporter): TypeExpression {
  if (isNamed(type, 'PWSTR')) return 'LPCWSTR';
  if (isNamed(type, 'PSTR')) return 'LPCSTR';
  try {
    return importer.valueType(type);
  } catch (error) {
    if (!(error instanceof InexpressibleError)) throw error;
    throw new InexpressibleError(`the return value cannot be expressed: ${error.message}`);
  }
}

const isNamed = (type: MetadataType, name: string) => type.Kind === 'ApiRef' && type.Name === name;

function resultName(names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  return ['Result', 'ReturnValue', 'ReturnedValue'].find((name) => !taken.has(name.toLowerCase())) ?? 'TheReturnValue';
}
