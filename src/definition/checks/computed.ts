/** Checks of computed values: sums of inputs. */
import { wholeNumberOf } from '../../kinds/index.js';
import { canCompute, inputsOf, sureParameters } from '../parameters.js';
import { SPECIAL_VARIABLES } from '../reserved-names.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkComputed(source: DefinitionSource, report: Report): void {
  for (const [name, computed] of Object.entries(source.computed ?? {})) {
    const place = pointerTo('computed', name);
    const shape = resolveType(source, { type: computed.type }, (message) => report(`${place}/type`, message));
    const range = shape && wholeNumberOf(shape);
    if (shape && !range) report(`${place}/type`, 'a computed value must have an integer type');
    if (range && BigInt(computed.maximum) > range.maximum) {
      report(
        `${place}/maximum`,
        `${computed.maximum} does not fit into ${computed.type}, whose greatest value is ${range.maximum}`,
      );
    }
    if (SPECIAL_VARIABLES.has(name.toLowerCase())) {
      report(place, `'${name}' is a reserved variable of PowerShell; choose another name`);
    }
    const users = [
      ...Object.values(source.functions).filter((fn) => canCompute(computed, inputsOf(fn))),
      ...Object.values(source.operations ?? {}).filter((one) => canCompute(computed, sureParameters(one))),
    ];
    if (users.length === 0)
      report(
        `${place}/sum`,
        `no function or changing operation has all of ${computed.sum.join(', ')} as in parameters`,
      );
    for (const fn of users) {
      if (fn.parameters.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase()))
        report(place, `'${name}' is also the name of a parameter`);
      for (const parameter of fn.parameters.filter((one) => computed.sum.includes(one.name))) {
        const found = resolveType(source, parameter);
        const term = found && wholeNumberOf(found);
        if (found && (!term || term.bits > 32 || term.bits === 0)) {
          report(`${place}/sum`, `'${parameter.name}' is not an integer of at most 32 bits`);
        }
      }
    }
  }
}
