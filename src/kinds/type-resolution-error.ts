/** A type that cannot be resolved, or that C cannot express in its place. */
export class TypeResolutionError extends Error {}
