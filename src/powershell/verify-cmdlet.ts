/** One cmdlet of a module against its definition. */
import { integerRange, resolveShape, type Shape } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet, ExpandedFunction, ParameterDefinition, Terms } from '../definition/types.js';
import { guardingTerms } from '../generator/plan-function-cmdlet.js';
import { REASON_PARAMETER, takesReason } from '../generator/plan-reason.js';
import { dotnetType, powershellType } from '../generator/powershell-types.js';
import { outputKind } from '../outputs/registry.js';
import { type Check, same, sameNames } from './checks.js';
import type { CommandFacts, ParameterFacts } from './module-facts.js';

/** Every comparison for one exported cmdlet. */
export function verifyCmdlet(definition: Definition, cmdlet: ExpandedCmdlet, facts: CommandFacts): Check[] {
  const expected = cmdlet.operation === undefined ? ofFunction(definition, cmdlet) : ofOperation(definition, cmdlet);
  const added = addedParameters(definition, cmdlet);
  const terms = termsOf(definition, cmdlet, [...expected.map(({ name }) => name), ...added]);
  return [
    sameNames(
      `${cmdlet.name}: parameters`,
      [...expected.map((one) => one.name), ...added, ...Object.keys(terms)],
      facts.parameters.map((one) => one.name),
    ),
    ...expected.flatMap((one) =>
      verifyParameter(
        `${cmdlet.name} -${one.name}`,
        one,
        facts.parameters.find(({ name }) => name === one.name),
      ),
    ),
    ...Object.entries(terms).flatMap(([name, word]) =>
      verifyTerm(
        `${cmdlet.name} -${name}`,
        word,
        facts.parameters.find((one) => one.name === name),
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
  readonly name: string;
  readonly type: string;
  readonly shape: Shape;
  readonly mandatory: boolean;
  /** Undefined for one that is only given by name. */
  readonly position: number | undefined;
  readonly byPropertyName: boolean;
}

function ofFunction(definition: Definition, cmdlet: ExpandedCmdlet): ExpectedParameter[] {
  return inputsOf(definition.functions[cmdlet.function ?? '']).map((input, position) => {
    const shape = resolveShape(input, definition.types);
    const type = dotnetType(powershellType(shape));
    return { name: input.name, type, shape, mandatory: true, position, byPropertyName: true };
  });
}

function ofOperation(definition: Definition, cmdlet: ExpandedCmdlet): ExpectedParameter[] {
  const parameters = definition.operations[cmdlet.operation ?? '']?.parameters ?? [];
  const asked = parameters.filter(({ name }) => !Object.hasOwn(cmdlet.arguments ?? {}, name));
  return asked.map(({ optional, pipeline, many, ...parameter }, position) => {
    const shape = resolveShape(parameter, definition.types);
    const isSwitch = shape.kind === 'boolean';
    const type = dotnetType(powershellType(shape)) + (many ? '[]' : '');
    return {
      name: parameter.name,
      type: isSwitch ? 'System.Management.Automation.SwitchParameter' : type,
      shape,
      mandatory: !optional,
      position: isSwitch ? undefined : position,
      byPropertyName: pipeline !== undefined,
    };
  });
}

/** A parameter that is missing has been reported with the names. */
function verifyParameter(name: string, expected: ExpectedParameter, facts: ParameterFacts | undefined): Check[] {
  if (facts === undefined) return [];
  return [
    same(`${name}: type`, expected.type, facts.type),
    same(`${name}: Mandatory`, flag(expected.mandatory), facts.mandatory),
    ...(expected.position === undefined ? [] : [same(`${name}: Position`, String(expected.position), facts.position)]),
    same(`${name}: ValueFromPipelineByPropertyName`, flag(expected.byPropertyName), facts.byPropertyName),
    ...verifyValues(name, expected.shape, facts),
  ];
}

/** The words of the variant that the cmdlet accepts from the pipeline, by the names of their parameters. */
function termsOf(definition: Definition, cmdlet: ExpandedCmdlet, declared: readonly string[]): Terms {
  const fn = definition.functions[cmdlet.function ?? ''];
  return fn === undefined ? {} : guardingTerms(definition, fn, declared);
}

function verifyTerm(name: string, word: string, facts: ParameterFacts | undefined): Check[] {
  if (facts === undefined) return [];
  return [
    same(`${name}: type`, 'System.String', facts.type),
    same(`${name}: Mandatory`, 'False', facts.mandatory),
    same(`${name}: ValueFromPipelineByPropertyName`, 'True', facts.byPropertyName),
    sameNames(`${name}: ValidateSet`, [word], facts.validValues),
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

/** Parameters that come with what a cmdlet does, not from its function or operation. */
function addedParameters(definition: Definition, cmdlet: ExpandedCmdlet): string[] {
  const { operation, shouldProcess, existing, output } = cmdlet;
  const fn = definition.functions[cmdlet.function ?? ''];
  return [
    ...(operation === undefined ? ['InputObject'] : []),
    ...(shouldProcess?.impact === 'High' ? ['Force'] : []),
    ...(existing ? [existing.switch] : []),
    ...(fn && takesReason(definition, fn) ? [REASON_PARAMETER.name] : []),
    ...(outputKind(output).parameters ?? []).map(({ name }) => name),
  ];
}

function outputTypes(definition: Definition, { output }: ExpandedCmdlet): string[] {
  return outputKind(output)
    .returns(output, definition)
    .map(({ name }) => name);
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
