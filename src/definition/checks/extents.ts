/** Checks of memory whose number of elements another parameter holds, and of pointers that can be NULL. */
import { isMadeByFunction, kindOf, partsOf, type Shape, wholeNumberOf } from '../../kinds/index.js';
import { countsIn, isCountedBy } from '../counts.js';
import { own } from '../own.js';
import { pointerTo } from '../source-text.js';
import type { CountedBy, DefinitionSource, FunctionDefinition, ParameterDefinition, TypeExpression } from '../types.js';
import { holdsPointers } from './holds-pointers.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkExtents(source: DefinitionSource, report: Report): void {
  for (const [name, fn] of Object.entries(source.functions)) {
    fn.parameters.forEach((parameter, index) => {
      const place = pointerTo('functions', name, 'parameters', index);
      const by = countsIn(parameter.type);
      if (by && isMadeByFunction(parameter.type)) checkWrittenCount(source, fn, by.parameter, `${place}/type`, report);
      else if (by) checkCount(source, fn, parameter, by, place, report);
      if (by) checkEach(source, fn, parameter, by, place, report);
      checkBound(fn, parameter, place, report);
      checkNull(source, parameter, place, report);
      checkAllocated(source, parameter, place, report);
      if (parameter.grow && (!by || parameter.direction === 'in'))
        report(
          `${place}/grow`,
          `'${parameter.name}' cannot grow, because it is not an output whose size is in a parameter`,
        );
    });
  }
  for (const [name, fn] of Object.entries(source.functions)) {
    const place = pointerTo('functions', name, 'returns');
    const by = countsIn(fn.returns.type);
    if (by && isMadeByFunction(fn.returns.type)) checkWrittenCount(source, fn, by.parameter, `${place}/type`, report);
    checkAllocated(source, { ...fn.returns, name: 'what it returns', direction: 'out' }, place, report);
  }
  // In any other place, nothing could set the count.
  for (const { type, place } of innerTypes(source)) {
    if (countsIn(type))
      report(place, 'only memory of a parameter can have its number of elements in another parameter');
  }
}

/**
 * Checks the number of elements behind a pointer that the function writes or returns: the function must write the
 * number as well.
 */
function checkWrittenCount(
  source: DefinitionSource,
  { parameters }: FunctionDefinition,
  name: string,
  place: string,
  report: Report,
): void {
  const count = parameters.find((one) => one.name === name);
  if (!count) report(place, `there is no parameter '${name}' for the number of elements`);
  else if (!isInteger(source, count) || count.direction === 'in')
    report(
      place,
      `'${name}' cannot be the number of allocated elements: it must be an integer with the direction out or inout`,
    );
}

/** Checks structs that are stored in front of the data that they point to. */
function checkEach(
  source: DefinitionSource,
  fn: FunctionDefinition,
  parameter: ParameterDefinition,
  by: CountedBy,
  place: string,
  report: Report,
): void {
  const { name, type, direction } = parameter;
  const shape = resolveType(source, parameter);
  const element = shape && !isMadeByFunction(type) ? kindOf(shape).element?.(shape) : undefined;
  const isLinked = element !== undefined && kindOf(element).link?.(element) !== undefined;
  if (by.each === undefined && !isLinked) {
    if (direction !== 'in' && by.unit === 'bytes' && element && holdsPointers(element))
      report(
        `${place}/type`,
        `the structs of '${name}' point to memory behind them, so dllet must know how many structs there are: write "each" with the parameter that receives the number, or 1`,
      );
    return;
  }
  if (!element || by.unit !== 'bytes' || direction !== 'out')
    report(
      `${place}/type`,
      isLinked
        ? `'${name}' is a linked list: it needs memory of a number of bytes ("unit": "bytes") and the direction out`
        : `'${name}' can have "each" only as an array in memory of a number of bytes ("unit": "bytes"), with the direction out`,
    );
  if (typeof by.each === 'string') checkWrittenCount(source, fn, by.each, `${place}/type`, report);
}

/** Checks that memory that a function allocates is behind a pointer. */
function checkAllocated(
  source: DefinitionSource,
  {
    name,
    type,
    direction,
    allocated,
    free,
    freed,
  }: Pick<ParameterDefinition, 'name' | 'type' | 'direction' | 'allocated' | 'free' | 'freed'>,
  place: string,
  report: Report,
): void {
  if (allocated === undefined && free === undefined && freed === undefined) return;
  const shape = resolveType(source, { type });
  const kind = shape && kindOf(shape);
  const isPointerTo = shape && kind?.isPointer?.(shape);
  if (direction !== 'out')
    report(`${place}/allocated`, `'${name}' is not an output, so the function cannot allocate its memory`);
  else if (shape && (!isPointerTo || countsIn(type)?.written !== undefined))
    report(
      `${place}/allocated`,
      `'${name}' is not a pointer to memory: write its type as { "pointer": ... }, or as a text without a capacity`,
    );
  if (allocated === undefined) report(place, `"free" and "freed" also need "allocated": "byFunction"`);
  if (freed !== undefined && free === undefined) report(`${place}/freed`, `"freed" needs "free"`);
  const declared = free === undefined ? undefined : own(source.functions, free);
  if (free === undefined || !declared) return;
  const asked = declared.parameters;
  const [only] = asked;
  const target = only && resolveType(source, only);
  if (asked.length !== 1 || !target || !kindOf(target).isOpaque || only?.direction !== 'in')
    report(`${place}/free`, `'${free}' cannot free memory: it must have one parameter, the pointer (HANDLE)`);
}

