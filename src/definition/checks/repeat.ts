/** Checks of functions that are called several times for one result. */
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
  if (shape && !wholeNumberOf(shape))
    report(place, `'${name}' is not an integer, so it cannot change from call to call`);
  if ((repeat.until === undefined) === (repeat.on === undefined))
    report(place, "write 'until' for an index, or 'on' for a token to continue from");
  if (repeat.until && direction !== 'in') report(place, `'${name}' is an index, so it must be an in parameter`);
  if (repeat.on && direction !== 'inout') report(place, `'${name}' is a token, so it must be an inout parameter`);
  if (fn.changesState) report(place, 'a function that changes something cannot be called repeatedly');
  if (fn.returns.failure === 'none') report(place, 'the function reports no code, so it cannot report one of these');
  if (repeat.until && outputNames({ ...fn, parameters: withoutRepeat(fn.parameters) }).length === 0)
    report(place, 'the function has no output that could be a row');
  if (repeat.on && !outputsOf(fn).some((one) => isList(source, one)))
    report(place, 'the function has no array output whose elements could be joined');
}

const withoutRepeat = (parameters: readonly ParameterDefinition[]) =>
  parameters.filter(({ repeat }) => repeat === undefined);

function isList(source: DefinitionSource, parameter: ParameterDefinition): boolean {
  const shape = resolveType(source, parameter);
  return shape !== undefined && kindOf(shape).element?.(shape) !== undefined;
}
