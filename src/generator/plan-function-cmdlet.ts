/** The plan of a cmdlet over a native function. */
import { resolveShape, type Shape, travelsAsString } from '../definition/ctypes.js';
import { own } from '../definition/own.js';
import type { Definition, ExpandedCmdlet, ExpandedFunction, ObjectDefinition } from '../definition/types.js';
import { bindingCode, describedType, FORCE, planShouldProcess } from './plan-common.js';
import { NO_INPUT, planHelp } from './plan-help.js';
import { planParameter, switchParameter } from './plan-parameter.js';
import { REASON_PARAMETER, reasonCode, takesReason } from './plan-reason.js';
import type {
  ComputedPlan,
  FunctionCmdletPlan,
  OutputPlan,
  ParameterPlan,
  PropertyPlan,
  QueuedParameter,
} from './plan-types.js';
import { bareName, numeral, quoted, template } from './powershell-text.js';
import { powershellType } from './powershell-types.js';

export function planFunctionCmdlet(definition: Definition, cmdlet: ExpandedCmdlet): FunctionCmdletPlan {
  const fn = definition.functions[cmdlet.function ?? ''] as ExpandedFunction;
  const inputs = inputsOf(fn);
  const computed = computedOf(definition, fn);
  const variables = new Set([...inputs.map((one) => one.name), ...computed.map((one) => one.name)]);
  const parameters = inputs.map((parameter, position) => planInput(definition, parameter, position));
  const shouldProcess = planShouldProcess(cmdlet, variables);
  const hasInputObject = parameters.length > 0 && !inputs.some((one) => /^InputObject$/i.test(one.name));
  const declared = [
    ...parameters,
    ...(hasInputObject ? [INPUT_OBJECT] : []),
    ...extraParameters(cmdlet),
    ...(takesReason(definition, fn) ? [REASON_PARAMETER] : []),
  ];
  return {
    kind: 'function',
    name: bareName(cmdlet.name),
    function: fn.name,
    binding: bindingCode(shouldProcess, hasInputObject ? OWN_SET : undefined),
    outputType: outputTypeCode(definition, cmdlet),
    declared,
    parameters,
    hasInputObject,
    computed: computed.map((one) => planComputed(definition, fn, one, variables)),
    outputs: outputsOf(fn).map((one) => bareName(one.name)),
    digits: outputsOf(fn).every((one) => isWhole(resolveShape(one, definition.types))) ? 'true' : 'false',
    isBatched: parameters.length > 0 && !fn.changesState && cmdlet.output.kind !== 'socket',
    output: planOutput(definition, cmdlet, fn),
    existing: cmdlet.existing && { switch: bareName(cmdlet.existing.switch), errorId: cmdlet.existing.errorId },
    reason: reasonCode(definition, fn),
    changesState: fn.changesState === true,
    shouldProcess,
    warnings: planWarnings(definition, cmdlet, parameters),
    help: planHelp(definition, cmdlet, {
      declared,
      sets: hasInputObject ? [OWN_SET, INPUT_OBJECT_SET] : [],
      inputs:
        parameters.length === 0
          ? NO_INPUT
          : {
              name: 'System.Management.Automation.PSObject',
              description: [`Any object with the properties ${parameters.map(({ name }) => name).join(', ')}.`],
            },
      hasShouldProcess: shouldProcess !== undefined,
    }),
  };
}

function inputsOf(fn: ExpandedFunction) {
  return fn.parameters.filter((one) => one.direction !== 'out' && one.constant === undefined);
}

function outputsOf(fn: ExpandedFunction) {
  const written = fn.parameters.filter((one) => one.direction !== 'in' && one.constant === undefined);
  const { resultName, type } = fn.returns;
  return resultName === undefined ? written : [{ name: resultName, type }, ...written];
}

function isWhole(shape: Shape): boolean {
  return shape.kind === 'integer' || shape.kind === 'handle';
}

function computedOf(definition: Definition, fn: ExpandedFunction) {
  const names = new Set(inputsOf(fn).map((one) => one.name));
  return Object.entries(definition.computed)
    .filter(([, computed]) => computed.sum.every((name) => names.has(name)))
    .map(([name, computed]) => ({ name, definition: computed }));
}

