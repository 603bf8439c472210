/** Finds pointers in values. */
import { kindOf, type Shape } from '../../kinds/index.js';

/** True for a value that contains texts or other memory behind pointers, at any depth. */
export function holdsPointers(shape: Shape): boolean {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  const parts = [...(element ? [element] : []), ...(kind.fields?.(shape) ?? []).map((field) => field.shape)];
  return kind.isPointer?.(shape) === true || parts.some(holdsPointers);
}
