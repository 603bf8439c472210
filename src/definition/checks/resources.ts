/**
 * Checks of DSC resources: their functions must match each other, and their properties must be possible in JSON and in
 * a class.
 */
import { kindOf, releasesOf, valueInWords, wholeNumberOf } from '../../kinds/index.js';
import { termsFor } from '../expand.js';
import { own } from '../own.js';
import { canCompute, haveSameInputs, inputsOf, isInput } from '../parameters.js';
import { placeholdersOf } from '../placeholders.js';
import { RESERVED_EXIT_CODES } from '../resource-codes.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, FunctionDefinition, ParameterDefinition, ResourceDefinition } from '../types.js';
import { isClassMember } from './names.js';
import { knownPlaceholders } from './placeholders.js';
import { type Report, reportRepeated } from './report.js';
import { resolveType } from './resolve-type.js';

type ResourceFunction = Pick<FunctionDefinition, 'parameters' | 'changesState'>;

export function checkResources(source: DefinitionSource, report: Report): void {
  const resources = Object.entries(source.dsc ?? {});
  for (const [name, resource] of resources) checkResource(source, resource, pointerTo('dsc', name), report);
  reportRepeated(
    resources.flatMap(([name, { type, list }]) => [
      { full: type, place: pointerTo('dsc', name, 'type') },
      ...(list ? [{ full: list.type, place: pointerTo('dsc', name, 'list', 'type') }] : []),
    ]),
    report,
  );
  reportRepeated(
    [source.name, ...resources.flatMap(([, one]) => one.class?.module ?? [])].map((full, index) => ({
      full,
      place: index === 0 ? '/name' : pointerTo('dsc'),
    })),
    report,
  );
}

function checkResource(source: DefinitionSource, resource: ResourceDefinition, place: string, report: Report): void {
  const lookup = checkFunctions(source, resource, place, report);
  checkErrorIds(source, resource, place, report);
  checkCandidates(source, resource, place, report);
  if (!lookup) return;
  const [name, fn] = lookup;
  checkProperties(source, resource, name, fn, place, report);
  const known = knownPlaceholders(source, name, fn);
  for (const used of placeholdersOf(resource.item)) {
    if (!known.has(used)) report(`${place}/item`, `{${used}} is not a parameter, a computed value or a variant`);
  }
  checkScope(source, resource, fn, place, report);
}

/** Reports functions that do not match each other; returns the lookup if it exists. */
function checkFunctions(
  source: DefinitionSource,
  { functions }: ResourceDefinition,
  place: string,
  report: Report,
): readonly [string, ResourceFunction] | undefined {
  const find = (name: string) => own(source.functions, name) ?? operationAsFunction(source, name);
  const lookup = find(functions.lookup);
  for (const role of ['lookup', 'create', 'delete'] as const) {
    const at = `${place}/functions/${role}`;
    const name = functions[role];
    const fn = find(name);
    if (!fn) {
      report(at, `there is no function '${name}'`);
      continue;
    }
    if (role === 'lookup' && fn.changesState)
      report(at, `'${name}' changes the system, so it cannot be used for a lookup`);
    if (lookup && !haveSameInputs(fn, lookup))
      report(at, `'${name}' does not have the same in parameters as '${functions.lookup}'`);
    if (variantOf(source, name) !== variantOf(source, functions.lookup))
      report(at, `'${name}' does not have the same variant as '${functions.lookup}'`);
  }
  return lookup && [functions.lookup, lookup];
}

/** An operation in the form of a function: its mandatory parameters are the inputs, which are the key. */
function operationAsFunction(source: DefinitionSource, name: string): ResourceFunction | undefined {
  const operation = own(source.operations ?? {}, name);
  if (!operation) return undefined;
  const required = operation.parameters.filter(({ optional }) => optional !== true);
  return {
    changesState: operation.changesState === true,
    parameters: required.map(({ name: key, type, minimum, maximum }) => ({
      name: key,
      type,
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
      direction: 'in' as const,
    })),
  };
}

function variantOf(source: DefinitionSource, name: string): string {
  return Object.keys(termsFor(name, source.variants ?? {})[0] ?? {}).join();
}

