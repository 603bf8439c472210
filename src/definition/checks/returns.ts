/** Checks of return values: their type, and that it can report failure in the way that is said. */
import type { Shape } from '../ctypes.js';
import type { DefinitionSource, FunctionDefinition } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkReturns(source: DefinitionSource, fn: FunctionDefinition, place: string, report: Report): void {
  const shape = resolveType(source, { type: fn.returns.type }, (message) => report(`${place}/type`, message));
  if (!shape) return;
  if (shape.kind === 'struct' || shape.kind === 'array' || (shape.kind === 'string' && shape.capacity !== undefined)) {
    report(`${place}/type`, 'a return value must be an integer, an enum, a Boolean, a float, a handle or a string');
  }
  const fits = FITTING_RETURN[fn.returns.failure];
  if (!fits(shape)) report(`${place}/failure`, `'${fn.returns.failure}' does not fit a return value of this type`);
  if (fn.mayBlock && fn.returns.failure.startsWith('lastError')) {
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

const isInteger32 = (shape: Shape) => shape.kind === 'integer' && shape.bits === 32;

const FITTING_RETURN: Readonly<Record<FunctionDefinition['returns']['failure'], (shape: Shape) => boolean>> = {
  none: () => true,
  win32: isInteger32,
  lastErrorIfZero: (shape) => ['integer', 'boolean', 'handle', 'string'].includes(shape.kind),
  lastErrorIfInvalidHandle: (shape) => shape.kind === 'handle',
  hresult: isInteger32,
  ntstatus: isInteger32,
};
