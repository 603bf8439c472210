/** How a command tells of a failure: in words on stderr, or as a JSON error on stdout for a caller that asked for JSON. */
import type { DlletError } from '../definition/errors.js';
import { print, printError, setExit } from './output.js';
import { EXIT, UsageError } from './usage.js';

/**
 * Prints what was thrown and sets the exit status. Wrong usage and a definition that cannot be used are for the person who wrote the
 * command, so they are words in any case.
 */
export function reportFailure(error: unknown, { json = false } = {}): void {
  const usage = isUsage(error);
  if (!usage && json) print(JSON.stringify({ error: jsonError(error) }, null, 2));
  else printError(textOf(error));
  setExit(usage ? EXIT.usage : EXIT.failed);
}

/** The code of a failed operation in the bridge's errors (`ERROR_CODES.callFailed`), without the weight of the bridge. */
const FAILED = -32000;

/** As in a reply of `dllet call`: id, category and what to do are in `data`. */
function jsonError(error: unknown): object {
  if (isOwn(error)) {
    const { id, message, category, recommendedAction, data } = error;
    return { code: FAILED, message, data: { ...data, id, category, recommendedAction } };
  }
  const message = error instanceof Error ? error.message : String(error);
  const recommendedAction = 'See the message; if it does not help, run the command without --json.';
  return { code: FAILED, message, data: { id: 'CommandFailed', category: 'NotSpecified', recommendedAction } };
}

/** The program's own errors are told by name here, because a call that succeeds has no use for their code. */
function isOwn(error: unknown): error is DlletError {
  return error instanceof Error && error.name === 'DlletError';
}

/** What is wrong, with the id that scripts look for; then what to do. */
function textOf(error: unknown): string {
  if (isOwn(error)) return `${error.id}: ${error.message}\n${error.recommendedAction}`;
  return error instanceof Error ? error.message : String(error);
}

/** An argument that cannot be meant is wrong usage, whichever part of the program noticed. */
function isUsage(error: unknown): boolean {
  if (isOwn(error)) return error.category === 'InvalidArgument';
  return error instanceof UsageError || (error instanceof Error && error.name === 'DefinitionError');
}
