/** Resolves how a function reports failure to one rule, for every written form. */
import { failureRule } from '../definition/failure-rules.js';
import { isOfWindows } from '../definition/library.js';
import type {
  Definition,
  ErrorDefinition,
  ExpandedFunction,
  FailureRule,
  LibraryDefinition,
  TypeExpression,
} from '../definition/types.js';
import { type ReturnForm, returnFormOf, type Shape } from '../kinds/index.js';
import type { FailureModel, Repetition } from './types.js';

export interface FailureScope {
  readonly types: Definition['types'];
  readonly library?: LibraryDefinition | undefined;
  readonly errors: readonly ErrorDefinition[];
}

/** `result`: the type of the return value. */
export function resolveFailure(fn: ExpandedFunction, result: Shape, scope: FailureScope): FailureModel {
  const form = returnFormOf(result) ?? { tells: 'none' };
  const rule = failureRule(fn.returns.failure);
  return {
    form,
    rule: rule && withWindowsCode(withoutOldCode(rule, fn, form), fn.returns.type, scope),
    errors: scope.errors.filter(({ functions }) => !functions || functions.includes(fn.name)),
  };
}

/**
 * With `lastErrorIfZero`, a zero without a code is a value. There are two exceptions, in which it is a failure: a FALSE
 * that is not part of the result, which would be reported as success, and a call that may block, because an old code
 * cannot be cleared there.
 */
function withoutOldCode(rule: FailureRule, { returns, mayBlock }: ExpandedFunction, form: ReturnForm): FailureRule {
  if (returns.failure !== 'lastErrorIfZero') return rule;
  const isHidden = form.isVerdict === true && returns.resultName === undefined;
  return isHidden || mayBlock ? { when: rule.when, code: rule.code } : rule;
}

/** The types in which Windows functions return Win32 codes. */
const STATUS_TYPES = new Set<unknown>(['DWORD', 'ULONG', 'LONG', 'LSTATUS']);

/** Treats a status that a Windows library returns as a Win32 code. */
function withWindowsCode(rule: FailureRule, type: TypeExpression, { types, library }: FailureScope): FailureRule {
  if (rule.code !== 'returned' || rule.when !== 'nonzero' || !library || !isOfWindows({ library })) return rule;
  const named = typeof type === 'string' && Object.hasOwn(types, type) ? types[type]?.type : undefined;
  return STATUS_TYPES.has(type) || STATUS_TYPES.has(named) ? { ...rule, code: 'win32' } : rule;
}

/** For a function with repeated calls: the codes that mean that there are more, or no more, are not failures. */
export function withRepetition(failure: FailureModel, repetition: Repetition | undefined): FailureModel {
  const { rule } = failure;
  if (!rule || !repetition) return failure;
  const { on = [], until = [] } = repetition;
  const success = [...(rule.success ?? []), ...on];
  const absent = [...(rule.absent ?? []), ...until];
  return {
    ...failure,
    rule: { ...rule, ...(success.length > 0 && { success }), ...(absent.length > 0 && { absent }) },
  };
}