function planInput(
  definition: Definition,
  parameter: ExpandedFunction['parameters'][number],
  position: number,
): QueuedParameter {
  const shape = resolveShape(parameter, definition.types);
  const name = bareName(parameter.name);
  return {
    ...planParameter({
      name,
      type: powershellType(shape),
      description:
        parameter.description ?? describedType(definition, parameter.type) ?? `The parameter ${name} of the function.`,
      mandatory: true,
      position,
      set: OWN_SET,
      pipeline: 'propertyName',
      shape,
    }),
    column: columnCode(shape, `$queue_${name}`),
    json: jsonCode(shape, `$${name}`),
  };
}

/** The parameters of the operation: those of the cmdlet that have the same names, and what the definition sets. */
function planWarnings(
  definition: Definition,
  { warnings }: ExpandedCmdlet,
  parameters: readonly QueuedParameter[],
): FunctionCmdletPlan['warnings'] {
  if (!warnings) return undefined;
  const names = definition.operations[warnings.operation]?.parameters.map((one) => one.name) ?? [];
  const fixed = Object.entries(warnings.arguments ?? {});
  const members = [
    ...parameters
      .filter(({ name }) => names.includes(name) && !fixed.some(([key]) => key === name))
      .map(({ name, json }) => ({ key: name, json })),
    ...fixed.map(([key, value]) => ({ key, json: quoted(JSON.stringify(value)) })),
  ];
  const code = members.map(({ key, json }, index) => `${quoted(`${index === 0 ? '{' : ','}"${key}":`)} + ${json}`);
  return { operation: bareName(warnings.operation), json: [...code, "'}'"].join(' + ') };
}

function extraParameters({ output, existing, shouldProcess }: ExpandedCmdlet): ParameterPlan[] {
  const extra: ParameterPlan[] = [];
  if (existing) extra.push(switchParameter(bareName(existing.switch), existing.description));
  if (output.kind === 'socket') extra.push(ADDRESS_FAMILY);
  if (shouldProcess?.impact === 'High') extra.push(FORCE);
  return extra;
}

/** The parameter set of the function's own parameters. */
const OWN_SET = 'Values';

/** The set of those who give objects instead. */
const INPUT_OBJECT_SET = 'InputObject';

const INPUT_OBJECT = planParameter({
  name: 'InputObject',
  type: 'psobject[]',
  description:
    'Objects to work on, in place of the pipeline: each has a property for each of the other mandatory parameters.',
  mandatory: true,
  set: INPUT_OBJECT_SET,
});

const ADDRESS_FAMILY = planParameter({
  name: 'AddressFamily',
  type: 'string',
  description: 'The address family of the socket, IPv4 or IPv6.',
  defaultValue: 'IPv4',
  attributes: [`[ValidateSet('IPv4', 'IPv6')]`],
});

/** `-join` and conversions to a string write numbers in the invariant culture; 64-bit integers and handles travel as decimal strings. */
function columnCode(shape: Shape, queue: string): string {
  if (travelsAsString(shape)) return `'["' + (${queue} -join '","') + '"]'`;
  // Takes a third of the time of the operator.
  if (shape.kind === 'integer') return `'[' + [string]::Join(',', [string[]]${queue}) + ']'`;
  return `(ConvertTo-PortableJson ${queue}.ToArray())`;
}

function jsonCode(shape: Shape, variable: string): string {
  if (travelsAsString(shape)) return `'"' + ${variable} + '"'`;
  if (shape.kind === 'integer') return `[string]${variable}`;
  return `(ConvertTo-PortableJson ${variable})`;
}

function planComputed(
  definition: Definition,
  fn: ExpandedFunction,
  { name, definition: computed }: ReturnType<typeof computedOf>[number],
  variables: ReadonlySet<string>,
): ComputedPlan {
  const { id, category, message, recommendedAction } = computed.violation;
  return {
    name: bareName(name),
    expression: sumCode(computed, fitsInt(definition, fn, computed) ? '$' : '[long]$'),
    maximum: numeral(computed.maximum),
    violation: {
      id,
      category,
      message: template(message, variables),
      action: template(recommendedAction, variables),
    },
  };
}

