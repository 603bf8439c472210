/** Where records go: what the caller asked for, and what a policy of the machine demands. */

export interface AuditTargets {
  /** Absolute path of a JSON lines file. */
  readonly path?: string | undefined;
  /** The Application log of Windows. */
  readonly eventLog: boolean;
}

/** What the machine's policy says; `problems` are parts of it that cannot be understood or read. */
export interface AuditPolicy extends AuditTargets {
  readonly problems: readonly string[];
}

/** Both apply: nothing that a caller asks for takes away what the policy demands. */
export function joinTargets(
  asked: AuditTargets,
  policy: AuditTargets,
): { paths: readonly string[]; eventLog: boolean } {
  const paths = [policy.path, asked.path].filter((path) => path !== undefined);
  return { paths: [...new Set(paths)], eventLog: policy.eventLog || asked.eventLog };
}
