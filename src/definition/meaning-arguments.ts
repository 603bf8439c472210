/** Checks of what a definition sets for an operation's parameters: defaults, and the arguments of cmdlets. */
import { resolveShape, type Shape, TypeResolutionError } from './ctypes.js';
import { termsFor } from './expand.js';
import { fillDeep, spellings } from './placeholders.js';
import type { Report } from './report.js';
import { pointerTo } from './source-text.js';
import type {
  ArgumentValue,
  CmdletDefinition,
  DefinitionSource,
  FixedArguments,
  OperationDefinition,
  OperationParameter,
} from './types.js';

/** A default is a value of the parameter, and only what may be left out has one. */
export function checkDefault(
  source: DefinitionSource,
  parameter: OperationParameter,
  place: string,
  report: Report,
): void {
  if (parameter.default === undefined) return;
  if (!parameter.optional) report(`${place}/default`, 'a parameter that must be given has no default');
  const problem = misfit(source, parameter, parameter.default);
  if (problem) report(`${place}/default`, problem);
}

/** How a cmdlet uses an operation: which, and what it sets itself. */
interface OperationUse {
  readonly operation: string;
  readonly arguments?: FixedArguments;
}

/**
 * The operation that a cmdlet uses, when there is one of that name: every argument is one of its parameters and has a
 * value of it, and what must be given is, by an argument or by a parameter of the cmdlet (`given`).
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
      report(place, `${use.operation} needs '${name}', which the cmdlet neither has nor sets`);
  }
  return operation;
}

/** What is wrong with a value for a parameter; undefined when nothing is. */
function misfit(source: DefinitionSource, parameter: OperationParameter, value: ArgumentValue): string | undefined {
  const shape = shapeOf(source, parameter);
  if (!shape) return undefined;
  if (!parameter.many) return Array.isArray(value) ? 'must be a single value' : misfitOne(shape, value);
  if (!Array.isArray(value)) return 'must be an array, because the parameter takes many values';
  return value.map((one: ArgumentValue) => misfitOne(shape, one)).find((problem) => problem !== undefined);
}

function misfitOne(shape: Shape, value: ArgumentValue): string | undefined {
  const shown = JSON.stringify(value);
  switch (shape.kind) {
    case 'enum':
      return Object.hasOwn(shape.names, String(value))
        ? undefined
        : `${shown} is not one of ${Object.keys(shape.names).join(', ')}`;
    case 'integer':
      if (!Number.isSafeInteger(value)) return `${shown} is not a whole number`;
      return BigInt(value as number) < shape.minimum || BigInt(value as number) > shape.maximum
        ? `${shown} is not in the range ${shape.minimum} to ${shape.maximum}`
        : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${shown} is neither true nor false`;
    case 'string':
      return typeof value === 'string' ? undefined : `${shown} is not a text`;
    default:
      return 'a parameter of this type cannot have a value here';
  }
}

/** A type that does not resolve has been reported where it stands. */
function shapeOf(source: DefinitionSource, parameter: OperationParameter): Shape | undefined {
  try {
    return resolveShape(parameter, source.types ?? {});
  } catch (error) {
    if (error instanceof TypeResolutionError) return undefined;
    throw error;
  }
}
