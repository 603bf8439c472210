/** The failure rule of an imported function: from its page, or a guess from its type. */
import { withCodes } from '../../definition/failure-rules.js';
import type { FailureRule, FailureStrategy, TypeExpression } from '../../definition/types.js';
import { hasAttribute, type MetadataFunction } from '../metadata.js';
import { type ReviewedFunction, reviewedFunction } from './reviewed-functions.js';

export interface ImportedFailure {
  readonly failure: FailureStrategy | FailureRule;
  /** True if it was compared with the function's page. */
  readonly isReviewed: boolean;
  /** The function's page; undefined if the rule was not compared with it. */
  readonly page?: string;
  /** Codes that mean that there is nothing, or nothing more. The failure rule already contains them. */
  readonly absent?: readonly number[];
  /** Codes that mean that there is more, for a call with a token. The success codes already contain them. */
  readonly more?: readonly number[];
  /** Codes that mean that the caller's memory is too small. */
  readonly tooSmall?: readonly number[];
  /** The basis of the guess, for the author to check. */
  readonly note?: string;
}

/** `type`: of the return value in the definition. */
export function failureRuleOf(fn: MetadataFunction, type: TypeExpression): ImportedFailure {
  if (fn.ReturnType.Kind === 'Native' && fn.ReturnType.Name === 'Void') return { failure: 'none', isReviewed: true };
  const reviewed = reviewedFailureOf(fn.Name, type);
  return reviewed ?? { ...likelyFailure(fn, type), isReviewed: false };
}

/** The rule of a function that was compared with its page; undefined for any other. */
export function reviewedFailureOf(name: string, type: TypeExpression): ReviewedFailure | undefined {
  const reviewed = reviewedFunction(name);
  return reviewed && reviewedFailure(reviewed, isVerdict(type));
}

type ReviewedFailure = ImportedFailure & { readonly page: string };

const isVerdict = (type: TypeExpression) => type === 'BOOL' || type === 'BOOLEAN';

function reviewedFailure({ failure, absent = [], ...facts }: ReviewedFunction, verdict: boolean): ReviewedFailure {
  return {
    ...facts,
    absent,
    failure: withCodes(failure, { success: facts.more ?? [], absent }, verdict),
    isReviewed: true,
  };
}

/**
 * Libraries whose functions return a Win32 error code if they return a plain UInt32 and do not set GetLastError.
 * Source: the "Return value" sections of the pages of iphlpapi, netioapi, lmaccess and similar headers, and fwpmu.
 */
const ERROR_CODE_LIBRARIES = /^(iphlpapi|netapi32|fwpuclnt)\.dll$/i;

/** Exceptions: functions that return an index, a size or a count. */
const NO_ERROR_CODE = /^(if_nameto|Icmp(6)?ParseReplies|NetpwIs|I_Net)/;

/** The return types that are Windows codes, by their names in metadata. */
const CODES: Readonly<Record<string, FailureStrategy>> = {
  HRESULT: 'hresult',
  NTSTATUS: 'ntstatus',
  WIN32_ERROR: 'win32',
  LSTATUS: 'win32',
  NET_API_STATUS: 'win32',
  RPC_STATUS: 'win32',
};

/**
 * Handle types in which INVALID_HANDLE_VALUE means no handle. For sockets, WSAGetLastError returns the same as
 * GetLastError.
 */
const INVALID_HANDLES = new Set([
  'SOCKET',
  'HDEVINFO',
  'FindFileHandle',
  'FindFileNameHandle',
  'FindStreamHandle',
  'FindVolumeHandle',
  'FindVolumeMointPointHandle',
  'FindChangeNotificationHandle',
]);

/** Names of functions that answer a question: false is an answer, not a failure. */
const QUESTION = /^(Is|Are|Has|Have|Can|Does|Equal|PathIs|PathFileExists|PathMatchSpec|PtIn)(?![a-z])/;

function likelyFailure(fn: MetadataFunction, type: TypeExpression): Pick<ImportedFailure, 'failure' | 'note'> {
  const name = fn.ReturnType.Kind === 'ApiRef' ? fn.ReturnType.Name : '';
  const code = Object.hasOwn(CODES, name) ? CODES[name] : undefined;
  if (code) return { failure: code };
  if (type === 'ULONG' && !fn.SetLastError && ERROR_CODE_LIBRARIES.test(fn.DllImport) && !NO_ERROR_CODE.test(fn.Name))
    return {
      failure: 'win32',
      note: `returns UInt32, treated as a Win32 error code, as in the rest of ${fn.DllImport}; check its page`,
    };
  if (INVALID_HANDLES.has(name)) return { failure: 'lastErrorIfInvalidHandle' };
  if (!fn.SetLastError || isQuestion(fn)) return { failure: 'none' };
  if (isVerdict(type) || type === 'HANDLE') return { failure: 'lastErrorIfZero' };
  return {
    failure: 'none',
    note: 'the metadata does not say which return value means failure, so it is returned unchanged; check its page',
  };
}

/** If a function has outputs, they are the answer, and the return value only says whether there is one. */
const isQuestion = ({ Name, Params }: MetadataFunction) =>
  QUESTION.test(Name) && !Params.some(({ Attrs }) => hasAttribute(Attrs, 'Out'));
