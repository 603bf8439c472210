/** Checks of functions: their parameters and the memory that these take. */
import type { Shape } from '../ctypes.js';
import { sizeOf } from '../extent.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, ParameterDefinition } from '../types.js';
import { checkConstant } from './constants.js';
import { checkParameterNames } from './parameter-names.js';
import type { Report } from './report.js';
import { checkReturns } from './returns.js';
import { checkSpec } from './types.js';

export function checkFunctions(source: DefinitionSource, report: Report): void {
  for (const [name, fn] of Object.entries(source.functions)) {
    const place = pointerTo('functions', name);
    checkParameterNames(fn.parameters, place, report);
    fn.parameters.forEach((parameter, index) => {
      checkParameter(source, parameter, place + pointerTo('parameters', index), report);
    });
    checkReturns(source, fn, `${place}/returns`, report);
  }
}

/** The memory of one parameter, 16 MiB: it is there for as long as the program runs. */
const MOST_BYTES = 16_777_216;

function checkParameter(source: DefinitionSource, parameter: ParameterDefinition, place: string, report: Report): void {
  const shape = checkSpec(source, parameter, place, report);
  if (!shape) return;
  if (shape.kind === 'string' && parameter.direction !== 'in' && shape.capacity === undefined) {
    report(place, `the ${parameter.direction} string '${parameter.name}' needs a capacity, the size of its buffer`);
  }
  if (sizeOf(shape) > MOST_BYTES) {
    report(`${place}/type`, `'${parameter.name}' takes ${sizeOf(shape)} bytes, and ${MOST_BYTES} is the most`);
  }
  if (shape.kind === 'array' && parameter.direction === 'in' && containsString(shape)) {
    report(`${place}/type`, 'arrays of strings cannot be passed in');
  }
  if (parameter.constant === undefined) return;
  if (parameter.direction === 'out') report(`${place}/constant`, 'an out parameter has no value to be constant');
  checkConstant(shape, parameter.constant, `${place}/constant`, report);
}

function containsString(shape: Shape): boolean {
  if (shape.kind === 'array') return containsString(shape.element);
  if (shape.kind === 'struct') return shape.fields.some((field) => containsString(field.shape));
  return shape.kind === 'string';
}
