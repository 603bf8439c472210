/** Wrong usage: exit status 2, with the message on stderr. */
export class UsageError extends Error {}

/** Exit statuses of every command. */
export const EXIT = {
  /** Done. */
  done: 0,
  /** The operation failed; its output says how. */
  failed: 1,
  /** Wrong usage, or a definition that cannot be used; the message is on stderr. */
  usage: 2,
} as const;
