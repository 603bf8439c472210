/** Sizes of types, if they are the same on every 64-bit system. */
import { kindOf, type Layout, resolveShape, type Shape, TypeResolutionError } from '../../kinds/index.js';
import type { TypeExpression, ValueSpec } from '../types.js';
import type { LongType } from './long-form.js';
import type { Scope } from './scope.js';

/** C's own types whose size depends on the system. */
const VARYING = new Set(['long', 'unsigned long']);

/** The layout of a type; undefined if it is unknown or depends on the system. */
export function layoutOf(type: LongType, scope: Scope): Layout | undefined {
  const shape = varies(type, scope, new Set()) ? undefined : shapeOf(type, scope);
  return shape && kindOf(shape).layout(shape);
}

/** Why the two layouts of a type cannot be one value; undefined if they can. */
export function layoutProblem(type: LongType, types: Readonly<Record<string, ValueSpec>>): string | undefined {
  try {
    resolveShape({ type }, types);
    return undefined;
  } catch (error) {
    if (error instanceof TypeResolutionError) return error.message;
    throw error;
  }
}

/** A type as 64-bit Windows lays it out. */
export const in64Bit = (type: LongType): LongType =>
  typeof type === 'object' && 'architectures' in type ? type.architectures.x64 : type;

/** True for a struct that ends with any number of elements. */
export function isOpen(type: LongType, scope: Scope): boolean {
  const shape = shapeOf(type, scope);
  return shape !== undefined && kindOf(shape).open?.(shape) !== undefined;
}

function shapeOf(type: LongType, scope: Scope): Shape | undefined {
  try {
    return resolveShape({ type: type as TypeExpression }, scope.specs as Readonly<Record<string, ValueSpec>>);
  } catch (error) {
    if (error instanceof TypeResolutionError) return undefined;
    throw error;
  }
}

/** `seen`: named types whose check has begun or has found that they do not vary. */
function varies(type: LongType, scope: Scope, seen: Set<string>): boolean {
  if (typeof type === 'string') {
    if (seen.has(type)) return false;
    const spec = scope.spec(type);
    seen.add(type);
    return spec ? varies(spec.type, scope, seen) : VARYING.has(type);
  }
  if ('architectures' in type) return Object.values(type.architectures).some((one) => varies(one, scope, seen));
  if ('struct' in type) return type.struct.some((field) => varies(field.type, scope, seen));
  if ('union' in type) return type.union.some((field) => varies(field.type, scope, seen));
  return 'array' in type && varies(type.array, scope, seen);
}
