/** The type behind a specification, for checks: what does not resolve is reported where it stands, once. */
import { resolveShape, type Shape, TypeResolutionError } from '../../kinds/index.js';
import type { ValueSpec } from '../types.js';

/** What of a definition types are resolved with. */
export interface TypeScope {
  readonly types?: Readonly<Record<string, ValueSpec>> | undefined;
}

/** The shape; undefined where the type does not resolve, with the reason given to `complain`. */
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