function checkErrorIds(
  source: DefinitionSource,
  { absentOn, exitCodes, functions }: ResourceDefinition,
  place: string,
  report: Report,
): void {
  const known = new Set(source.errors.map((error) => error.id));
  const ofOperation = Object.hasOwn(source.operations ?? {}, functions.lookup);
  absentOn.forEach((id, index) => {
    // The errors of operations are not in the definition, but in the program.
    if (!ofOperation && !known.has(id)) report(place + pointerTo('absentOn', index), `no error has the id '${id}'`);
  });
  const seen = new Set<number | string>();
  exitCodes.forEach(({ code, errors }, index) => {
    const at = place + pointerTo('exitCodes', index);
    if (RESERVED_EXIT_CODES.has(code)) report(`${at}/code`, `the exit code ${code} is reserved`);
    if (seen.has(code)) report(`${at}/code`, `the exit code ${code} appears twice`);
    seen.add(code);
    errors.forEach((id, which) => {
      const there = at + pointerTo('errors', which);
      if (!known.has(id)) report(there, `no error has the id '${id}'`);
      if (seen.has(id)) report(there, `the error '${id}' has two exit codes`);
      seen.add(id);
    });
  });
}

function checkCandidates(
  source: DefinitionSource,
  { candidates, list }: ResourceDefinition,
  place: string,
  report: Report,
): void {
  if (!candidates) {
    if (list?.scope) report(`${place}/list/scope`, '_purge needs candidates, so that it can find what to remove');
    return;
  }
  const { operation: name, calls } = candidates;
  const operation = Object.hasOwn(source.operations ?? {}, name) ? source.operations?.[name] : undefined;
  if (!operation) {
    report(`${place}/candidates/operation`, `there is no operation '${name}'`);
    return;
  }
  calls.forEach((call, index) => {
    for (const key of Object.keys(call)) {
      if (!operation.parameters.some((parameter) => parameter.name === key))
        report(place + pointerTo('candidates', 'calls', index, key), `'${name}' has no parameter '${key}'`);
    }
  });
}

function checkProperties(
  source: DefinitionSource,
  resource: ResourceDefinition,
  name: string,
  fn: ResourceFunction,
  place: string,
  report: Report,
): void {
  const at = `${place}/functions/lookup`;
  const inputs = inputsOf(fn);
  if (inputs.length === 0) report(at, `'${name}' has no in parameter, so the resource has no key`);
  for (const parameter of fn.parameters) {
    if (parameter.constant !== undefined) continue;
    // A wrong type is reported at its place.
    const shape = resolveType(source, parameter);
    if (!shape) continue;
    const { inResource } = kindOf(shape);
    const [release] = releasesOf(shape);
    if (release !== undefined)
      report(
        at,
        `'${parameter.name}' is a handle that ${release} releases, but a resource cannot keep a handle; choose another function`,
      );
    else if (parameter.direction === 'inout') report(at, `'${parameter.name}' is inout, so it cannot be a key`);
    else if (inResource !== 'key' && (isInput(parameter) || inResource === undefined))
      report(at, `'${parameter.name}' is ${valueInWords(shape, 'given')}, which a resource cannot use here`);
  }
  const variant = variantOf(source, name);
  const names = [...(variant === '' ? [] : [variant]), ...fn.parameters.map((one) => one.name)];
  for (const one of resource.class ? names : []) {
    if (isClassMember(one))
      report(
        at,
        `'${one}' is a member of every class or a variable of PowerShell, so a class cannot have the property; choose another name`,
      );
  }
  reportRepeated(
    [...names, 'Ensure', 'Reasons'].map((full) => ({ full, place: at })),
    report,
  );
}

function checkScope(
  source: DefinitionSource,
  { list }: ResourceDefinition,
  fn: ResourceFunction,
  place: string,
  report: Report,
): void {
  if (!list) return;
  if (['scope', ...(list.scope ? [list.scope.from, list.scope.to] : [])].includes(list.property))
    report(`${place}/list/property`, `'${list.property}' is the name of another property`);
  if (!list.scope) return;
  const numbers = new Set([
    ...inputsOf(fn)
      .filter((one) => isWholeNumber(source, one))
      .map((one) => one.name),
    ...Object.entries(source.computed ?? {})
      .filter(([, computed]) => canCompute(computed, inputsOf(fn)))
      .map(([key]) => key),
  ]);
  for (const key of ['from', 'to'] as const) {
    if (!numbers.has(list.scope[key]))
      report(`${place}/list/scope/${key}`, `'${list.scope[key]}' is not an integer parameter or a computed value`);
  }
}

function isWholeNumber(source: DefinitionSource, parameter: ParameterDefinition): boolean {
  const shape = resolveType(source, parameter);
  return shape !== undefined && wholeNumberOf(shape) !== undefined;
}
