/** A failed operation of a resource: a message, an exit code, and data for the trace. */
import { ERROR_CODES, type Json, type RpcError } from '../bridge/messages.js';
import { RESOURCE_EXIT } from '../definition/resource-codes.js';
import type { ResourceDefinition } from '../definition/types.js';

export class ResourceFailure extends Error {
  readonly exitCode: number;
  /** Stable id, recommended action and native code, as in an error of the bridge. */
  readonly facts: Readonly<Record<string, Json>>;

  constructor(exitCode: number, message: string, facts: Readonly<Record<string, Json>> = {}) {
    super(message);
    this.name = 'ResourceFailure';
    this.exitCode = exitCode;
    this.facts = facts;
  }
}

/** Returns a failure for invalid input, before anything was done. */
export function invalidInput(message: string, exitCode: number = RESOURCE_EXIT.invalid): ResourceFailure {
  const recommendedAction = 'Correct the input; nothing was changed.';
  return new ResourceFailure(exitCode, message, {
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    recommendedAction,
  });
}

/** Returns a bridge error as a resource failure, with the exit code that the resource assigns to it. */
export function callFailure({ exitCodes }: ResourceDefinition, error: RpcError): ResourceFailure {
  return new ResourceFailure(exitCodeOf(exitCodes, error), error.message, error.data);
}

/** Returns the same failure as a bridge error, for callers of the bridge protocol. */
export function toRpcError(failure: ResourceFailure): RpcError {
  const { id, category, recommendedAction, ...facts } = failure.facts;
  return {
    code: failure.exitCode === RESOURCE_EXIT.invalid ? ERROR_CODES.invalidParams : ERROR_CODES.callFailed,
    message: failure.message,
    data: {
      ...facts,
      id: String(id ?? 'Win32Error'),
      category: String(category ?? 'NotSpecified'),
      recommendedAction: String(recommendedAction ?? 'See the message.'),
    },
  };
}

const UNREACHABLE = new Set(['PlatformNotSupported', 'LibraryNotFound', 'FunctionNotFound']);

function exitCodeOf(exitCodes: ResourceDefinition['exitCodes'], { code, data }: RpcError): number {
  const own = exitCodes.find(({ errors }) => errors.includes(data.id));
  if (own) return own.code;
  if (code === ERROR_CODES.invalidParams || data.id === 'InvalidParameter') return RESOURCE_EXIT.invalid;
  if (code === ERROR_CODES.internalError) return RESOURCE_EXIT.defect;
  return UNREACHABLE.has(data.id) ? RESOURCE_EXIT.unreachable : RESOURCE_EXIT.failed;
}
