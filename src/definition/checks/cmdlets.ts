/** Checks of cmdlets. */
import type { OutputKind } from '../../outputs/output-kind.js';
import { findOutputKind, isOver, kindsOver } from '../../outputs/registry.js';
import { expandName, termsFor } from '../expand.js';
import { meant, suggestion } from '../near-names.js';
import { own } from '../own.js';
import { canCompute, inputsOf, outputNames, sureParameters } from '../parameters.js';
import { placeholdersOf, spellings } from '../placeholders.js';
import { pointerTo } from '../source-text.js';
import type { CmdletDefinition, DefinitionSource, FunctionDefinition } from '../types.js';
import { APPROVED_VERBS } from './approved-verbs.js';
import { checkCmdletParameters, promptName } from './cmdlet-parameters.js';
import { checkUse } from './operation-use.js';
import { knownPlaceholders } from './placeholders.js';
import { type Report, reportRepeated } from './report.js';

/** The start of the message about a cmdlet whose function the definition lacks. */
export const NO_FUNCTION = 'there is no function';

/**
 * Approved verbs in place of common unapproved ones. Source: "Approved Verbs for PowerShell Commands", the synonyms to
 * avoid.
 */
const BETTER_VERBS: Readonly<Record<string, string>> = {
  ...synonyms('Get', 'Fetch Read Query List Enumerate Enum Lookup Retrieve Obtain Return Load'),
  ...synonyms('New', 'Create Make Generate Allocate Alloc Build'),
  ...synonyms('Remove', 'Delete Destroy Erase Drop Free'),
  ...synonyms('Set', 'Change Modify Assign Configure Put'),
  ...synonyms('Test', 'Check Verify Validate Is Has Examine'),
  ...synonyms('Invoke', 'Call Execute Run Do Perform'),
  ...synonyms('Stop', 'Kill Terminate Abort Cancel End'),
  ...synonyms('Measure', 'Calculate Compute Count Hash Sum'),
  ...synonyms('Compress', 'Deflate Pack Zip'),
  ...synonyms('Expand', 'Inflate Uncompress Decompress Unpack Unzip'),
};

function synonyms(verb: string, others: string): Record<string, string> {
  return Object.fromEntries(others.split(' ').map((other) => [other.toLowerCase(), verb]));
}

function betterVerb(verb: string): string {
  const better = own(BETTER_VERBS, verb.toLowerCase());
  return better === undefined ? meant(verb, [...APPROVED_VERBS]) : `; use '${better}'`;
}

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

/** True for a name that can be written without quotes in a script; a placeholder counts as a word. */
const isVerbAndNoun = (name: string): boolean =>
  /^[A-Za-z]+-[A-Za-z][A-Za-z0-9]*$/.test(name.replaceAll(/\{\w+\}/g, 'X'));

function checkCmdlet(source: DefinitionSource, cmdlet: CmdletDefinition, place: string, report: Report): void {
  const [verb = ''] = cmdlet.name.split('-', 1);
  if (!isVerbAndNoun(cmdlet.name))
    report(
      `${place}/name`,
      `'${cmdlet.name}' is not the name of a cmdlet: write a verb, a hyphen and a noun of letters and digits, such as 'Get-Thing'`,
    );
  else if (!APPROVED_VERBS.has(verb))
    report(`${place}/name`, `'${verb}' is not an approved verb of PowerShell (Get-Verb lists them)${betterVerb(verb)}`);
  if (cmdlet.operation !== undefined) {
    checkOverOperation(source, cmdlet, cmdlet.operation, place, report);
    return;
  }
  const name = cmdlet.function ?? '';
  const fn = Object.hasOwn(source.functions, name) ? source.functions[name] : undefined;
  if (!fn) {
    report(`${place}/function`, `${NO_FUNCTION} '${name}'; ${suggestion(name, Object.keys(source.functions))}`);
    return;
  }
  if (fn.changesState && !cmdlet.shouldProcess) {
    report(place, `'${name}' changes the system, so the cmdlet needs shouldProcess`);
  }
  const inputs = inputsOf(fn);
  checkCmdletParameters(source, cmdlet, fn, place, report);
  const atPrompt = inputs.map((one) => ({ name: promptName(cmdlet, one.name) }));
  const kind = checkOutput(source, cmdlet, 'function', atPrompt, fn, place, report);
  checkExisting(source, cmdlet, kind, place, report);
  checkShouldProcess(cmdlet, knownPlaceholders(source, name, fn), place, report);
  if (cmdlet.arguments) report(`${place}/arguments`, 'only a cmdlet over an operation can have arguments');
  const names = new Set(inputs.map((one) => one.name));
  checkPrompt(source, cmdlet, names, new Set(atPrompt.map((one) => one.name)), place, report);
}

