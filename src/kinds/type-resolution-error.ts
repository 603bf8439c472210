/** A type that cannot be resolved, or that C cannot express where it stands. */
export class TypeResolutionError extends Error {}
