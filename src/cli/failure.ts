/** Reports the failure of a command: as text on stderr, or as JSON on stdout if the caller asked for JSON. */
import type { DlletError } from '../definition/errors.js';
import { print, printError, setExit } from './output.js';
import { EXIT, UsageError } from './usage.js';

/**
 * Prints an error and sets the exit code. Usage errors and invalid definitions are always printed as text, because they
 * are for the author of the command.
 */
export function reportFailure(error: unknown, { json = false } = {}): void {
  const usage = isUsage(error);
  if (!usage && json) print(JSON.stringify({ error: jsonError(error) }, null, 2));
  else printError(textOf(error));
  setExit(usage ? EXIT.usage : EXIT.failed);
}

/**
 * The bridge's code for a failed operation (`ERROR_CODES.callFailed`), repeated here so that the bridge is not loaded.
 */
const FAILED = -32000;

/** The error in the form of a reply of `dllet call`: id, category and recommended action are in `data`. */
function jsonError(error: unknown): object {
  if (isOwn(error)) {
    const { id, message, category, recommendedAction, data } = error;
    return { code: FAILED, message, data: { ...data, id, category, recommendedAction } };
  }
  const message = error instanceof Error ? error.message : String(error);
  const recommendedAction = 'Read the message. If it does not help, run the command without --json.';
  return { code: FAILED, message, data: { id: 'CommandFailed', category: 'NotSpecified', recommendedAction } };
}

/** Matches the program's errors by name, so that a successful call does not load their classes. */
function isOwn(error: unknown): error is DlletError {
  return error instanceof Error && error.name === 'DlletError';
}

/** The error with its id, then the recommended action. */
function textOf(error: unknown): string {
  if (isOwn(error)) return `${error.id}: ${error.message}\n${error.recommendedAction}`;
  return error instanceof Error ? error.message : String(error);
}

/** An invalid argument is a usage error, whichever part of the program detected it. */
function isUsage(error: unknown): boolean {
  if (isOwn(error)) return error.category === 'InvalidArgument';
  return error instanceof UsageError || (error instanceof Error && error.name === 'DefinitionError');
}
