/** Where records go: the targets of the caller and those of the machine's policy. */

export interface AuditTargets {
  /** The absolute path of a JSON Lines file. */
  readonly path?: string | undefined;
  /** The Application log of Windows. */
  readonly eventLog: boolean;
}

/** The machine's policy; `problems` are parts of it that are invalid or unreadable. */
export interface AuditPolicy extends AuditTargets {
  readonly problems: readonly string[];
}

/** Both apply: a caller cannot remove a target that the policy requires. */
export function joinTargets(
  asked: AuditTargets,
  policy: AuditTargets,
): { paths: readonly string[]; eventLog: boolean } {
  const paths = [policy.path, asked.path].filter((path) => path !== undefined);
  return { paths: [...new Set(paths)], eventLog: policy.eventLog || asked.eventLog };
}
