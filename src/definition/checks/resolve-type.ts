/** Resolves the type of a specification for checks; reports a type that does not resolve once, at its place. */
import { resolveShape, type Shape, TypeResolutionError } from '../../kinds/index.js';
import type { ValueSpec } from '../types.js';

/** The parts of a definition that types are resolved with. */
export interface TypeScope {
  readonly types?: Readonly<Record<string, ValueSpec>> | undefined;
}

/** Returns the shape; undefined if the type does not resolve, with the reason passed to `complain`. */
export function resolveType(
  { types = {} }: TypeScope,
  spec: ValueSpec,
  complain?: (message: string) => void,
): Shape | undefined {
  try {
    return resolveShape(spec, types);
  } catch (error) {
    if (!(error instanceof TypeResolutionError)) throw error;
    complain?.(error.message);
    return undefined;
  }
}
