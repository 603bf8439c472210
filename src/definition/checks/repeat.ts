/** Checks of functions that are called more than once for one result. */
import { kindOf, wholeNumberOf } from '../../kinds/index.js';
import { outputNames, outputsOf } from '../parameters.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, FunctionDefinition, ParameterDefinition } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkRepeat(source: DefinitionSource, report: Report): void {
  for (const [name, fn] of Object.entries(source.functions)) {
    const repeating = fn.parameters.filter(({ repeat }) => repeat !== undefined);
    fn.parameters.forEach((parameter, index) => {
      if (!parameter.repeat) return;
      const place = pointerTo('functions', name, 'parameters', index, 'repeat');
      if (repeating.length > 1) report(place, 'only one parameter of a function can change from call to call');
      checkOne(source, fn, parameter, place, report);
    });
  }
}

function checkOne(
  source: DefinitionSource,
  fn: FunctionDefinition,
  parameter: ParameterDefinition,
  place: string,
  report: Report,
): void {
  const { name, direction, repeat = {} } = parameter;
  const shape = resolveType(source, parameter);
  if (shape && !wholeNumberOf(shape)) report(place, `'${name}' is no whole number that could change from call to call`);
  if ((repeat.until === undefined) === (repeat.on === undefined))
    report(place, "write 'until' for an index, or 'on' for a token to go on from");
  if (repeat.until && direction !== 'in') report(place, `'${name}' is an index, which the function only reads`);
  if (repeat.on && direction !== 'inout') report(place, `'${name}' is a token, which the function reads and writes`);
  if (fn.changesState) report(place, 'a function that changes something is not called again and again');
  if (fn.returns.failure === 'none') report(place, 'the function reports no code that could be one of these');
  if (repeat.until && outputNames({ ...fn, parameters: withoutRepeat(fn.parameters) }).length === 0)
    report(place, 'the function writes nothing that could be a row');
  if (repeat.on && !outputsOf(fn).some((one) => isList(source, one)))
    report(place, 'the function writes no array, whose elements could be joined');
}

const withoutRepeat = (parameters: readonly ParameterDefinition[]) =>
  parameters.filter(({ repeat }) => repeat === undefined);

function isList(source: DefinitionSource, parameter: ParameterDefinition): boolean {
  const shape = resolveType(source, parameter);
  return shape !== undefined && kindOf(shape).element?.(shape) !== undefined;
}
