/**
 * Which parameters of a function could make it read or write past the memory that it is given.
 *
 * dllet gives a function memory of an extent that the definition fixes, or a text that ends with NUL. Nothing in the C prototype tells
 * which integer the function takes for the size of which memory, so every integer that a caller chooses could be one, unless it cannot
 * be greater than the memory, or the author says that it is none. Where the memory is a single value, as with `DWORD *`, only an
 * integer whose name says so is taken for its size.
 */
import { type Field, kindOf, type Shape, sizeOf, wholeNumberOf } from '../../kinds/index.js';
import type { FunctionDefinition, ParameterDefinition, ValueSpec } from '../types.js';
import { resolveType } from './resolve-type.js';

export interface FoundSize {
  /** Its place among the function's parameters. */
  readonly index: number;
  readonly parameter: ParameterDefinition;
  /** The field of the parameter's struct; absent where it is the parameter itself. */
  readonly field?: string;
  /** The names of the parameters whose memory it could be the size of. */
  readonly memory: readonly string[];
  /** The greatest value that reaches past none of them: elements of an array, characters of a text, bytes for a field. */
  readonly limit: number;
  /** The value that is too great, where it is a constant. */
  readonly constant?: number | string;
}

type Types = Readonly<Record<string, ValueSpec>>;

interface Resolved {
  readonly index: number;
  readonly parameter: ParameterDefinition;
  readonly shape: Shape;
}

/** What could be a size and is not bound to be small enough. Types that do not resolve are passed over. */
export function findSizes({ parameters }: Pick<FunctionDefinition, 'parameters'>, types: Types): FoundSize[] {
  const resolved = parameters.flatMap((parameter, index): Resolved[] => {
    const shape = resolveType({ types }, parameter);
    return shape ? [{ index, parameter, shape }] : [];
  });
  return resolved.flatMap((one) => [...ofParameter(one, resolved), ...ofFields(one)]);
}

/** True for a name by which C programs call a number of bytes or characters: cbSize, nSize, dwLength, destLen, NumberOfBytes. */
export function namesSize(name: string): boolean {
  return (
    /^(cb|cch)(?![a-z])/.test(name) ||
    /(^|[a-z0-9_])(Size|Length|Len|Bytes|Capacity)(?![a-z])/.test(name) ||
    /(size|length|len|bytes|capacity)$/i.test(name)
  );
}

function ofParameter(candidate: Resolved, all: readonly Resolved[]): FoundSize[] {
  const { index, parameter, shape } = candidate;
  if (!wholeNumberOf(shape) || parameter.direction === 'out' || parameter.isSize === false) return [];
  if (parameter.constant !== undefined) return ofConstant(parameter, parameter.constant, index, all);
  const memory = all.filter(
    (one) => one !== candidate && isMemory(one) && (!isSingleValue(one.shape) || namesSize(parameter.name)),
  );
  const limit = Math.min(...memory.map((one) => elementsOf(one)));
  if (memory.length === 0 || isWithin(shape, limit)) return [];
  return [{ index, parameter, memory: memory.map((one) => one.parameter.name), limit }];
}

/** A constant that its name calls a size, and that is more than the bytes of every memory of the function. */
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

/** Fields by which a struct tells its own size, as `cbSize`: of structs that the caller fills in. */
function ofFields({ index, parameter, shape }: Resolved): FoundSize[] {
  const isByValue = parameter.direction === 'in' && kindOf(shape).passing === 'value';
  if (parameter.direction === 'out' || isByValue) return [];
  return structsOf(shape).flatMap(({ struct, fields }) => {
    const limit = sizeOf(struct);
    return fields
      .filter((field) => namesSize(field.name) && field.isSize !== false && !isWithin(field.shape, limit))
      .filter((field) => wholeNumberOf(field.shape))
      .map((field) => ({ index, parameter, field: field.name, memory: [parameter.name], limit }));
  });
}

interface Struct {
  readonly struct: Shape;
  readonly fields: readonly Field[];
}

/** The value, where it has fields, and every such value in it. */
function structsOf(shape: Shape): Struct[] {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  if (element) return structsOf(element);
  const fields = kind.fields?.(shape);
  return fields ? [{ struct: shape, fields }, ...fields.flatMap((field) => structsOf(field.shape))] : [];
}

/** A parameter that is a pointer to memory of dllet's. */
function isMemory({ parameter, shape }: Resolved): boolean {
  return parameter.direction !== 'in' || kindOf(shape).passing !== 'value';
}

/** A text that is given: where it ends is the caller's affair. */
const isText = ({ parameter, shape }: Resolved) => kindOf(shape).isText === true && parameter.direction === 'in';

const isSingleValue = (shape: Shape) => kindOf(shape).elements === undefined;

/** How many there are at least. */
function elementsOf({ parameter, shape }: Resolved): number {
  return kindOf(shape).elements?.(shape, parameter.direction) ?? 1;
}

/** A value in network order means another number to the function than the limits say, so it proves nothing. */
function isWithin(shape: Shape, limit: number): boolean {
  const number = wholeNumberOf(shape);
  return number?.isHostOrder === true && number.minimum >= 0n && number.maximum <= BigInt(limit);
}
