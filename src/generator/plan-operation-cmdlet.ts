/** The plan of a cmdlet over an operation of the program. */
import { resolveShape } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet, OperationDefinition, OperationParameter } from '../definition/types.js';
import { outputKind } from '../outputs/registry.js';
import { gatheredOf } from './facts.js';
import {
  bindingCode,
  callVariable,
  describedType,
  FORCE,
  outputParameters,
  outputTypes,
  planShouldProcess,
} from './plan-common.js';
import { NO_INPUT, planHelp } from './plan-help.js';
import { planParameter } from './plan-parameter.js';
import type { CmdletPlan, ParameterPlan } from './plan-types.js';
import { bareName } from './powershell-text.js';
import { dotnetType, powershellType } from './powershell-types.js';

export function planOperationCmdlet(definition: Definition, cmdlet: ExpandedCmdlet): CmdletPlan {
  const name = bareName(cmdlet.operation ?? '');
  const operation = definition.operations[name] as OperationDefinition;
  const fixed = cmdlet.arguments ?? {};
  const asked = operation.parameters.filter((parameter) => !Object.hasOwn(fixed, parameter.name));
  const parameters = asked.map((parameter, position) => planOwn(definition, parameter, position));
  const gathered = gatheredOf(asked);
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
            name: dotnetType(powershellType(resolveShape(gathered, definition.types))),
            description: [
              gathered.pipeline === 'value'
                ? `Values of the parameter ${gathered.name}, or objects with a property of that name.`
                : `Objects with the property ${gathered.name}.`,
            ],
          }
        : NO_INPUT,
      hasShouldProcess: shouldProcess !== undefined,
    }),
  };
}

function planOwn(definition: Definition, parameter: OperationParameter, position: number): ParameterPlan {
  const shape = resolveShape(parameter, definition.types);
  const isSwitch = shape.kind === 'boolean';
  const { default: value } = parameter;
  return planParameter({
    name: bareName(parameter.name),
    type: isSwitch ? 'switch' : `${powershellType(shape)}${parameter.many ? '[]' : ''}`,
    description:
      parameter.description ?? describedType(definition, parameter.type) ?? `The parameter ${parameter.name}.`,
    mandatory: !parameter.optional,
    position: isSwitch ? undefined : position,
    pipeline: parameter.pipeline,
    defaultValue: value === undefined || isSwitch ? undefined : [value].flat().join(', '),
    shape,
  });
}
