/** The notes in the help of a cmdlet over a function: how the function fails, and on which systems it works. */
import { conditionInWords } from '../definition/failure-rules.js';
import { libraryOf, systemsOf } from '../definition/library.js';
import type { CodeSource, Definition, ErrorDefinition } from '../definition/types.js';
import { listed } from '../definition/words.js';
import type { FunctionCmdlet, FunctionModel } from '../model/types.js';
import { outputKind } from '../outputs/registry.js';
import { isSimulated } from './simulated.js';

/** Returns the notes as paragraphs. */
export function callNotes(definition: Definition, { fn, output }: FunctionCmdlet): string[] {
  const absent = outputKind(output).absentOn?.(output) ?? [];
  const errors = fn.failure.errors.filter(({ id }) => !absent.includes(id));
  return [failureNote(fn, errors), ...systemNote(definition, fn)];
}

/** `errors`: those of the definition that the cmdlet can report as well. */
function failureNote({ name, failure: { rule } }: FunctionModel, errors: readonly ErrorDefinition[]): string {
  if (!rule) return `${name} reports no failure: everything it returns is a result.`;
  const { id, key, code } = CODES[rule.code];
  const place = key === undefined ? '' : `; ${code} is in $_.Exception.Data['${key}']`;
  const { absent = [] } = rule;
  return [
    `The call fails if ${name} returns ${conditionInWords(rule.when)}.`,
    `The id of the error is ${idsOf(errors, id)}${place}.`,
    ...(absent.length === 0 ? [] : [`With the code ${listed(absent.map(String), 'or')}, there is no result.`]),
  ].join(' ');
}

/** The maximum number of the definition's errors in one text. */
const MOST_IDS = 9;

function idsOf(errors: readonly ErrorDefinition[], other: string): string {
  const known = errors.slice(0, MOST_IDS).map(({ id, symbol }) => `${id} for ${symbol}`);
  return known.length === 0 ? other : listed([...known, `${other} for any other code`]);
}

/**
 * For each code source: the id of an error that the definition does not describe, a name for its code, and the key of
 * the code in the error's data.
 */
const CODES: Readonly<Record<CodeSource, { readonly id: string; readonly key?: string; readonly code?: string }>> = {
  returned: { id: 'NativeError', key: 'code', code: 'what it returned' },
  win32: { id: 'Win32Error', key: 'win32', code: 'what it returned' },
  hresult: { id: 'Win32Error', key: 'hresult', code: 'what it returned' },
  ntstatus: { id: 'Win32Error', key: 'ntstatus', code: 'what it returned' },
  lastError: { id: 'Win32Error', key: 'win32', code: 'the code of GetLastError' },
  errno: { id: 'NativeError', key: 'errno', code: 'errno' },
  none: { id: 'NativeError' },
};

function systemNote(definition: Definition, fn: FunctionModel): string[] {
  const { supported, others } = systemsOf({ library: libraryOf(definition, fn) });
  if (others.length === 0) return [];
  const unless = isSimulated(definition) ? ', unless it is simulated' : '';
  return [
    `The library exists only on ${listed(supported)}. Elsewhere, you get the error PlatformNotSupported${unless}.`,
  ];
}
