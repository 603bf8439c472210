/** Plans a cmdlet over a native function. */
import type { Definition, Terms } from '../definition/types.js';
import { dotnetType, kindOf, type Shape } from '../kinds/index.js';
import type { CmdletParameter, FunctionCmdlet, FunctionModel } from '../model/types.js';
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
import { planParameter, switchParameter } from './plan-parameter.js';
import { REASON_PARAMETER, takesReason } from './plan-reason.js';
import type { CmdletPlan, ParameterPlan, TypeHelp } from './plan-types.js';
import { bareName, quoted } from './powershell-text.js';
import { describedInput, leftOut } from './value-help.js';

export function planFunctionCmdlet(definition: Definition, cmdlet: FunctionCmdlet): CmdletPlan {
  const { fn } = cmdlet;
  const ownSets = Object.keys(cmdlet.parameterSets ?? { [OWN_SET]: [] });
  const parameters = cmdlet.parameters.map((one) => planInput(definition, cmdlet, one, ownSets));
  const shouldProcess = planShouldProcess(cmdlet);
  const hasInputObject = takesInputObject(fn);
  const declared = [
    ...parameters,
    ...(hasInputObject ? [INPUT_OBJECT] : []),
    ...extraParameters(cmdlet),
    ...(takesReason(definition, fn) ? [REASON_PARAMETER] : []),
  ];
  const all = [...declared, ...termParameters(fn, declared)];
  return {
    name: bareName(cmdlet.name),
    binding: bindingCode(shouldProcess, hasInputObject ? ownSets[0] : undefined),
    outputTypes: outputTypes(definition, cmdlet),
    variable: callVariable(all),
    declared: all,
    shouldProcess,
    suppressions: suppressionsOf(cmdlet),
    help: planHelp(definition, cmdlet, {
      declared: all,
      sets: hasInputObject ? [...ownSets, INPUT_OBJECT_SET] : [],
      inputs: inputHelp(parameters),
      hasShouldProcess: shouldProcess !== undefined,
    }),
  };
}

/** True if the cmdlet accepts an array of objects instead of the parameters. */
export function takesInputObject({ inputs }: FunctionModel): boolean {
  return inputs.length > 0 && !inputs.some(({ name }) => /^InputObject$/i.test(name));
}

function planInput(
  definition: Definition,
  cmdlet: FunctionCmdlet,
  parameter: CmdletParameter,
  ownSets: readonly string[],
): ParameterPlan {
  const { shape, mandatory, position, pipeline, aliases, sets, type, default: value } = parameter;
  const name = bareName(parameter.name);
  return planParameter({
    name,
    type,
    description: parameter.description ?? describedInput(definition, cmdlet, parameter),
    more: leftOut(parameter),
    takesNull: !mandatory && value === undefined,
    mandatory,
    position,
    sets: sets.length > 0 ? sets : ownSets,
    aliases: aliases.map(bareName),
    pipeline,
    defaultValue: value === undefined ? undefined : String(value),
    shape,
    words: kindOf(shape).words?.(shape),
    // PowerShell rejects what is empty for a mandatory parameter by default, and null for many types.
    attributes: [
      ...(type === 'object' ? ['[AllowNull()]'] : []),
      ...(isText(shape) ? ['[AllowEmptyString()]'] : []),
      ...(kindOf(shape).elements?.(shape, 'in') === 0 ? ['[AllowEmptyCollection()]'] : []),
    ],
  });
}

/** True for a text, or for several. */
function isText(shape: Shape): boolean {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  return kind.isText === true || (element !== undefined && isText(element));
}

/**
 * The cmdlet's variant as parameters that accept no other value, so that a piped object of another variant is rejected.
 */
function termParameters(fn: FunctionModel, declared: readonly ParameterPlan[]): ParameterPlan[] {
  const names = declared.map(({ name }) => name);
  return Object.entries(guardingTerms(fn, names)).map(([name, word]) =>
    planParameter({
      name: bareName(name),
      type: 'string',
      description: `Only ${word}. A piped object with another ${name} is an error.`,
      pipeline: 'propertyName',
      attributes: [`[ValidateSet(${quoted(word)})]`],
    }),
  );
}

/**
 * The function's terms that become such parameters: none without pipeline input, and none whose name is declared
 * already.
 */
export function guardingTerms({ inputs, computed, terms }: FunctionModel, declared: readonly string[]): Terms {
  const taken = [...declared, ...computed.map(({ name }) => name)].map((name) => name.toLowerCase());
  const isFree = ([name]: [string, string]) => inputs.length > 0 && !taken.includes(name.toLowerCase());
  return Object.fromEntries(Object.entries(terms).filter(isFree));
}

function inputHelp(parameters: readonly ParameterPlan[]): TypeHelp {
  const names = parameters.map(({ name }) => name);
  const [first] = parameters;
  if (first === undefined) return NO_INPUT;
  if (first.help.pipeline === 'value')
    return {
      name: dotnetType(first.type),
      description: [`Values of the parameter ${first.name}, or objects with a property of that name.`],
    };
  return {
    name: 'System.Management.Automation.PSObject',
    description: [`Any object with the ${names.length === 1 ? 'property' : 'properties'} ${names.join(', ')}.`],
  };
}

function extraParameters({ fn, output, existing, shouldProcess }: FunctionCmdlet): ParameterPlan[] {
  const extra: ParameterPlan[] = [];
  if (usesHandle(fn)) extra.push(PASS_THRU);
  if (existing) extra.push(switchParameter(bareName(existing.switch), existing.description));
  extra.push(...outputParameters(output));
  if (shouldProcess?.impact === 'High') extra.push(FORCE);
  return extra;
}

/** True for a cmdlet that a handle can be piped through: it takes one handle, and does not release it. */
function usesHandle({ name, inputs }: FunctionModel): boolean {
  const releases = inputs.flatMap(({ shape }) => kindOf(shape).release?.(shape) ?? []);
  const isFree = !inputs.some((one) => /^PassThru$/i.test(one.name));
  return releases.length === 1 && releases[0] !== name && isFree;
}

const PASS_THRU = switchParameter(
  'PassThru',
  'Returns the handle instead of the result, for the next command in the pipeline, and does not release it at the end.',
);

/** The parameter set of the function's parameters, unless the definition has others. */
const OWN_SET = 'Values';

/** The parameter set that takes objects instead. */
export const INPUT_OBJECT_SET = 'InputObject';

const INPUT_OBJECT = planParameter({
  name: 'InputObject',
  type: 'psobject[]',
  description:
    'The objects to work on, instead of pipeline input. Each object has a property for each of the other mandatory parameters.',
  mandatory: true,
  sets: [INPUT_OBJECT_SET],
});
