/** Checks of return values: the type must be able to report failure in the stated way. */
import { kindOf } from '../../kinds/index.js';
import type { DefinitionSource, FunctionDefinition } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkReturns(source: DefinitionSource, fn: FunctionDefinition, place: string, report: Report): void {
  const shape = resolveType(source, { type: fn.returns.type }, (message) => report(`${place}/type`, message));
  if (!shape) return;
  const fitting = kindOf(shape).returns?.(shape);
  if (!fitting)
    report(`${place}/type`, 'a return value must be an integer, an enum, a Boolean, a float, a handle or a string');
  const { failure } = fn.returns;
  if (failure !== 'none' && !fitting?.includes(failure))
    report(`${place}/failure`, `'${failure}' does not fit a return value of this type`);
  if (fn.mayBlock && failure.startsWith('lastError')) {
    report(
      `${place}/failure`,
      'a function that may block cannot report through GetLastError, which belongs to a thread',
    );
  }
  const name = fn.returns.resultName;
  if (name !== undefined && fn.parameters.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase())) {
    report(`${place}/resultName`, `'${name}' is also the name of a parameter`);
  }
}
