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
  if (!rule) return { rule: ['No return value means failure.'], errors: known };
  const { when, code, success = [], absent = [] } = rule;
  const sentences = [
    `A call has failed if it returns ${conditionInWords(when)}; ${CODES[code]}.`,
    ...(success.length > 0 ? [`With the ${codeList(success)} it succeeded all the same.`] : []),
    ...(absent.length > 0
      ? [`With the ${codeList(absent)} there is nothing, or nothing more: the result is null, and no error.`]
      : []),
    ...parameters.flatMap(({ name, grow }) =>
      grow ? [`With the ${codeList(grow.on)} ${name} was too small: the call is made again with more memory.`] : [],
    ),
  ];
  return { rule: sentences, errors: known };
}

const codeList = (codes: readonly number[]): string =>
  codes.length === 1 ? `code ${codes[0]}` : `codes ${codes.join(', ')}`;

const CODES: Readonly<Record<CodeSource, string>> = {
  returned: 'the value is the code, with a meaning that the library gives it',
  win32: 'the value is the code, one of Windows (winerror.h)',
  hresult: 'the value is the code, an HRESULT',
  ntstatus: 'the value is the code, an NTSTATUS',
  lastError: 'the code is that of GetLastError (errno where there is no Windows), which is 0 before the call',
  errno: 'the code is errno, which is 0 before the call',
  none: 'there is no code',
};
