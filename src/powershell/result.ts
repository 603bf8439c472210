/** What a script brought back, as data. */
import { DlletError } from '../definition/errors.js';

/** A value with its .NET type. Numbers are decimal text, so that 64-bit integers stay exact. */
export interface PowerShellValue {
  /** The first of `typeNames`: `System.UInt64`, or a name that the script gave the object. */
  readonly type: string;
  readonly typeNames: readonly string[];
  readonly value:
    | string
    | null
    | { readonly properties: Readonly<Record<string, PowerShellValue>> }
    | { readonly items: readonly PowerShellValue[] };
}

export interface PowerShellError {
  readonly fullyQualifiedErrorId: string;
  readonly category: string;
  /** What a person reads: the text of the error details, else that of the exception. */
  readonly message: string;
  readonly targetObject: PowerShellValue;
  readonly exceptionType: string;
  readonly innerExceptionType: string | null;
  readonly exceptionMessage: string;
  readonly exceptionData: Readonly<Record<string, PowerShellValue>>;
  readonly recommendedAction: string;
  /** True for the error that ended the script. */
  readonly terminating: boolean;
}

/**
 * Everything one script emitted, in order within each stream. A record that a script puts on the output itself (an
 * ErrorRecord, a WarningRecord) counts to the stream of its kind.
 */
export interface PowerShellResult {
  readonly output: readonly PowerShellValue[];
  readonly errors: readonly PowerShellError[];
  readonly warnings: readonly string[];
  readonly verbose: readonly string[];
  readonly debug: readonly string[];
  readonly information: readonly string[];
  readonly hadTerminatingError: boolean;
  /** What was written past the streams, straight to the host: -WhatIf, [Console]. Its encoding is the console's. */
  readonly hostText: string;
}

/** Finds the document between the two markers in what the process wrote. */
export function parseResult(text: string, marker: string, errorText = ''): PowerShellResult {
  const start = text.indexOf(marker);
  const end = text.indexOf(marker, start + marker.length);
  if (start < 0 || end < 0) throw protocolError(text + errorText);
  const hostText = text.slice(0, start) + text.slice(end + marker.length);
  try {
    return { ...JSON.parse(text.slice(start + marker.length, end)), hostText };
  } catch (cause) {
    throw protocolError(text + errorText, cause);
  }
}

/** A value as plain JavaScript: strings, objects and arrays without the type names. */
export function toPlain(value: PowerShellValue): unknown {
  if (value.value === null || typeof value.value === 'string') return value.value;
  if ('items' in value.value) return value.value.items.map(toPlain);
  return Object.fromEntries(Object.entries(value.value.properties).map(([name, item]) => [name, toPlain(item)]));
}

function protocolError(text: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'PowerShellProtocolError',
    category: 'ProtocolError',
    message: `PowerShell did not answer with the document that was asked for, but with: ${text.slice(0, 500)}`,
    recommendedAction: 'See whether the script closes or redirects the console, or removes the module DlletSession.',
    cause,
  });
}
