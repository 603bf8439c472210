/** The plan of a cmdlet over an operation of the program. */
import { resolveShape, travelsAsString } from '../definition/ctypes.js';
import type {
  Definition,
  ExpandedCmdlet,
  ObjectDefinition,
  OperationDefinition,
  OperationParameter,
} from '../definition/types.js';
import { argumentCode, bindingCode, describedType, FORCE, planShouldProcess } from './plan-common.js';
import { NO_INPUT, planHelp } from './plan-help.js';
import { planParameter } from './plan-parameter.js';
import type { OperationCmdletPlan, OperationOutputPlan, ParameterPlan, PropertyPlan } from './plan-types.js';
import { bareName, quoted } from './powershell-text.js';
import { dotnetType, powershellType } from './powershell-types.js';

export function planOperationCmdlet(definition: Definition, cmdlet: ExpandedCmdlet): OperationCmdletPlan {
  const name = bareName(cmdlet.operation ?? '');
  const operation = definition.operations[name] as OperationDefinition;
  const fixed = cmdlet.arguments ?? {};
  const asked = operation.parameters.filter((parameter) => !Object.hasOwn(fixed, parameter.name));
  const parameters = asked.map((parameter, position) => planOwn(definition, parameter, position));
  const gathered = asked.find((parameter) => parameter.pipeline !== undefined);
  const path = cmdlet.output.kind === 'file' ? [PATH] : [];
  const shouldProcess = planShouldProcess(cmdlet, new Set([...parameters, ...path].map((one) => one.name)));
  const declared = [...path, ...parameters, ...(shouldProcess?.force ? [FORCE] : [])];
  return {
    kind: 'operation',
    name: bareName(cmdlet.name),
    operation: name,
    binding: bindingCode(shouldProcess),
    outputType: outputTypeCode(definition, cmdlet),
    declared,
    parameters,
    fixed: Object.entries(fixed).map(([key, value]) => ({ name: bareName(key), value: argumentCode(value) })),
    gathered: gathered && bareName(gathered.name),
    output: planOutput(definition, cmdlet),
    asksSession: operation.provider === 'diagnosis',
    shouldProcess,
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

const PATH = planParameter({
  name: 'Path',
  type: 'string',
  description: 'The file to write. A file that is there is replaced.',
  mandatory: true,
  position: 0,
  attributes: ['[ValidateNotNullOrEmpty()]'],
});

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

function outputTypeCode(definition: Definition, { output }: ExpandedCmdlet): string {
  if (output.kind !== 'list') return quoted('System.IO.FileInfo');
  return quoted((definition.objects[output.object] as ObjectDefinition).typeName);
}

function planOutput(definition: Definition, { output }: ExpandedCmdlet): OperationOutputPlan {
  if (output.kind !== 'list') return { kind: 'file' };
  const object = definition.objects[output.object] as ObjectDefinition;
  const { expand } = output;
  return {
    kind: 'list',
    typeName: object.typeName,
    expand: expand && { from: bareName(expand.from), to: bareName(expand.to) },
    properties: object.properties.map((property) => planProperty(definition, property, expand?.from)),
  };
}

/** The value of a row's field under its type. The field that is expanded counts from row to row. */
function planProperty(
  definition: Definition,
  { name, from, type, optional }: ObjectDefinition['properties'][number],
  expanded: string | undefined,
): PropertyPlan {
  const shape = resolveShape({ type: type ?? 'LPCWSTR' }, definition.types);
  const source = from === expanded ? '$row_number' : `$row.${bareName(from)}`;
  const isNumber = shape.kind === 'integer' || shape.kind === 'float' || travelsAsString(shape);
  const cast = isNumber ? `[${powershellType(shape)}]${source}` : source;
  const value = optional && isNumber ? `$(if ($null -ne ${source}) { ${cast} })` : cast;
  return { name: bareName(name), value, single: value, constrained: value };
}
