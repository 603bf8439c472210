/**
 * Finds parameters through which a function could read or write past its memory.
 *
 * dllet passes a function memory of a size that the definition fixes, or a NUL-terminated string. The C prototype does
 * not say which integer is the size of which memory. So every integer input could be a size, unless it cannot exceed
 * the memory, or the author says that it is not a size. If the memory is a single value, as with `DWORD *`, only an
 * integer whose name suggests a size counts.
 */
import { type Field, kindOf, type Shape, sizeOf, wholeNumberOf } from '../../kinds/index.js';
import { countsIn } from '../counts.js';
import { namesCount, namesSize } from '../size-names.js';
import type { FunctionDefinition, ParameterDefinition, ValueSpec } from '../types.js';
import { holdsPointers } from './holds-pointers.js';
import { resolveType } from './resolve-type.js';

export interface FoundSize {
  /** Its index in the function's parameters. */
  readonly index: number;
  readonly parameter: ParameterDefinition;
  /** The field of the parameter's struct; absent if the size is the parameter itself. */
  readonly field?: string;
  /**
   * The parameters whose memory it could be the size of; empty if the memory is behind a pointer, or at the end, of the
   * same struct.
   */
  readonly memory: readonly string[];
  /**
   * The largest value that does not exceed any of them: elements of an array, characters of a text, bytes for a field.
   */
  readonly limit: number;
  /** The constant value that is too large; absent for an input. */
  readonly constant?: number | string;
}

type Types = Readonly<Record<string, ValueSpec>>;

interface Resolved {
  readonly index: number;
  readonly parameter: ParameterDefinition;
  readonly shape: Shape;
}

/** Returns possible sizes without a sufficient upper limit. Skips types that do not resolve. */
export function findSizes({ parameters }: Pick<FunctionDefinition, 'parameters'>, types: Types): FoundSize[] {
  const resolved = parameters.flatMap((parameter, index): Resolved[] => {
    const shape = resolveType({ types }, parameter);
    return shape ? [{ index, parameter, shape }] : [];
  });
  return resolved.flatMap((one) => [...ofParameter(one, resolved), ...ofFields(one)]);
}

function ofParameter(candidate: Resolved, all: readonly Resolved[]): FoundSize[] {
  const { index, parameter, shape } = candidate;
  const isChosen = parameter.direction !== 'out' && !parameter.bound && !parameter.repeat?.on;
  if (!wholeNumberOf(shape) || !isChosen || parameter.isSize === false) return [];
  if (parameter.constant !== undefined) return ofConstant(parameter, parameter.constant, index, all);
  const memory = all.filter(
    (one) => one !== candidate && isMemory(one) && (!isSingleValue(one.shape) || namesSize(parameter.name)),
  );
  const limit = Math.min(...memory.map((one) => elementsOf(one)));
  if (memory.length === 0 || isWithin(shape, limit)) return [];
  return [{ index, parameter, memory: memory.map((one) => one.parameter.name), limit }];
}

/** Finds constants whose names suggest a size and which exceed all memory of the function. */
function ofConstant(
  parameter: ParameterDefinition,
  constant: number | string,
  index: number,
  all: readonly Resolved[],
): FoundSize[] {
  const memory = all.filter((one) => one.parameter !== parameter && isMemory(one) && !isText(one));
  if (memory.length === 0 || !namesSize(parameter.name) || !/^[0-9]+$/.test(String(constant))) return [];
  const limit = Math.max(...memory.map((one) => sizeOf(one.shape)));
  if (BigInt(constant) <= BigInt(limit)) return [];
  return [{ index, parameter, memory: memory.map((one) => one.parameter.name), limit, constant }];
}

/** Finds fields that hold the size of their struct, such as `cbSize`, in structs filled in by the caller. */
function ofFields({ index, parameter, shape }: Resolved): FoundSize[] {
  const isByValue = parameter.direction === 'in' && !parameter.pointer && kindOf(shape).passing === 'value';
  if (parameter.direction === 'out' || (isByValue && !holdsPointers(shape))) return [];
  return structsOf(shape).flatMap(({ struct, fields }): FoundSize[] => {
    // If a field can lead to memory of any size, no limit is safe for the counters in the struct.
    const canLead = ({ shape: one }: { readonly shape: Shape }) =>
      kindOf(one).isPointer?.(one) || kindOf(one).open?.(one) || isChosenPointer(one);
    if (fields.some(canLead))
      return fields
        .filter((field) => (namesSize(field.name) || namesCount(field.name)) && field.isSize !== false)
        .filter((field) => wholeNumberOf(field.shape))
        .map((field) => ({ index, parameter, field: field.name, memory: [], limit: 0 }));
    if (isByValue) return [];
    const limit = sizeOf(struct);
    return fields
      .filter((field) => namesSize(field.name) && field.isSize !== false && !isWithin(field.shape, limit))
      .filter((field) => wholeNumberOf(field.shape))
      .map((field) => ({ index, parameter, field: field.name, memory: [parameter.name], limit }));
  });
}

/** True for a union that can be a pointer, depending on another field of the struct. */
const isChosenPointer = (shape: Shape) => kindOf(shape).switch?.(shape) !== undefined && holdsPointers(shape);

interface Struct {
  readonly struct: Shape;
  readonly fields: readonly Field[];
}

/** Returns the value, if it has fields, and every value with fields inside it. */
function structsOf(shape: Shape): Struct[] {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  if (element) return structsOf(element);
  const fields = kind.fields?.(shape);
  return fields ? [{ struct: shape, fields }, ...fields.flatMap((field) => structsOf(field.shape))] : [];
}

/** True for a parameter that is a pointer to memory that dllet allocates, unless the definition names its size. */
function isMemory({ parameter, shape }: Resolved): boolean {
  if (countsIn(parameter.type) || parameter.bound || parameter.null) return false;
  return parameter.direction !== 'in' || parameter.pointer === true || kindOf(shape).passing !== 'value';
}

/** True for an input text, or list of texts: the caller decides its length. */
const isText = ({ parameter, shape }: Resolved) => kindOf(shape).endsWithNul === true && parameter.direction === 'in';

const isSingleValue = (shape: Shape) => kindOf(shape).elements === undefined;

/** The minimum number of elements. */
function elementsOf({ parameter, shape }: Resolved): number {
  return kindOf(shape).elements?.(shape, parameter.direction) ?? 1;
}

/** Limits of a value in network order do not count, because the bytes are swapped before the function sees it. */
function isWithin(shape: Shape, limit: number): boolean {
  const number = wholeNumberOf(shape);
  return number?.isHostOrder === true && number.minimum >= 0n && number.maximum <= BigInt(limit);
}
