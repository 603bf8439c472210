/** Plans a cmdlet over an operation of the program. */
import type { Definition } from '../definition/types.js';
import { listed } from '../definition/words.js';
import { dotnetType, powershellType } from '../kinds/index.js';
import type { CmdletParameter, OperationCmdlet } from '../model/types.js';
import { gatheredOf } from './facts.js';
import {
  bindingCode,
  callVariable,
  FORCE,
  outputParameters,
  outputTypes,
  planShouldProcess,
  suppressionsOf,
} from './plan-common.js';
import { NO_INPUT, planHelp } from './plan-help.js';
import { planParameter } from './plan-parameter.js';
import { REASON_PARAMETER, takesReason } from './plan-reason.js';
import type { CmdletPlan, ParameterPlan, TypeHelp } from './plan-types.js';
import { bareName } from './powershell-text.js';

export function planOperationCmdlet(definition: Definition, cmdlet: OperationCmdlet): CmdletPlan {
  const parameters = cmdlet.parameters.map(planOwn);
  const shouldProcess = planShouldProcess(cmdlet);
  const declared = [
    ...outputParameters(cmdlet.output),
    ...parameters,
    ...(takesReason(definition, cmdlet.of) ? [REASON_PARAMETER] : []),
    ...(shouldProcess?.force ? [FORCE] : []),
  ];
  return {
    name: bareName(cmdlet.name),
    binding: bindingCode(shouldProcess),
    outputTypes: outputTypes(definition, cmdlet),
    variable: callVariable(declared),
    declared,
    shouldProcess,
    suppressions: suppressionsOf(cmdlet),
    help: planHelp(definition, cmdlet, {
      declared,
      sets: [],
      inputs: planInputs(cmdlet),
      hasShouldProcess: shouldProcess !== undefined,
    }),
  };
}

function orRange({ ranges }: CmdletParameter): string {
  return ranges ? `, or with the properties ${ranges.from} and ${ranges.to}` : '';
}

function planInputs(cmdlet: OperationCmdlet): TypeHelp {
  const named = cmdlet.parameters.filter(({ pipeline }) => pipeline !== undefined).map(({ name }) => name);
  const gathered = gatheredOf(cmdlet);
  if (named.length === 0) return NO_INPUT;
  if (!gathered) {
    const properties = named.length === 1 ? `property ${named[0]}` : `properties ${listed(named, 'and')}`;
    return { name: 'System.Management.Automation.PSObject', description: [`Objects with the ${properties}.`] };
  }
  const name = dotnetType(powershellType(gathered.shape));
  return gathered.pipeline === 'value'
    ? {
        name,
        description: [
          `Values of the parameter ${gathered.name}, or objects with a property of that name${orRange(gathered)}.`,
        ],
      }
    : { name, description: [`Objects with the property ${gathered.name}.`] };
}

function planOwn(parameter: CmdletParameter): ParameterPlan {
  const { shape, isSwitch, mandatory, position, pipeline, ranges, default: value } = parameter;
  return planParameter({
    name: bareName(parameter.name),
    type: parameter.type,
    description: parameter.description ?? `The parameter ${parameter.name}.`,
    mandatory,
    position,
    pipeline,
    defaultValue: value === undefined || isSwitch ? undefined : [value].flat().join(', '),
    // Text that stands for many numbers: the program looks at each of them.
    ...(ranges ? {} : { shape }),
  });
}
