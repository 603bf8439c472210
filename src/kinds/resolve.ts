/** Resolves a type of a definition to a shape. */
import type { ValueSpec } from '../definition/types.js';
import type { Shape } from './kind.js';
import { formOf, kindWithType } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';

export type NamedTypes = Readonly<Record<string, ValueSpec>>;

/** Merges a value specification with the named types it refers to. The nearest one takes precedence. */
export function inheritSpec(spec: ValueSpec, types: NamedTypes): ValueSpec {
  let current = spec;
  const seen = new Set<string>();
  while (typeof current.type === 'string' && Object.hasOwn(types, current.type)) {
    const name = current.type;
    if (seen.has(name)) throw new TypeResolutionError(`type '${name}' refers to itself`);
    seen.add(name);
    const { type, ...own } = current;
    current = { ...(types[name] as ValueSpec), ...own, type: (types[name] as ValueSpec).type };
  }
  return current;
}

/**
 * The maximum total number of parts of a type, including nested types. It limits types that use each other twice, whose
 * parts double with every level.
 */
const MOST_PARTS = 10_000;

/**
 * Returns the shape of a value specification. Throws TypeResolutionError for an unknown name, a cycle, or a type with
 * too many parts.
 */
export function resolveShape(spec: ValueSpec, types: NamedTypes): Shape {
  let left = MOST_PARTS;
  const resolvePart = (part: ValueSpec, depth: number): Shape => {
    if (depth > 32) throw new TypeResolutionError('types are nested deeper than 32 levels, or refer to themselves');
    left -= 1;
    if (left < 0) throw new TypeResolutionError(`the type has more than ${MOST_PARTS} parts`);
    const full = inheritSpec(part, types);
    if (depth > 0 && (full.type === 'void' || full.type === 'VOID'))
      throw new TypeResolutionError('void cannot be the type of a value');
    if (typeof full.type === 'string') return resolveBuiltIn(full.type, full);
    const form = formOf(full.type);
    if (!form) throw new TypeResolutionError(`no kind has the type ${JSON.stringify(full.type)}`);
    return form.resolve(full.type, (inner) => resolvePart(inner, depth + 1));
  };
  return resolvePart(spec, 0);
}

/** Returns the shape of a built-in type. Throws TypeResolutionError for an unknown name. */
export function resolveBuiltIn(name: string, spec: ValueSpec): Shape {
  const make = kindWithType(name)?.builtIns?.[name];
  if (!make) throw new TypeResolutionError(`unknown type '${name}'`);
  return make(spec);
}
