/** How a function reports failure, in words. */
import { conditionInWords } from '../definition/failure-rules.js';
import { fillPlaceholders, spellings } from '../definition/placeholders.js';
import type { CodeSource } from '../definition/types.js';
import type { FunctionModel } from '../model/types.js';
import type { ExplainedFailure } from './explanation.js';

export function explainFailure({ parameters, failure: { rule, errors }, terms }: FunctionModel): ExplainedFailure {
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
  if (!rule) return { rule: ['The function reports no failure.'], errors: known };
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
  return { rule: sentences, errors: known };
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
