/** Checks of operations: the parameters of a service of the program. */
import { DIAGNOSIS } from '../../diagnosis/provider.js';
import { EXTENSIONS, extensionOf } from '../../extensions/registry.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, OperationDefinition, OperationParameter } from '../types.js';
import { misfit } from './operation-use.js';
import { checkParameterNames } from './parameter-names.js';
import type { Report } from './report.js';
import { checkSpec } from './types.js';

export function checkOperations(source: DefinitionSource, report: Report): void {
  for (const [name, operation] of Object.entries(source.operations ?? {})) {
    const place = pointerTo('operations', name);
    if (Object.hasOwn(source.functions, name)) report(place, `'${name}' is also the name of a function`);
    checkProvider(source, operation.provider, `${place}/provider`, report);
    checkParameterNames(
      operation.parameters.map((one) => ({ name: one.name, direction: 'in' as const })),
      place,
      report,
    );
    operation.parameters.forEach((parameter, index) => {
      checkSpec(source, parameter, place + pointerTo('parameters', index), report);
      checkDefault(source, parameter, place + pointerTo('parameters', index), report);
    });
    checkPipeline(operation, place, report);
  }
}

/** Operations are answered by a provider of every program, or of the extension that the definition names. */
function checkProvider(source: DefinitionSource, name: string, place: string, report: Report): void {
  const own = extensionOf(source)?.program.providers ?? {};
  if (name === DIAGNOSIS || Object.hasOwn(own, name)) return;
  const owner = EXTENSIONS.find(({ program }) => Object.hasOwn(program.providers, name));
  if (owner) {
    report(
      place,
      `'${name}' is a provider of the extension '${owner.program.name}', which the definition does not name`,
    );
  } else {
    const names = [DIAGNOSIS, ...Object.keys(own)].map((one) => `'${one}'`).join(', ');
    report(place, `there is no provider '${name}'; there is ${names}`);
  }
}

/** A cmdlet gathers the values of one parameter from the pipeline; others can come with them as properties of the same objects. */
function checkPipeline({ parameters }: OperationDefinition, place: string, report: Report): void {
  const byValue = parameters.findIndex(({ pipeline }) => pipeline === 'value');
  const gathered = byValue < 0 ? parameters.findIndex(({ pipeline }) => pipeline !== undefined) : byValue;
  parameters.forEach(({ pipeline, many }, index) => {
    const at = place + pointerTo('parameters', index, 'pipeline');
    if (index === gathered && !many)
      report(at, "the parameter that the pipeline fills takes many values, so it needs 'many'");
    if (index !== gathered && pipeline === 'value')
      report(at, 'only one parameter of an operation can take values of the pipeline');
  });
}

/** A default must be a valid value, and only an optional parameter has one. */
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
