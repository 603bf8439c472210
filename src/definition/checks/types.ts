/** Checks of types and of the limits of values. */
import { kindOf, kindWithType, openPartProblem, partsOf, type Shape } from '../../kinds/index.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, ValueSpec } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkTypes(source: DefinitionSource, report: Report): void {
  for (const [name, spec] of Object.entries(source.types ?? {})) {
    if (kindWithType(name)) {
      report(pointerTo('types', name), `'${name}' is a built-in type and cannot be defined again; choose another name`);
    }
    checkSpec(source, spec, pointerTo('types', name), report);
  }
}

/**
 * Checks a value specification: its type must resolve, and byte order and limits must suit it. Returns the shape if
 * there is one.
 */
export function checkSpec(source: DefinitionSource, spec: ValueSpec, place: string, report: Report): Shape | undefined {
  const { minimum, maximum, byteOrder, ...bare } = spec;
  const shape = resolveType(source, bare, (message) => report(`${place}/type`, message));
  if (!shape) return undefined;
  const kind = kindOf(shape);
  const isLimited = minimum !== undefined || maximum !== undefined || byteOrder !== undefined;
  if (isLimited && !kind.hasLimits) report(place, 'only an integer can have minimum, maximum or byteOrder');
  for (const { at, message } of kind.problems?.(shape, spec) ?? []) report(place + pointerTo(...at), message);
  for (const part of partsOf(spec.type)) {
    const inner = place + pointerTo('type', ...part.at);
    const reportBare: Report = (pointer, message) => report(pointer.replace(`${inner}/type`, inner), message);
    const found = checkSpec(source, part.spec, inner, part.isBare ? reportBare : report);
    const open = found && openPartProblem(kindOf(found).open?.(found), part.open);
    if (open !== undefined) report(part.isBare ? inner : `${inner}/type`, open);
  }
  return kind.hasLimits ? resolveType(source, spec) : shape;
}
