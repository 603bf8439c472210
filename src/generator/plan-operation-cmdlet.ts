/** The plan of a cmdlet over an operation of the program. */
import { resolveShape, travelsAsString } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet, ObjectDefinition, OperationDefinition } from '../definition/types.js';
import { bindingCode, describedType, FORCE, planHelp, planShouldProcess, validationOf } from './plan-common.js';
import type { OperationCmdletPlan, OperationOutputPlan, ParameterPlan, PropertyPlan } from './plan-types.js';
import { bareName, helpLines, quoted } from './powershell-text.js';
import { powershellType } from './powershell-types.js';

export function planOperationCmdlet(definition: Definition, cmdlet: ExpandedCmdlet): OperationCmdletPlan {
  const name = bareName(cmdlet.operation ?? '');
  const operation = definition.operations[name] as OperationDefinition;
  const parameters = operation.parameters.map((parameter, position) => planParameter(definition, parameter, position));
  const gathered = operation.parameters.find((parameter) => parameter.pipeline !== undefined)?.name;
  const path = cmdlet.output.kind === 'file' ? [PATH] : [];
  const shouldProcess = planShouldProcess(cmdlet, new Set([...parameters, ...path].map((one) => one.name)));
  return {
    kind: 'operation',
    name: bareName(cmdlet.name),
    operation: name,
    binding: bindingCode(shouldProcess),
    outputType: outputTypeCode(definition, cmdlet),
    declared: [...path, ...parameters, ...(shouldProcess?.force ? [FORCE] : [])],
    parameters,
    gathered: gathered === undefined ? undefined : bareName(gathered),
    output: planOutput(definition, cmdlet),
    asksSession: operation.provider === 'diagnosis',
    shouldProcess,
    help: planHelp(definition, cmdlet, gathered === undefined ? 'None' : `Values of the parameter ${gathered}.`),
  };
}

const PATH: ParameterPlan = {
  name: 'Path',
  type: 'string',
  attributes: ['[Parameter(Mandatory = $true, Position = 0)]', '[ValidateNotNullOrEmpty()]'],
  help: ['The file to write. A file that is there is replaced.'],
};

function planParameter(
  definition: Definition,
  parameter: OperationDefinition['parameters'][number],
  position: number,
): ParameterPlan & { readonly many: boolean } {
  const shape = resolveShape(parameter, definition.types);
  const validation = validationOf(shape);
  const type = shape.kind === 'boolean' ? 'switch' : `${powershellType(shape)}${parameter.many ? '[]' : ''}`;
  const facts = [
    ...(parameter.optional ? [] : ['Mandatory = $true']),
    ...(shape.kind === 'boolean' ? [] : [`Position = ${position}`]),
    ...(parameter.pipeline === 'value' ? ['ValueFromPipeline = $true'] : []),
    ...(parameter.pipeline === undefined ? [] : ['ValueFromPipelineByPropertyName = $true']),
  ];
  return {
    name: bareName(parameter.name),
    type,
    many: parameter.many === true,
    attributes: [
      ...(facts.length === 0 ? [] : [`[Parameter(${facts.join(', ')})]`]),
      ...(validation === undefined ? [] : [validation]),
    ],
    help: helpLines(
      parameter.description ?? describedType(definition, parameter.type) ?? `The parameter ${parameter.name}.`,
    ),
  };
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
