/** One cmdlet of a module against its definition. */
import { integerRange, resolveShape, type Shape } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet, ExpandedFunction, ParameterDefinition } from '../definition/types.js';
import { dotnetType, powershellType } from '../generator/powershell-types.js';
import { type Check, same, sameNames } from './checks.js';
import type { CommandFacts, ParameterFacts } from './module-facts.js';

/** Every comparison for one exported cmdlet. */
export function verifyCmdlet(definition: Definition, cmdlet: ExpandedCmdlet, facts: CommandFacts): Check[] {
  const inputs = inputsOf(definition.functions[cmdlet.function]);
  return [
    sameNames(
      `${cmdlet.name}: parameters`,
      [...inputs.map((one) => one.name), ...addedParameters(cmdlet)],
      facts.parameters.map((one) => one.name),
    ),
    ...inputs.flatMap((input, position) =>
      verifyParameter(
        `${cmdlet.name} -${input.name}`,
        { position, shape: resolveShape(input, definition.types) },
        facts.parameters.find((one) => one.name === input.name),
      ),
    ),
    sameNames(`${cmdlet.name}: OutputType`, outputTypes(definition, cmdlet), facts.outputTypes.filter(isValueType)),
    same(
      `${cmdlet.name}: SupportsShouldProcess`,
      flag(cmdlet.shouldProcess !== undefined),
      facts.supportsShouldProcess,
    ),
    // The impact of a command that never asks means nothing.
    ...(cmdlet.shouldProcess
      ? [same(`${cmdlet.name}: ConfirmImpact`, cmdlet.shouldProcess.impact, facts.confirmImpact)]
      : []),
    same(`${cmdlet.name}: synopsis`, oneLine(cmdlet.synopsis), oneLine(facts.synopsis)),
  ];
}

interface ExpectedParameter {
  readonly position: number;
  readonly shape: Shape;
}

/** A parameter that is missing has been reported with the names. */
function verifyParameter(name: string, expected: ExpectedParameter, facts: ParameterFacts | undefined): Check[] {
  if (facts === undefined) return [];
  return [
    same(`${name}: type`, dotnetType(powershellType(expected.shape)), facts.type),
    same(`${name}: Mandatory`, flag(true), facts.mandatory),
    same(`${name}: Position`, String(expected.position), facts.position),
    same(`${name}: ValueFromPipelineByPropertyName`, flag(true), facts.byPropertyName),
    ...verifyValues(name, expected.shape, facts),
  ];
}

function verifyValues(name: string, shape: Shape, facts: ParameterFacts): Check[] {
  if (shape.kind === 'enum') return [sameNames(`${name}: ValidateSet`, Object.keys(shape.names), facts.validValues)];
  // The limits of a wide integer are the bridge's business: an attribute could not state them exactly.
  if (shape.kind !== 'integer' || shape.bits === 64 || shape.bits === 0) return [];
  const own = integerRange(shape);
  const actual = `${facts.minimum ?? own.minimum} to ${facts.maximum ?? own.maximum}`;
  return [same(`${name}: range`, `${shape.minimum} to ${shape.maximum}`, actual)];
}

function inputsOf(fn: ExpandedFunction | undefined): ParameterDefinition[] {
  return (fn?.parameters ?? []).filter((one) => one.direction !== 'out' && one.constant === undefined);
}

/** A cmdlet that asks by default can be told not to. */
function addedParameters(cmdlet: ExpandedCmdlet): string[] {
  return cmdlet.shouldProcess?.impact === 'High' ? ['Force'] : [];
}

function outputTypes(definition: Definition, { output }: ExpandedCmdlet): string[] {
  if (output.kind === 'boolean') return ['System.Boolean'];
  const typeName = output.kind === 'object' ? definition.objects[output.object]?.typeName : undefined;
  return typeName === undefined ? [] : [typeName];
}

/** Declaring that there is no output is the same as not declaring any. */
function isValueType(name: string): boolean {
  return name !== 'System.Void';
}

function flag(value: boolean): string {
  return value ? 'True' : 'False';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