/** Checks completions and warnings. */
function checkPrompt(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  parameters: ReadonlySet<string>,
  atPrompt: ReadonlySet<string>,
  place: string,
  report: Report,
): void {
  const { completion, warnings } = cmdlet;
  if (completion) checkUse(source, cmdlet, completion, new Set(), `${place}/completion`, report);
  completion?.parameters.forEach((name, index) => {
    if (!atPrompt.has(name))
      report(place + pointerTo('completion', 'parameters', index), `the cmdlet has no parameter '${name}'`);
  });
  if (!warnings) return;
  checkUse(source, cmdlet, warnings, parameters, `${place}/warnings`, report);
  if (cmdlet.function === undefined || !cmdlet.shouldProcess) {
    report(`${place}/warnings`, 'only a cmdlet over a function that has shouldProcess can have warnings');
  }
}

function checkShouldProcess(cmdlet: CmdletDefinition, known: ReadonlySet<string>, place: string, report: Report): void {
  for (const key of ['action', 'target', 'query'] as const) {
    for (const used of placeholdersOf(cmdlet.shouldProcess?.[key] ?? '')) {
      // In capitals, a value is written in capitals.
      if (!known.has(used) && ![...known].some((one) => one.toUpperCase() === used)) {
        report(`${place}/shouldProcess/${key}`, `{${used}} is not a parameter, a computed value or a variant`);
      }
    }
  }
}

/** Checks a cmdlet over an operation: the operation exists, and its rows have the fields that the object needs. */
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
  if (operation.changesState && !cmdlet.shouldProcess)
    report(place, `'${name}' changes the system, so the cmdlet needs shouldProcess`);
  const kind = checkOutput(source, cmdlet, 'operation', operation.parameters, undefined, place, report);
  const variant = Object.keys(spellings(termsFor(cmdlet.name, source.variants ?? {})[0] ?? {}));
  const computed = Object.entries(source.computed ?? {}).filter(([, one]) =>
    canCompute(one, sureParameters(operation)),
  );
  const known = new Set([
    ...own,
    ...variant,
    ...(kind?.parameters ?? []).map(({ name: one }) => one),
    ...computed.map(([one]) => one),
  ]);
  checkShouldProcess(cmdlet, known, place, report);
  checkExisting(source, cmdlet, kind, place, report);
  checkPrompt(source, cmdlet, own, own, place, report);
  for (const part of ['parameters', 'parameterSets'] as const)
    if (cmdlet[part]) report(`${place}/${part}`, `only a cmdlet over a function can have ${part}`);
}

/** Returns the operation's parameters that the cmdlet does not set itself. */
function ownParameters(source: DefinitionSource, cmdlet: CmdletDefinition): Set<string> {
  const { parameters = [] } = source.operations?.[cmdlet.operation ?? ''] ?? {};
  const names = parameters.map((one) => one.name);
  return new Set(names.filter((name) => !Object.hasOwn(cmdlet.arguments ?? {}, name)));
}

function checkExisting(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  kind: OutputKind | undefined,
  place: string,
  report: Report,
): void {
  const { existing } = cmdlet;
  if (!existing) return;
  const error = source.errors.find((one) => one.id === existing.errorId && one.examine);
  if (!error) report(`${place}/existing/errorId`, `no error with 'examine' has the id '${existing.errorId}'`);
  if (kind?.tells !== 'instance')
    report(`${place}/existing`, 'the cmdlet returns no object, so it cannot return an existing one');
}

/** Checks the output: its kind must exist, fit the call, and accept it. Returns the kind. */
function checkOutput(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  over: 'function' | 'operation',
  parameters: readonly { readonly name: string }[],
  fn: FunctionDefinition | undefined,
  place: string,
  report: Report,
): OutputKind | undefined {
  const { output } = cmdlet;
  const kind = findOutputKind(output.kind, source.extension);
  if (typeof kind === 'string') {
    report(`${place}/output/kind`, kind);
    return undefined;
  }
  if (!isOver(kind, over)) {
    const permitted = kindsOver(over, source.extension).map((name) => `a ${name}`);
    report(
      `${place}/output/kind`,
      over === 'operation'
        ? `a cmdlet over an operation returns ${permitted.join(' or ')}, not '${output.kind}'`
        : `only a cmdlet over an operation can return '${output.kind}'`,
    );
    return kind;
  }
  for (const { name } of kind.parameters ?? []) {
    if (parameters.some((one) => one.name.toLowerCase() === name.toLowerCase()))
      report(
        `${place}/output/kind`,
        `every such cmdlet has a parameter ${name}, so the ${over} cannot have one of that name`,
      );
  }
  kind.check?.(output, {
    source,
    cmdlet,
    values: fn ? valuesOf(source, cmdlet.function ?? '', fn) : new Set(),
    outputs: new Set(fn ? outputNames(fn) : []),
    report: (pointer, message) => report(`${place}/output${pointer}`, message),
  });
  return kind;
}

/** Returns the names of the values that can become properties of a function's output object. */
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
