/** Checks of cmdlets. */
import { expandName, termsFor } from '../expand.js';
import { canCompute, inputNames, inputsOf, isOutput } from '../parameters.js';
import { placeholdersOf, spellings } from '../placeholders.js';
import { pointerTo } from '../source-text.js';
import type { CmdletDefinition, DefinitionSource, FunctionDefinition, ObjectDefinition } from '../types.js';
import { APPROVED_VERBS } from './approved-verbs.js';
import { checkUse } from './operation-use.js';
import { knownPlaceholders } from './placeholders.js';
import { type Report, reportRepeated } from './report.js';

export function checkCmdlets(source: DefinitionSource, report: Report): void {
  source.cmdlets.forEach((cmdlet, index) => {
    checkCmdlet(source, cmdlet, pointerTo('cmdlets', index), report);
  });
  reportRepeated(
    source.cmdlets.flatMap((cmdlet, index) =>
      expandName(cmdlet.name, source.variants ?? {}).map((full) => ({
        full,
        place: pointerTo('cmdlets', index, 'name'),
      })),
    ),
    report,
  );
}

function checkCmdlet(source: DefinitionSource, cmdlet: CmdletDefinition, place: string, report: Report): void {
  const verb = cmdlet.name.slice(0, cmdlet.name.indexOf('-'));
  if (!APPROVED_VERBS.has(verb))
    report(`${place}/name`, `'${verb}' is not an approved verb of PowerShell (Get-Verb lists them)`);
  if (cmdlet.operation !== undefined) {
    checkOverOperation(source, cmdlet, cmdlet.operation, place, report);
    return;
  }
  const name = cmdlet.function ?? '';
  const fn = Object.hasOwn(source.functions, name) ? source.functions[name] : undefined;
  if (!fn) {
    report(`${place}/function`, `there is no function '${name}'`);
    return;
  }
  if (fn.changesState && !cmdlet.shouldProcess) {
    report(place, `'${name}' changes the system, so the cmdlet needs shouldProcess`);
  }
  checkOutput(source, cmdlet, fn, place, report);
  checkExisting(source, cmdlet, place, report);
  checkShouldProcess(cmdlet, knownPlaceholders(source, name, fn), place, report);
  if (cmdlet.arguments) report(`${place}/arguments`, 'arguments are for cmdlets over operations');
  checkPrompt(source, cmdlet, new Set(inputNames(fn)), place, report);
}

/** What Tab offers, and what is warned of. */
function checkPrompt(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  parameters: ReadonlySet<string>,
  place: string,
  report: Report,
): void {
  const { completion, warnings } = cmdlet;
  if (completion) checkUse(source, cmdlet, completion, new Set(), `${place}/completion`, report);
  completion?.parameters.forEach((name, index) => {
    if (!parameters.has(name))
      report(place + pointerTo('completion', 'parameters', index), `the cmdlet has no parameter '${name}'`);
  });
  if (!warnings) return;
  checkUse(source, cmdlet, warnings, parameters, `${place}/warnings`, report);
  if (cmdlet.function === undefined || !cmdlet.shouldProcess) {
    report(`${place}/warnings`, 'warnings are for cmdlets over functions that ask before they act (shouldProcess)');
  }
}

function checkShouldProcess(cmdlet: CmdletDefinition, known: ReadonlySet<string>, place: string, report: Report): void {
  for (const key of ['action', 'target', 'query'] as const) {
    for (const used of placeholdersOf(cmdlet.shouldProcess?.[key] ?? '')) {
      if (!known.has(used)) {
        report(`${place}/shouldProcess/${key}`, `{${used}} is neither a parameter nor a computed value nor a variant`);
      }
    }
  }
}

