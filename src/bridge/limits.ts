/**
 * The limits of one line. Four mebibytes of JSON can be nested too deeply for recursion, and can request millions of
 * calls. So the text is checked before it is parsed, and the calls are counted before the first one is made.
 */
import { countsIn } from '../definition/counts.js';
import type { Definition } from '../definition/types.js';
import { CALL_MANY } from './call-many.js';
import type { Json } from './messages.js';

/** The maximum length of one message or batch: in bytes for a line, in UTF-16 units for an argument. */
export const LINE_LIMIT = 4 * 1024 * 1024;

/**
 * The maximum, in bytes, for a definition with memory of variable size: a line can contain 64 MiB and more in base64.
 */
const LONG_LINE_LIMIT = 128 * 1024 * 1024;

/** The maximum length of a reply in bytes, if the line limit is smaller: a short request can have a long reply. */
const REPLY_LIMIT = 32 * 1024 * 1024;

/** The maximum length of a line that a bridge over this definition reads, in bytes. */
export function lineLimitOf({ functions }: Pick<Definition, 'functions'>): number {
  const isAnySize = Object.values(functions).some(({ parameters }) => parameters.some(({ type }) => countsIn(type)));
  return isAnySize ? LONG_LINE_LIMIT : LINE_LIMIT;
}

/** The maximum length of a line that such a bridge writes, in bytes. */
export const replyLimitOf = (lineLimit: number): number => Math.max(lineLimit, REPLY_LIMIT);

/** The maximum nesting of arrays and objects. A batch of `dllet.callMany` with structs needs about ten levels. */
export const DEPTH_LIMIT = 128;

/**
 * The maximum number of elements and members in total. It allows the longest array of a definition, 1,048,576 elements.
 */
export const VALUE_LIMIT = 1_200_000;

/**
 * The maximum number of function calls in one line: the requests of a batch and their rows of `dllet.callMany`. A
 * module sends 4,096 at most.
 */
export const CALL_LIMIT = 16_384;

/**
 * Returns the limit that a JSON text exceeds (length, depth or width), or undefined. The result for malformed JSON is
 * meaningless.
 */
export function textProblem(text: string, limit = LINE_LIMIT): string | undefined {
  if (text.length > limit) return `it is longer than ${limit} characters`;
  // Each level and each element takes at least one character.
  if (text.length <= DEPTH_LIMIT) return undefined;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      at = endOfString(text, at);
    } else if (unit === COMMA) {
      values += 1;
    } else if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) {
      values += 1;
      depth += 1;
      if (depth > DEPTH_LIMIT) return `it is nested more than ${DEPTH_LIMIT} levels deep`;
    } else if (unit === CLOSE_ARRAY || unit === CLOSE_OBJECT) {
      depth -= 1;
    }
  }
  return values > VALUE_LIMIT ? `it has more than ${VALUE_LIMIT} values` : undefined;
}

/** Returns the limit that a message or batch exceeds, or undefined. */
export function callProblem(message: Json): string | undefined {
  const messages = Array.isArray(message) ? (message as readonly Json[]) : [message];
  const calls =
    messages.length > CALL_LIMIT ? messages.length : messages.reduce<number>((sum, one) => sum + rowsOf(one), 0);
  if (calls <= CALL_LIMIT) return undefined;
  return `it asks for ${calls} calls, but one line can ask for at most ${CALL_LIMIT}`;
}

/** The number of calls of a message: one, or the length of the longest column. */
function rowsOf(message: Json): number {
  const { method, params } = (message ?? {}) as { readonly [key: string]: Json };
  if (method !== CALL_MANY) return 1;
  const { columns } = (params ?? {}) as { readonly [key: string]: Json };
  if (columns === null || typeof columns !== 'object') return 1;
  return Object.values(columns).reduce<number>(
    (most, one) => (Array.isArray(one) && one.length > most ? one.length : most),
    1,
  );
}

/**
 * The index of the closing quotation mark of the string that begins at `start`; past the end of the text if there is
 * none.
 */
function endOfString(text: string, start: number): number {
  let end = start;
  do {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
  } while (isEscaped(text, end));
  return end;
}

/** True after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
