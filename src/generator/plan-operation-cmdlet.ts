/** Plans a cmdlet over an operation of the program. */
import type { Definition } from '../definition/types.js';
import { dotnetType, powershellType } from '../kinds/index.js';
import type { CmdletParameter, OperationCmdlet } from '../model/types.js';
import { outputKind } from '../outputs/registry.js';
import { gatheredOf } from './facts.js';
import { bindingCode, callVariable, FORCE, outputParameters, outputTypes, planShouldProcess } from './plan-common.js';
import { NO_INPUT, planHelp } from './plan-help.js';
import { planParameter } from './plan-parameter.js';
import type { CmdletPlan, ParameterPlan } from './plan-types.js';
import { bareName } from './powershell-text.js';

export function planOperationCmdlet(definition: Definition, cmdlet: OperationCmdlet): CmdletPlan {
  const parameters = cmdlet.parameters.map(planOwn);
  const gathered = gatheredOf(cmdlet.parameters);
  const shouldProcess = planShouldProcess(cmdlet);
  const declared = [...outputParameters(cmdlet.output), ...parameters, ...(shouldProcess?.force ? [FORCE] : [])];
  return {
    name: bareName(cmdlet.name),
    binding: bindingCode(shouldProcess),
    outputTypes: outputTypes(definition, cmdlet),
    variable: callVariable(declared),
    declared,
    shouldProcess,
    suppressions: outputKind(cmdlet.output).suppressions ?? [],
    help: planHelp(definition, cmdlet, {
      declared,
      sets: [],
      inputs: gathered
        ? {
            name: dotnetType(powershellType(gathered.shape)),
            description: [
              gathered.pipeline === 'value'
                ? `Values of the parameter ${gathered.name}, or objects with a property of that name${orRange(gathered)}.`
                : `Objects with the property ${gathered.name}.`,
            ],
          }
        : NO_INPUT,
      hasShouldProcess: shouldProcess !== undefined,
    }),
  };
}

function orRange({ ranges }: CmdletParameter): string {
  return ranges ? `, or with the properties ${ranges.from} and ${ranges.to}` : '';
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
