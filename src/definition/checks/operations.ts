/** Checks of operations: the parameters of a service of the program. */
import { DIAGNOSIS, DIAGNOSIS_OPERATIONS } from '../../diagnosis/provider.js';
import { EXTENSIONS, extensionOf } from '../../extensions/registry.js';
import { wholeNumberOf } from '../../kinds/index.js';
import { suggestion } from '../near-names.js';
import { own } from '../own.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, OperationDefinition, OperationParameter } from '../types.js';
import { misfit } from './operation-use.js';
import { checkParameterNames } from './parameter-names.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';
import { checkSpec } from './types.js';

export function checkOperations(source: DefinitionSource, report: Report): void {
  for (const [name, operation] of Object.entries(source.operations ?? {})) {
    const place = pointerTo('operations', name);
    if (Object.hasOwn(source.functions, name)) report(place, `'${name}' is also the name of a function`);
    checkProvider(source, operation, place, report);
    checkParameterNames(
      operation.parameters.map((one) => ({ name: one.name, direction: 'in' as const })),
      place,
      report,
    );
    operation.parameters.forEach((parameter, index) => {
      checkSpec(source, parameter, place + pointerTo('parameters', index), report);
      checkDefault(source, parameter, place + pointerTo('parameters', index), report);
      checkRanges(source, parameter, place + pointerTo('parameters', index), report);
    });
    checkPipeline(operation, place, report);
  }
}

/** Checks the provider: it must be in every program, or belong to the extension that the definition names. */
function checkProvider(
  source: DefinitionSource,
  { provider: name, operation }: OperationDefinition,
  place: string,
  report: Report,
): void {
  const ofExtension = Object.entries(extensionOf(source)?.program.providers ?? {});
  const providers: Readonly<Record<string, readonly string[]>> = {
    [DIAGNOSIS]: DIAGNOSIS_OPERATIONS,
    ...Object.fromEntries(ofExtension.map(([one, { operations }]) => [one, operations])),
  };
  const operations = own(providers, name);
  if (operations?.includes(operation)) return;
  if (operations) {
    const hint = suggestion(operation, operations);
    report(`${place}/operation`, `the provider '${name}' has no operation '${operation}'; ${hint}`);
    return;
  }
  const owner = EXTENSIONS.find(({ program }) => Object.hasOwn(program.providers, name));
  report(
    `${place}/provider`,
    owner
      ? `'${name}' belongs to the extension '${owner.program.name}'; add "extension": "${owner.program.name}" to the definition`
      : `there is no provider '${name}'; ${suggestion(name, Object.keys(providers))}`,
  );
}

/**
 * Checks pipeline input: a cmdlet collects the values of one parameter, and others can come as properties of the same
 * objects.
 */
function checkPipeline({ parameters, changesState }: OperationDefinition, place: string, report: Report): void {
  if (changesState) {
    parameters.forEach(({ pipeline, many }, index) => {
      const at = place + pointerTo('parameters', index);
      if (pipeline === 'value')
        report(`${at}/pipeline`, "the pipeline parameters of a cmdlet that changes something must use 'propertyName'");
      if (many) report(`${at}/many`, 'an operation that changes something takes one value for each parameter');
    });
    return;
  }
  const byValue = parameters.findIndex(({ pipeline }) => pipeline === 'value');
  const gathered = byValue < 0 ? parameters.findIndex(({ pipeline }) => pipeline !== undefined) : byValue;
  parameters.forEach(({ pipeline, many }, index) => {
    const at = place + pointerTo('parameters', index, 'pipeline');
    if (index === gathered && !many) report(at, "a parameter that takes values from the pipeline needs 'many'");
    if (index !== gathered && pipeline === 'value')
      report(at, 'only one parameter of an operation can take values from the pipeline');
  });
}

/** Checks ranges: only a parameter of several whole numbers can have them. */
function checkRanges(source: DefinitionSource, parameter: OperationParameter, place: string, report: Report): void {
  if (!parameter.ranges) return;
  const shape = resolveType(source, parameter);
  const isMany = parameter.many === true && (shape === undefined || wholeNumberOf(shape) !== undefined);
  if (!isMany) report(`${place}/ranges`, "a parameter that takes ranges must be an integer with 'many'");
}

/** Checks a default: it must be a valid value, and the parameter must be optional. */
export function checkDefault(
  source: DefinitionSource,
  parameter: OperationParameter,
  place: string,
  report: Report,
): void {
  if (parameter.default === undefined) return;
  if (!parameter.optional) report(`${place}/default`, 'a mandatory parameter cannot have a default');
  const problem = misfit(source, parameter, parameter.default);
  if (problem) report(`${place}/default`, problem);
}
