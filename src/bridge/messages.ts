/** The JSON-RPC 2.0 messages between a module and the bridge. Source: jsonrpc.org/specification. */

import type { Json } from '../kinds/index.js';

/** The codes of JSON-RPC; every failure of a native call is `callFailed`. */
export const ERROR_CODES = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  callFailed: -32000,
} as const;

export type MessageId = string | number | null;

export type { Json } from '../kinds/index.js';

/** Error data for programs, besides the code and text. */
export interface ErrorData {
  /** A stable id, such as ReservationNotFound. */
  readonly id: string;
  /** A member of System.Management.Automation.ErrorCategory. */
  readonly category: string;
  readonly recommendedAction: string;
  readonly [fact: string]: Json;
}

export type RpcError = { readonly code: number; readonly message: string; readonly data: ErrorData };

export type Reply = { readonly jsonrpc: '2.0'; readonly id: MessageId } & {
  /** Additional information for the caller; omitted if there is none. */
  readonly notices?: readonly string[];
} & ({ readonly result: Json } | { readonly error: RpcError });

export interface Request {
  readonly id: MessageId | undefined;
  readonly method: string;
  readonly params: Json | undefined;
}

export function success(id: MessageId, result: Json): Reply {
  return { jsonrpc: '2.0', id, result };
}

export function failure(id: MessageId, error: RpcError): Reply {
  return { jsonrpc: '2.0', id, error };
}

/** Returns ASCII-only JSON, so that no code page between two programs can change it. */
export function toAsciiJson(value: Json | Reply | readonly Reply[]): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
