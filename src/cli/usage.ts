/** A usage error: exit code 2, with the message on stderr. */
export class UsageError extends Error {}

/** The exit codes of every command. */
export const EXIT = {
  /** Success. */
  done: 0,
  /** The operation failed; the output says how. */
  failed: 1,
  /** Wrong usage, or an invalid definition; the message is on stderr. */
  usage: 2,
} as const;
