/** Writes the failure rule of an imported function as marks of its prototype. */
import type { FailureRule, FailureStrategy, TypeExpression } from '../../definition/types.js';
import type { MetadataFunction } from '../metadata.js';
import type { Sort } from '../sort.js';
import { failureRuleOf, type ImportedFailure } from './failure-rule-of.js';

/** Returns the failure rule. `sort`: that of the return value. */
export function failureOf(fn: MetadataFunction, sort: Sort): ImportedFailure {
  return failureRuleOf(fn, typeOf(fn, sort));
}

/** The type of the return value, as far as the rules by type need it: a verdict, a pointer or a plain number. */
function typeOf({ ReturnType: type }: MetadataFunction, sort: Sort): TypeExpression {
  if (type.Kind === 'ApiRef' && /^(BOOL|BOOLEAN)$/.test(type.Name)) return type.Name;
  if (/^(handle|pointer|text|sid)$/.test(sort)) return 'HANDLE';
  return type.Kind === 'Native' && type.Name === 'UInt32' ? 'ULONG' : 'LONG';
}

/**
 * Returns marks such as `fails(zero, lastError)`, `success(234)`, `unreviewed`. `told`: codes that the mark of a
 * parameter already contains.
 */
export function failureMarks({ failure, isReviewed }: ImportedFailure, told: readonly number[] = []): string[] {
  const rule = typeof failure === 'string' ? undefined : failure;
  const codes = (mark: string, list: readonly number[] = []) => {
    const left = list.filter((one) => !told.includes(one));
    return left.length > 0 ? [`${mark}(${left.join(', ')})`] : [];
  };
  return [
    `fails(${typeof failure === 'string' ? STRATEGIES[failure] : `${whenOf(failure)}, ${failure.code}`})`,
    ...codes('success', rule?.success),
    ...codes('absent', rule?.absent),
    ...(isReviewed ? [] : ['unreviewed']),
  ];
}

function whenOf({ when }: FailureRule): string {
  if (typeof when === 'string') return when;
  return 'mask' in when ? `mask(${when.mask})` : `notIn(${when.notIn.join(', ')})`;
}

const STRATEGIES: Readonly<Record<FailureStrategy, string>> = {
  none: 'never',
  win32: 'nonzero, win32',
  hresult: 'negative, hresult',
  ntstatus: 'negative, ntstatus',
  lastErrorIfZero: 'zero, lastError',
  lastErrorIfInvalidHandle: 'minusOne, lastError',
};