/** Whether a sum of so short integers is an int of PowerShell's by itself; a cast takes a millisecond of the first call, and time of each record. */
function fitsInt(definition: Definition, fn: ExpandedFunction, { sum }: Definition['computed'][string]): boolean {
  return sum.every((term) => {
    const parameter = fn.parameters.find(({ name }) => name === term);
    const shape = parameter && resolveShape(parameter, definition.types);
    return shape?.kind === 'integer' && (shape.bits === 8 || shape.bits === 16);
  });
}

/** The sum of a computed value; `prefix` is what stands before the names of the variables. */
function sumCode(computed: Definition['computed'][string], prefix: string): string {
  const add = computed.add ?? 0;
  const sum = computed.sum.map((term) => `${prefix}${bareName(term)}`).join(' + ');
  return add === 0 ? sum : `${sum} ${add < 0 ? '-' : '+'} ${numeral(Math.abs(add))}`;
}

function outputTypeCode(definition: Definition, { output }: ExpandedCmdlet): string | undefined {
  if (output.kind === 'boolean') return '[bool]';
  if (output.kind === 'socket') return quoted('System.Net.Sockets.Socket');
  if (output.kind !== 'object') return undefined;
  return quoted((definition.objects[output.object] as ObjectDefinition).typeName);
}

function planOutput(definition: Definition, { output }: ExpandedCmdlet, fn: ExpandedFunction): OutputPlan {
  if (output.kind === 'object') {
    const object = definition.objects[output.object] as ObjectDefinition;
    const properties = object.properties.map((property) => planProperty(definition, fn, property));
    return { kind: 'object', typeName: object.typeName, properties };
  }
  if (output.kind === 'list' || output.kind === 'file') throw new Error(`'${output.kind}' needs an operation`);
  return output;
}

function planProperty(
  definition: Definition,
  fn: ExpandedFunction,
  { name, from }: ObjectDefinition['properties'][number],
): PropertyPlan {
  const code = propertyCode(definition, fn, from);
  return {
    name: bareName(name),
    ...(typeof code === 'string' ? { value: code, single: code, constrained: code } : code),
  };
}

/** One piece of code where it is the same in constrained language. */
function propertyCode(definition: Definition, fn: ExpandedFunction, from: string): string | Omit<PropertyPlan, 'name'> {
  const term = own(fn.terms, from);
  if (term !== undefined) return quoted(term);
  const name = bareName(from);
  const computed = own(definition.computed, from);
  if (computed) {
    const type = powershellType(resolveShape({ type: computed.type }, definition.types));
    return {
      value: `[${type}](${sumCode(computed, fitsInt(definition, fn, computed) ? '$row_' : '[long]$row_')})`,
      single: `[${type}]$${name}`,
      constrained: `[${type}]$${name}`,
    };
  }
  const parameter = fn.parameters.find((one) => one.name === from);
  if (parameter?.direction === 'in') return { value: `$row_${name}`, single: `$${name}`, constrained: `$${name}` };
  const shape = resolveShape(parameter ?? { type: fn.returns.type }, definition.types);
  return {
    value: resultCode(shape, `$column_${name}[$batch_row]`),
    single: resultCode(shape, `$Matches['${name}']`),
    constrained: castCode(shape, `$constrained_reply.result.${name}`),
  };
}

/** The value of a JSON result under its PowerShell type. */
function resultCode(shape: Shape, source: string): string {
  if (travelsAsString(shape)) {
    return `[${powershellType(shape)}]::Parse(${source}, $script:Invariant)`;
  }
  return castCode(shape, source);
}

function castCode(shape: Shape, source: string): string {
  const isNumber = shape.kind === 'integer' || shape.kind === 'float' || shape.kind === 'handle';
  return isNumber ? `[${powershellType(shape)}]${source}` : source;
}