function checkCount(
  source: DefinitionSource,
  { parameters, returns }: FunctionDefinition,
  memory: ParameterDefinition,
  by: CountedBy,
  place: string,
  report: Report,
): void {
  const find = (name: string) => parameters.find((one) => one.name === name);
  const names = parameters.filter((one) => one !== memory).map((one) => one.name);
  const known = names.length === 0 ? 'the function has no other parameter' : `there are ${names.join(', ')}`;
  const count = find(by.parameter);
  if (!count || count === memory)
    report(`${place}/type`, `there is no parameter '${by.parameter}' for the size of '${memory.name}'; ${known}`);
  else if (!isInteger(source, count))
    report(`${place}/type`, `'${by.parameter}' is not an integer, so it cannot hold the size of '${memory.name}'`);
  else if (count.direction === 'out')
    report(
      `${place}/type`,
      `'${by.parameter}' is an output, but the function must receive the size of '${memory.name}': use a parameter with "in" or "inout", and name '${by.parameter}' in "written"`,
    );
  if (by.written !== undefined && by.written !== 'return') {
    const written = find(by.written);
    if (!written || !isInteger(source, written) || written.direction === 'in')
      report(
        `${place}/type`,
        `'${by.written}' cannot report how much of '${memory.name}' was written: it must be an integer with the direction out or inout`,
      );
  }
  if (by.written === 'return') {
    const shape = resolveType(source, { type: returns.type });
    if (shape && !wholeNumberOf(shape))
      report(
        `${place}/type`,
        `the return value is not an integer, so it cannot report how much of '${memory.name}' was written`,
      );
  }
  if (by.start !== undefined && by.limit !== undefined && by.start > by.limit)
    report(
      `${place}/type`,
      `the memory of '${memory.name}' starts with ${by.start} elements, which is more than its limit of ${by.limit}`,
    );
}

/** Checks a count, whose value dllet sets: it must count some memory, and nothing else may set it. */
function checkBound(
  { parameters, returns }: FunctionDefinition,
  parameter: ParameterDefinition,
  place: string,
  report: Report,
): void {
  const { name, bound, constant, optional } = parameter;
  const users = [...parameters, returns].filter(({ type }) => isCountedBy(type, name));
  if (bound && users.length === 0) report(`${place}/bound`, `'${name}' is bound, but it is not the size of any memory`);
  if (users.length > 0 && !bound) report(place, `'${name}' holds a size and must be bound: write "bound": true`);
  if (bound && constant !== undefined)
    report(`${place}/constant`, `'${name}' holds the size of other memory and cannot be constant`);
  if (bound && optional)
    report(`${place}/optional`, `'${name}' holds the size of other memory, so callers cannot set it`);
}

function checkNull(source: DefinitionSource, parameter: ParameterDefinition, place: string, report: Report): void {
  const { name, optional, null: whenNull, direction, constant } = parameter;
  if (!optional && whenNull === undefined) return;
  const shape = resolveType(source, parameter);
  if (!shape) return;
  const at = `${place}/${optional ? 'optional' : 'null'}`;
  if (direction === 'in' && !parameter.pointer && !isPointer(shape))
    report(at, `'${name}' is passed by value and cannot be NULL`);
  if (constant !== undefined) report(at, `'${name}' is constant, so it cannot be NULL`);
  if (optional && whenNull) report(at, `'${name}' is always NULL, so it cannot be optional`);
}

const isPointer = (shape: Shape) => kindOf(shape).passing !== 'value' || kindOf(shape).isOpaque === true;

function isInteger(source: DefinitionSource, parameter: ParameterDefinition): boolean {
  const shape = resolveType(source, parameter);
  return shape !== undefined && wholeNumberOf(shape) !== undefined;
}

/** Returns the types inside other types, of named types and of return values. */
function* innerTypes(source: DefinitionSource): Generator<{ type: TypeExpression; place: string }> {
  for (const [name, { type }] of Object.entries(source.types ?? {}))
    yield { type, place: pointerTo('types', name, 'type') };
  for (const [name, fn] of Object.entries(source.functions)) {
    if (!isMadeByFunction(fn.returns.type))
      yield { type: fn.returns.type, place: pointerTo('functions', name, 'returns', 'type') };
    for (const [index, { type }] of fn.parameters.entries())
      for (const inner of innerOf(type))
        yield { type: inner, place: pointerTo('functions', name, 'parameters', index, 'type') };
  }
  for (const { type } of Object.values(source.types ?? {}))
    for (const inner of innerOf(type)) yield { type: inner, place: '/types' };
}

/** Returns the types inside a type, at any depth. */
function innerOf(type: TypeExpression): TypeExpression[] {
  return partsOf(type).flatMap(({ spec }) => [spec.type, ...innerOf(spec.type)]);
}
