/** Checks of functions: their parameters and memory. */
import { placeProblemsOf, sizeOf } from '../../kinds/index.js';
import { endsBridge } from '../process-functions.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, ParameterDefinition } from '../types.js';
import { checkConstant } from './constants.js';
import { checkParameterNames } from './parameter-names.js';
import type { Report } from './report.js';
import { checkReturns } from './returns.js';
import { checkSpec } from './types.js';

const ENDS =
  'ends or blocks the process that calls it, which is the bridge and not ' +
  'PowerShell. Remove it, or write "endsBridge": true if you want this';

export function checkFunctions(source: DefinitionSource, report: Report): void {
  for (const [name, fn] of Object.entries(source.functions)) {
    const place = pointerTo('functions', name);
    if (endsBridge(name) && fn.endsBridge !== true) report(place, `'${name}' ${ENDS}`);
    checkParameterNames(fn.parameters, place, report);
    fn.parameters.forEach((parameter, index) => {
      checkParameter(source, parameter, place + pointerTo('parameters', index), report);
    });
    checkReturns(source, fn, `${place}/returns`, report);
  }
}

/** The maximum memory of one parameter, 16 MiB. It stays allocated for as long as the program runs. */
const MOST_BYTES = 16_777_216;

function checkParameter(source: DefinitionSource, parameter: ParameterDefinition, place: string, report: Report): void {
  const shape = checkSpec(source, parameter, place, report);
  if (!shape) return;
  for (const { at, message } of placeProblemsOf(shape, parameter)) report(place + pointerTo(...at), message);
  if (sizeOf(shape) > MOST_BYTES) {
    report(`${place}/type`, `'${parameter.name}' takes ${sizeOf(shape)} bytes, but the limit is ${MOST_BYTES}`);
  }
  if (parameter.constant === undefined) return;
  if (parameter.direction === 'out') report(`${place}/constant`, 'an out parameter cannot be constant');
  checkConstant(shape, parameter.constant, `${place}/constant`, report);
}
