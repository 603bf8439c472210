/** Compares one cmdlet of a module with its definition. */
import type { Definition, Terms } from '../definition/types.js';
import { returnedTypes } from '../generator/plan-common.js';
import { guardingTerms } from '../generator/plan-function-cmdlet.js';
import { REASON_PARAMETER, takesReason } from '../generator/plan-reason.js';
import { isLeftToProgram } from '../generator/plan-test-values.js';
import { dotnetType, limitsOf, type Shape } from '../kinds/index.js';
import type { CmdletModel, CmdletParameter } from '../model/types.js';
import { outputKind } from '../outputs/registry.js';
import { type Comparison, same, sameNames } from './comparison.js';
import type { CommandFacts, ParameterFacts } from './module-facts.js';

/** Returns every comparison for one exported cmdlet. */
export function verifyCmdlet(definition: Definition, cmdlet: CmdletModel, facts: CommandFacts): Comparison[] {
  const { parameters: expected } = cmdlet;
  const added = addedParameters(definition, cmdlet);
  const terms = termsOf(cmdlet, [...expected.map(({ name }) => name), ...added]);
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
        isLeftToProgram(cmdlet, one),
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
    // ConfirmImpact has no effect on a command that never prompts.
    ...(cmdlet.shouldProcess
      ? [same(`${cmdlet.name}: ConfirmImpact`, cmdlet.shouldProcess.impact, facts.confirmImpact)]
      : []),
    same(`${cmdlet.name}: synopsis`, oneLine(cmdlet.synopsis), oneLine(facts.synopsis)),
  ];
}

/** The .NET type of a parameter. */
function typeOf({ type }: CmdletParameter): string {
  return dotnetType(type);
}

/** A parameter that is missing has been reported with the names. */
function verifyParameter(
  name: string,
  expected: CmdletParameter,
  facts: ParameterFacts | undefined,
  isOpen: boolean,
): Comparison[] {
  if (facts === undefined) return [];
  return [
    same(`${name}: type`, typeOf(expected), facts.type),
    same(`${name}: Mandatory`, flag(expected.mandatory), facts.mandatory),
    ...(expected.position === undefined ? [] : [same(`${name}: Position`, String(expected.position), facts.position)]),
    same(`${name}: ValueFromPipelineByPropertyName`, flag(expected.pipeline !== undefined), facts.byPropertyName),
    ...(isOpen ? [] : verifyValues(name, expected.shape, facts)),
  ];
}

/** The permitted words of the variant for pipeline input, by parameter name. */
function termsOf(cmdlet: CmdletModel, declared: readonly string[]): Terms {
  return cmdlet.calls === 'function' ? guardingTerms(cmdlet.fn, declared) : {};
}

function verifyTerm(name: string, word: string, facts: ParameterFacts | undefined): Comparison[] {
  if (facts === undefined) return [];
  return [
    same(`${name}: type`, 'System.String', facts.type),
    same(`${name}: Mandatory`, 'False', facts.mandatory),
    same(`${name}: ValueFromPipelineByPropertyName`, 'True', facts.byPropertyName),
    sameNames(`${name}: ValidateSet`, [word], facts.validValues),
  ];
}

/** Limits that only the bridge checks are not visible here. */
function verifyValues(name: string, shape: Shape, facts: ParameterFacts): Comparison[] {
  const limits = limitsOf(shape);
  if (limits === undefined) return [];
  if ('words' in limits) return [sameNames(`${name}: ValidateSet`, limits.words, facts.validValues)];
  const { minimum, maximum, ofType } = limits;
  const actual = `${facts.minimum ?? ofType.minimum} to ${facts.maximum ?? ofType.maximum}`;
  return [same(`${name}: range`, `${minimum} to ${maximum}`, actual)];
}

/** Parameters of the cmdlet that do not come from its function or operation. */
function addedParameters(definition: Definition, cmdlet: CmdletModel): string[] {
  const { shouldProcess, existing, output } = cmdlet;
  const fn = cmdlet.calls === 'function' ? cmdlet.fn : undefined;
  return [
    ...(fn ? ['InputObject'] : []),
    ...(shouldProcess?.impact === 'High' ? ['Force'] : []),
    ...(existing ? [existing.switch] : []),
    ...(takesReason(definition, cmdlet.calls === 'function' ? cmdlet.fn : cmdlet.of) ? [REASON_PARAMETER.name] : []),
    ...(outputKind(output).parameters ?? []).map(({ name }) => name),
  ];
}

function outputTypes(definition: Definition, cmdlet: CmdletModel): string[] {
  return returnedTypes(definition, cmdlet).map(({ name }) => name);
}

/** A declaration of no output is equivalent to no declaration. */
function isValueType(name: string): boolean {
  return name !== 'System.Void';
}

function flag(value: boolean): string {
  return value ? 'True' : 'False';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
