/** How a function reports failure, in words. */
import { conditionInWords, failureRule } from '../definition/failure-rules.js';
import { fillPlaceholders, spellings } from '../definition/placeholders.js';
import type { CodeSource, FailureRule } from '../definition/types.js';
import { failureMarks } from '../import/failures/failure-marks.js';
import { reviewedFailureIn } from '../import/failures/reviewed-prototypes.js';
import type { FunctionModel } from '../model/types.js';
import type { ExplainedFailure } from './explanation.js';

/** `library`: its file in Windows. */
export function explainFailure(
  { name, returns, parameters, failure: { rule, errors }, terms }: FunctionModel,
  library: string | undefined,
): ExplainedFailure {
  const documented = documentedFailure({ name, returns, rule }, library);
  // An error limited to a function takes precedence over one for all functions.
  const meant = errors.filter(
    ({ code, functions }) => functions || !errors.some((other) => other.functions && other.code === code),
  );
  const known = meant.map(({ id, code, symbol, message }) => ({
    id,
    code,
    symbol,
    message: fillPlaceholders(message, spellings(terms)),
  }));
  if (!rule) return { rule: ['The function reports no failure.'], documented, errors: known };
  const { when, code, success = [], absent = [] } = rule;
  const sentences = [
    `A call has failed if it returns ${conditionInWords(when)}; ${CODES[code]}.`,
    ...(success.length > 0 ? [`It also succeeds with the ${codeList(success)}.`] : []),
    ...(absent.length > 0
      ? [`With the ${codeList(absent)}, nothing was found: the result is null, not an error.`]
      : []),
    ...parameters.flatMap(({ name, grow }) =>
      grow
        ? [`With the ${codeList(grow.on)}, ${name} was too small: dllet calls the function again with more memory.`]
        : [],
    ),
  ];
  return { rule: sentences, documented, errors: known };
}

/** The reviewed rule, and whether the definition has the same: further codes can be in marks of parameters. */
function documentedFailure(
  { name, returns, rule }: Pick<FunctionModel, 'name' | 'returns'> & { readonly rule: FailureRule | undefined },
  library: string | undefined,
): ExplainedFailure['documented'] {
  const found = reviewedFailureIn(library, name, returns.type);
  if (!found) return null;
  const main = (one: FailureRule | undefined) => JSON.stringify([one?.when, one?.code]);
  const marks = `[${failureMarks(found).join(', ')}]`;
  return { marks, page: found.page, isSame: main(failureRule(found.failure)) === main(rule) };
}

const codeList = (codes: readonly number[]): string =>
  codes.length === 1 ? `code ${codes[0]}` : `codes ${codes.join(', ')}`;

const CODES: Readonly<Record<CodeSource, string>> = {
  returned: 'the value is the code, as the library defines it',
  win32: 'the value is a Windows error code (winerror.h)',
  hresult: 'the value is an HRESULT',
  ntstatus: 'the value is an NTSTATUS',
  lastError: 'the code is GetLastError (errno outside Windows), which dllet sets to 0 before the call',
  errno: 'the code is errno, which dllet sets to 0 before the call',
  none: 'there is no code',
};
