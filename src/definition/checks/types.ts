/** Checks of types and of the limits that a value has. */
import { BUILT_IN_TYPES, integerRange, type Shape } from '../ctypes.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, TypeExpression, ValueSpec } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkTypes(source: DefinitionSource, report: Report): void {
  for (const [name, spec] of Object.entries(source.types ?? {})) {
    if (Object.hasOwn(BUILT_IN_TYPES, name)) {
      report(pointerTo('types', name), `'${name}' is a built-in type and cannot be defined again`);
    }
    checkSpec(source, spec, pointerTo('types', name), report);
  }
}

/** Checks a value specification: the type resolves, byte order and limits fit it. Returns the shape when there is one. */
export function checkSpec(source: DefinitionSource, spec: ValueSpec, place: string, report: Report): Shape | undefined {
  const limited = spec.minimum !== undefined || spec.maximum !== undefined || spec.byteOrder !== undefined;
  const { minimum, maximum, byteOrder, ...bare } = spec;
  const shape = resolveType(source, bare, (message) => report(`${place}/type`, message));
  if (!shape) return undefined;
  if (typeof spec.type === 'object' && 'struct' in spec.type)
    checkFields(source, spec.type.struct, `${place}/type/struct`, report);
  if (shape.kind !== 'integer') {
    if (limited) report(place, 'only an integer can have minimum, maximum or byteOrder');
    if (typeof spec.type === 'object' && 'enum' in spec.type) checkEnum(spec.type, `${place}/type/enum`, report);
    return shape;
  }
  if (byteOrder === 'network' && (shape.bits === 8 || shape.bits === 0)) {
    report(`${place}/byteOrder`, 'only integers of 16, 32 or 64 bits have a byte order to choose');
  }
  const range = integerRange(shape);
  for (const [key, limit] of Object.entries({ minimum, maximum })) {
    if (limit !== undefined && (BigInt(limit) < range.minimum || BigInt(limit) > range.maximum)) {
      report(
        `${place}/${key}`,
        `${limit} does not fit into the type, which holds ${range.minimum} to ${range.maximum}`,
      );
    }
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    report(place, `the minimum ${minimum} is greater than the maximum ${maximum}`);
  }
  return resolveType(source, spec);
}

function checkEnum(type: Extract<TypeExpression, { enum: unknown }>, place: string, report: Report): void {
  const base = Object.hasOwn(BUILT_IN_TYPES, type.base) ? BUILT_IN_TYPES[type.base] : undefined;
  if (base?.kind !== 'integer') return;
  const range = integerRange(base);
  for (const [name, value] of Object.entries(type.enum)) {
    if (BigInt(value) < range.minimum || BigInt(value) > range.maximum) {
      report(
        place + pointerTo(name),
        `${value} does not fit into ${type.base}, which holds ${range.minimum} to ${range.maximum}`,
      );
    }
  }
}

function checkFields(
  source: DefinitionSource,
  fields: readonly (ValueSpec & { name: string })[],
  place: string,
  report: Report,
): void {
  const seen = new Set<string>();
  fields.forEach((field, index) => {
    if (seen.has(field.name)) report(place + pointerTo(index, 'name'), `the field '${field.name}' appears twice`);
    seen.add(field.name);
    checkSpec(source, field, place + pointerTo(index), report);
  });
}