/** A cmdlet over an operation: the operation is there, and its rows have the fields that the object needs. */
function checkOverOperation(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  name: string,
  place: string,
  report: Report,
): void {
  const own = ownParameters(source, cmdlet);
  const use = { operation: name, ...(cmdlet.arguments ? { arguments: cmdlet.arguments } : {}) };
  const operation = checkUse(source, cmdlet, use, own, place, report);
  if (!operation) return;
  const { output } = cmdlet;
  if (output.kind !== 'list' && output.kind !== 'file') {
    report(`${place}/output/kind`, `a cmdlet over an operation returns a list or a file, not '${output.kind}'`);
  }
  if (output.kind === 'file' && operation.parameters.some((one) => one.name === 'Path')) {
    report(`${place}/output/kind`, "the parameter Path is the cmdlet's own, so the operation cannot have one");
  }
  const variant = Object.keys(spellings(termsFor(cmdlet.name, source.variants ?? {})[0] ?? {}));
  const known = new Set([...own, ...variant, ...(output.kind === 'file' ? ['Path'] : [])]);
  checkShouldProcess(cmdlet, known, place, report);
  checkExisting(source, cmdlet, place, report);
  checkPrompt(source, cmdlet, own, place, report);
  if (output.kind !== 'list') return;
  const object = objectOf(source, output.object);
  if (!object) report(`${place}/output/object`, `there is no object '${output.object}'`);
  const { expand } = output;
  if (object && expand && !object.properties.some((property) => property.from === expand.from)) {
    report(`${place}/output/expand/from`, `no property of '${output.object}' comes from '${expand.from}'`);
  }
  for (const property of object?.properties ?? []) {
    if (property.type === undefined) {
      report(
        `${place}/output/object`,
        `the object's property '${property.name}' needs a type, because it comes from a row`,
      );
    }
  }
}

/** Parameters of the operation that the cmdlet does not set itself. */
function ownParameters(source: DefinitionSource, cmdlet: CmdletDefinition): Set<string> {
  const { parameters = [] } = source.operations?.[cmdlet.operation ?? ''] ?? {};
  const names = parameters.map((one) => one.name);
  return new Set(names.filter((name) => !Object.hasOwn(cmdlet.arguments ?? {}, name)));
}

function checkExisting(source: DefinitionSource, cmdlet: CmdletDefinition, place: string, report: Report): void {
  const { existing } = cmdlet;
  if (!existing) return;
  const error = source.errors.find((one) => one.id === existing.errorId && one.examine);
  if (!error) report(`${place}/existing/errorId`, `no error with 'examine' has the id '${existing.errorId}'`);
  if (cmdlet.output.kind !== 'object') report(`${place}/existing`, 'there is no object to return for what exists');
}

function checkOutput(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  fn: FunctionDefinition,
  place: string,
  report: Report,
): void {
  const { output } = cmdlet;
  if (output.kind === 'list' || output.kind === 'file') {
    report(`${place}/output/kind`, `'${output.kind}' is for cmdlets over operations`);
  }
  if (output.kind === 'boolean') {
    const known = new Set(source.errors.map((error) => error.id));
    output.falseOn.forEach((id, index) => {
      if (!known.has(id)) report(place + pointerTo('output', 'falseOn', index), `no error has the id '${id}'`);
    });
  }
  if (output.kind === 'socket' && !fn.parameters.some((one) => one.name === output.token && isOutput(one))) {
    report(`${place}/output/token`, `${cmdlet.function} has no output '${output.token}'`);
  }
  if (output.kind !== 'object') return;
  const object = objectOf(source, output.object);
  if (!object) {
    report(`${place}/output/object`, `there is no object '${output.object}'`);
    return;
  }
  const available = valuesOf(source, cmdlet.function ?? '', fn);
  for (const property of object.properties) {
    if (!available.has(property.from)) {
      report(
        `${place}/output/object`,
        `the object's property '${property.name}' needs '${property.from}', which ${cmdlet.function} does not have`,
      );
    }
  }
}

function objectOf(source: DefinitionSource, name: string): ObjectDefinition | undefined {
  return Object.hasOwn(source.objects ?? {}, name) ? source.objects?.[name] : undefined;
}

/** Names of the values that an output object of a function can be made of. */
function valuesOf(source: DefinitionSource, name: string, fn: FunctionDefinition): Set<string> {
  return new Set([
    ...fn.parameters.filter((one) => one.constant === undefined).map((one) => one.name),
    ...Object.entries(source.computed ?? {})
      .filter(([, computed]) => canCompute(computed, inputsOf(fn)))
      .map(([key]) => key),
    ...(fn.returns.resultName === undefined ? [] : [fn.returns.resultName]),
    ...Object.keys(termsFor(name, source.variants ?? {})[0] ?? {}),
  ]);
}
