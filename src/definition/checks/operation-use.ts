/** Checks of how a cmdlet uses an operation: the arguments that it sets, and those left to its caller. */
import { kindOf, type Shape } from '../../kinds/index.js';
import { termsFor } from '../expand.js';
import { fillDeep, spellings } from '../placeholders.js';
import { pointerTo } from '../source-text.js';
import type {
  ArgumentValue,
  CmdletDefinition,
  DefinitionSource,
  FixedArguments,
  OperationDefinition,
  OperationParameter,
} from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

/** An operation and the arguments that a cmdlet sets. */
interface OperationUse {
  readonly operation: string;
  readonly arguments?: FixedArguments;
}

/**
 * Returns the operation of a cmdlet if it exists. Checks that every argument names one of its parameters and has a
 * valid value, and that mandatory parameters are set, by an argument or by a parameter of the cmdlet (`given`).
 */
export function checkUse(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  use: OperationUse,
  given: ReadonlySet<string>,
  place: string,
  report: Report,
): OperationDefinition | undefined {
  const operation = Object.hasOwn(source.operations ?? {}, use.operation)
    ? source.operations?.[use.operation]
    : undefined;
  if (!operation) {
    report(`${place}/operation`, `there is no operation '${use.operation}'`);
    return undefined;
  }
  for (const [name, value] of Object.entries(use.arguments ?? {})) {
    const at = place + pointerTo('arguments', name);
    const parameter = operation.parameters.find((one) => one.name === name);
    if (!parameter) report(at, `${use.operation} has no parameter '${name}'`);
    const problems = termsFor(cmdlet.name, source.variants ?? {}).map((terms) =>
      parameter ? misfit(source, parameter, fillDeep(value, spellings(terms))) : undefined,
    );
    const problem = problems.find((one) => one !== undefined);
    if (problem) report(at, problem);
  }
  for (const { name, optional } of operation.parameters) {
    if (!optional && !given.has(name) && !Object.hasOwn(use.arguments ?? {}, name))
      report(
        place,
        `${use.operation} needs '${name}': add the parameter to the cmdlet, or set it in the cmdlet's arguments`,
      );
  }
  return operation;
}

/** Returns the mistake in a parameter's value; undefined if there is none. */
export function misfit(
  source: DefinitionSource,
  parameter: OperationParameter,
  value: ArgumentValue,
): string | undefined {
  const shape = resolveType(source, parameter);
  if (!shape) return undefined;
  if (!parameter.many) return Array.isArray(value) ? 'must be a single value' : misfitOne(shape, value);
  if (!Array.isArray(value)) return 'must be an array, because the parameter takes several values';
  return value.map((one: ArgumentValue) => misfitOne(shape, one)).find((problem) => problem !== undefined);
}

function misfitOne(shape: Shape, value: ArgumentValue): string | undefined {
  const { argumentProblem } = kindOf(shape);
  return argumentProblem ? argumentProblem(shape, value) : 'a parameter of this type cannot be set here';
}
