/** The error reply of a failed call: its id, texts and codes. */
import { errnoName, isErrnoName } from '../definition/errno.js';
import { fillPlaceholders } from '../definition/placeholders.js';
import type { ErrorDefinition, ExpandedFunction } from '../definition/types.js';
import type { NativeFailure } from '../model/find-failure.js';
import { ERROR_CODES, type Json, type RpcError } from './messages.js';

/** The data for the texts of a failure. */
export interface FailureContext {
  readonly fn: ExpandedFunction;
  readonly errors: readonly ErrorDefinition[];
  /** Values for the placeholders of texts. */
  readonly values: Readonly<Record<string, string>>;
  /** Returns the operating system's text for a Win32 code. */
  readonly describeWin32: (code: number) => string | undefined;
  /** Returns the operating system's text for an errno. */
  readonly describeErrno: (code: number) => string | undefined;
}

/** Returns the error reply of a failed call, with the definition's texts, or else the code with the system's text. */
export function describeFailure(found: NativeFailure, context: FailureContext): RpcError {
  const { fn, values } = context;
  const known = findError(context.errors, fn.name, found);
  const symbol = known?.symbol ?? (found.kind === 'errno' ? errnoName(Number(found.code)) : undefined);
  const facts = {
    function: fn.name,
    ...(found.kind === 'none' ? {} : { [found.kind]: shownCode(found) }),
    ...(symbol === undefined ? {} : { symbol }),
  };
  if (known) {
    return {
      code: ERROR_CODES.callFailed,
      message: fillPlaceholders(known.message, values),
      data: {
        id: known.id,
        ...facts,
        category: known.category,
        recommendedAction: fillPlaceholders(known.recommendedAction, values),
      },
    };
  }
  return describeUnknown(found, facts, context);
}

/** A code beyond 2^53 is a decimal string, like other values of that size. */
function shownCode({ code }: NativeFailure): number | string {
  return Number.isSafeInteger(Number(code)) ? Number(code) : code.toString();
}

/** The definition's error for a failure; undefined for an unknown code. */
export function findError(
  errors: readonly ErrorDefinition[],
  name: string,
  found: NativeFailure,
): ErrorDefinition | undefined {
  if (found.isForeign || found.kind === 'none') return undefined;
  // An exact match takes precedence over the Win32 code inside it, whatever their order in the definition.
  const matching = [found.code, win32InHresult(found)].flatMap((code) =>
    errors.filter((error) => isMeant(error, found, code)),
  );
  return matching.find((error) => error.functions?.includes(name)) ?? matching.find((error) => !error.functions);
}

/** The number of an errno differs between systems, so an error with the name of an errno is matched by name. */
function isMeant(error: ErrorDefinition, { kind }: NativeFailure, code: number | bigint | undefined): boolean {
  if (kind === 'errno' && isErrnoName(error.symbol)) return error.symbol === errnoName(Number(code));
  return code !== undefined && error.code === Number(code);
}

/** The Win32 code inside an HRESULT of FACILITY_WIN32 (0x8007....). */
function win32InHresult(found: NativeFailure): number | undefined {
  const code = Number(found.code);
  return found.kind === 'hresult' && code >>> 16 === 0x8007 ? code & 0xffff : undefined;
}

function describeUnknown(found: NativeFailure, facts: Record<string, Json>, context: FailureContext): RpcError {
  const { number, text, advice } = wordsFor(found, context);
  return {
    code: ERROR_CODES.callFailed,
    message: `${context.fn.name} failed ${number}${text === undefined ? '' : `: ${text}`}`,
    data: {
      id: ['errno', 'code', 'none'].includes(found.kind) ? 'NativeError' : 'Win32Error',
      ...facts,
      category: 'NotSpecified',
      recommendedAction: advice,
    },
  };
}

/** The code, the system's text for it, and a link to more information. */
function wordsFor(found: NativeFailure, context: FailureContext): Words {
  const { kind } = found;
  const code = Number(found.code);
  if (kind === 'code') {
    const number = `with code ${found.code}`;
    return { number, advice: `Look up the code ${found.code} in the documentation of ${context.fn.name}.` };
  }
  if (code === 0) {
    const advice = `Look up the return value in the documentation of ${context.fn.name}.`;
    return { number: 'without an error code', advice };
  }
  if (kind === 'errno') {
    const name = errnoName(code);
    const number = `with errno ${code}${name === undefined ? '' : ` (${name})`}`;
    const advice = `Look up errno ${code}: "man 3 errno" lists the names, and the manual page of the function says what each one means.`;
    return { number, text: context.describeErrno(code), advice };
  }
  if (kind === 'win32') {
    const advice = `Look up the code with net helpmsg ${code}, or under "System Error Codes" in the Windows documentation.`;
    return { number: `with Win32 error ${code}`, text: context.describeWin32(code), advice };
  }
  const hex = `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
  const advice = `Look up the code ${hex} in the Windows documentation.`;
  if (kind === 'ntstatus') return { number: `with NTSTATUS ${hex}`, advice };
  return { number: `with HRESULT ${hex}`, text: context.describeWin32(win32InHresult(found) ?? code), advice };
}

interface Words {
  readonly number: string;
  readonly text?: string | undefined;
  readonly advice: string;
}
