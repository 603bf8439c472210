/** Plans a cmdlet over an operation of the program. */
import type { Definition } from '../definition/types.js';
import { listed } from '../definition/words.js';
import { dotnetType, kindOf, limitsOf, powershellType } from '../kinds/index.js';
import type { CmdletParameter, OperationCmdlet } from '../model/types.js';
import { outputKind } from '../outputs/registry.js';
import { gatheredOf } from './facts.js';
import { bindingCode, callVariable, FORCE, outputParameters, outputTypes, planShouldProcess } from './plan-common.js';
import { NO_INPUT, planHelp } from './plan-help.js';
import { planParameter } from './plan-parameter.js';
import { REASON_PARAMETER, takesReason } from './plan-reason.js';
import type { CmdletPlan, ParameterPlan, TypeHelp } from './plan-types.js';
import { bareName } from './powershell-text.js';

export function planOperationCmdlet(definition: Definition, cmdlet: OperationCmdlet): CmdletPlan {
  const swapped = eitherOrder(cmdlet.parameters);
  const sets = swapped.map(({ name }) => bareName(name));
  const parameters = cmdlet.parameters.map((one) => {
    const place = swapped.indexOf(one);
    if (place < 0) return planOwn(one);
    return planOwn(one, Object.fromEntries(sets.map((set, index) => [set, Number(index !== place)])));
  });
  const shouldProcess = planShouldProcess(cmdlet);
  const declared = [
    ...outputParameters(cmdlet.output),
    ...parameters,
    ...(takesReason(definition, cmdlet.of) ? [REASON_PARAMETER] : []),
    ...(shouldProcess?.force ? [FORCE] : []),
  ];
  return {
    name: bareName(cmdlet.name),
    binding: bindingCode(shouldProcess, sets[0]),
    outputTypes: outputTypes(definition, cmdlet),
    variable: callVariable(declared),
    declared,
    shouldProcess,
    suppressions: outputKind(cmdlet.output).suppressions ?? [],
    help: planHelp(definition, cmdlet, {
      declared,
      sets,
      inputs: planInputs(cmdlet),
      hasShouldProcess: shouldProcess !== undefined,
    }),
  };
}

/**
 * The first two parameters, if they are optional numbers and then words: PowerShell tells them apart, so either can
 * stand first. Each order is a parameter set, named after its first parameter.
 */
function eitherOrder([numbers, words]: readonly CmdletParameter[]): readonly CmdletParameter[] {
  if (numbers === undefined || words === undefined) return [];
  const isOptional = [numbers, words].every(({ mandatory, pipeline }) => !mandatory && pipeline === undefined);
  const limits = limitsOf(words.shape);
  const isTold = kindOf(numbers.shape).isNumeric === true && limits !== undefined && 'words' in limits;
  return isOptional && isTold ? [numbers, words] : [];
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
    ? { name, description: [`Values of the parameter ${gathered.name}, or objects with a property of that name.`] }
    : { name, description: [`Objects with the property ${gathered.name}.`] };
}

/** `places` are the positions in each set, in the order of the sets. */
function planOwn(parameter: CmdletParameter, places?: Record<string, number>): ParameterPlan {
  const { shape, isSwitch, mandatory, position, pipeline, default: value } = parameter;
  return planParameter({
    name: bareName(parameter.name),
    type: parameter.type,
    description: parameter.description ?? `The parameter ${parameter.name}.`,
    mandatory,
    position,
    ...(places && { places, sets: Object.keys(places) }),
    pipeline,
    defaultValue: value === undefined || isSwitch ? undefined : [value].flat().join(', '),
    shape,
  });
}
