/** The result of a script, as data. */
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
  /** The message: the text of the error details, or else that of the exception. */
  readonly message: string;
  readonly targetObject: PowerShellValue;
  readonly exceptionType: string;
  readonly innerExceptionType: string | null;
  readonly exceptionMessage: string;
  readonly exceptionData: Readonly<Record<string, PowerShellValue>>;
  readonly recommendedAction: string;
  /** True for the error that terminated the script. */
  readonly terminating: boolean;
}

/**
 * Everything a script emitted, in order within each stream. A record on the output stream (an ErrorRecord, a
 * WarningRecord) is assigned to the stream of its type.
 */
export interface PowerShellResult {
  readonly output: readonly PowerShellValue[];
  readonly errors: readonly PowerShellError[];
  readonly warnings: readonly string[];
  readonly verbose: readonly string[];
  readonly debug: readonly string[];
  readonly information: readonly string[];
  readonly hadTerminatingError: boolean;
  /** Text written directly to the host: -WhatIf, [Console]. It has the console's encoding. */
  readonly hostText: string;
}

/** Finds the document between the two markers in the output of the process. */
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

/** Converts a value to plain JavaScript: strings, objects and arrays without the type names. */
export function toPlain(value: PowerShellValue): unknown {
  if (value.value === null || typeof value.value === 'string') return value.value;
  if ('items' in value.value) return value.value.items.map(toPlain);
  return Object.fromEntries(Object.entries(value.value.properties).map(([name, item]) => [name, toPlain(item)]));
}

function protocolError(text: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'PowerShellProtocolError',
    category: 'ProtocolError',
    message: `PowerShell did not return the expected document, but: ${text.slice(0, 500)}`,
    recommendedAction: 'Check whether the script closes or redirects the console, or removes the module DlletSession.',
    cause,
  });
}
