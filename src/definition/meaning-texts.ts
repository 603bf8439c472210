/** Checks of variants and of the texts of errors. */
import { expandName, termsFor } from './expand.js';
import { hasComputed } from './meaning-functions.js';
import { placeholdersOf, spellings } from './placeholders.js';
import type { Report } from './report.js';
import { pointerTo } from './source-text.js';
import type { DefinitionSource, ErrorDefinition, ErrorText, FunctionDefinition } from './types.js';

export function checkVariants(source: DefinitionSource, report: Report): void {
  const variants = source.variants ?? {};
  for (const [name, words] of Object.entries(variants)) {
    if (name === name.toUpperCase() || name === name.toLowerCase()) {
      report(
        pointerTo('variants', name),
        `write the name in Pascal case, so that its three spellings differ; '${name}' is not`,
      );
    }
    if (new Set(words.map((word) => word.toLowerCase())).size < words.length) {
      report(pointerTo('variants', name), 'two words differ in case only');
    }
  }
  const names = [
    ...Object.keys(source.functions).map((name) => ({
      name,
      place: pointerTo('functions', name),
      body: source.functions[name],
    })),
    ...source.cmdlets.map((cmdlet, index) => ({ name: cmdlet.name, place: pointerTo('cmdlets', index), body: cmdlet })),
  ];
  const known = Object.keys(variants).flatMap((name) => Object.keys(spellings({ [name]: '' })));
  for (const { name, place, body } of names) {
    for (const used of placeholdersOf(name).filter((one) => !known.includes(one))) {
      report(place, `'${name}' names the variant {${used}}, which is not among the variants`);
    }
    if (termsFor(name, variants).some((terms) => Object.keys(terms).length === 0)) {
      const used = placeholdersOf(JSON.stringify(body)).filter((one) => known.includes(one));
      if (used.length > 0)
        report(place, `its text uses {${used[0]}}, but its name '${name}' does not, so it has no variant`);
    }
  }
  reportRepeated(
    Object.keys(source.functions).flatMap((name) =>
      expandName(name, variants).map((full) => ({ full, place: pointerTo('functions', name) })),
    ),
    report,
  );
}

/** Lines of code in the topic of help are not wrapped, so they must fit. */
export function checkAbout({ about }: DefinitionSource, report: Report): void {
  about?.sections.forEach(({ text }, index) => {
    const long = text.split('\n').find((line) => line.startsWith(' ') && line.length > 76);
    if (long !== undefined)
      report(
        pointerTo('about', 'sections', index, 'text'),
        `a line of code has more than 76 characters: '${long.trim()}'`,
      );
  });
}

export function checkErrors(source: DefinitionSource, report: Report): void {
  const meanings = new Set<string>();
  source.errors.forEach((error, index) => {
    const place = pointerTo('errors', index);
    for (const name of error.functions ?? ['']) {
      const key = `${error.code} ${name}`;
      if (meanings.has(key))
        report(`${place}/code`, `the code ${error.code} is explained twice${name === '' ? '' : ` for ${name}`}`);
      meanings.add(key);
    }
    error.functions?.forEach((name, at) => {
      if (!Object.hasOwn(source.functions, name))
        report(place + pointerTo('functions', at), `there is no function '${name}'`);
    });
    const functions = Object.entries(source.functions).filter(([name, fn]) =>
      error.functions ? error.functions.includes(name) : fn.returns.failure !== 'none',
    );
    checkExamine(source, error, functions, place, report);
    for (const [name, fn] of functions) checkErrorText(source, error, name, fn, place, report);
  });
  for (const [name, computed] of Object.entries(source.computed ?? {})) {
    for (const [fnName, fn] of Object.entries(source.functions)) {
      if (hasComputed(fn, computed.sum))
        checkErrorText(source, computed.violation, fnName, fn, pointerTo('computed', name, 'violation'), report);
    }
  }
}

/** The function that tells two causes apart is there, takes the same arguments, and calling it does no harm. */
function checkExamine(
  source: DefinitionSource,
  error: ErrorDefinition,
  functions: readonly (readonly [string, FunctionDefinition])[],
  place: string,
  report: Report,
): void {
  const { examine } = error;
  if (!examine) return;
  const at = `${place}/examine/function`;
  const look = Object.hasOwn(source.functions, examine.function) ? source.functions[examine.function] : undefined;
  if (!look) report(at, `there is no function '${examine.function}'`);
  else if (look.changesState) report(at, `'${examine.function}' changes the system, so it cannot be called to look`);
  for (const [name, fn] of functions) {
    if (look && inputNames(look) !== inputNames(fn))
      report(at, `'${examine.function}' does not have the same in parameters as '${name}'`);
    for (const key of ['onSuccess', 'onFailure'] as const)
      checkErrorText(source, examine[key], name, fn, `${place}/examine/${key}`, report);
  }
}

function inputNames(fn: FunctionDefinition): string {
  const inputs = fn.parameters.filter((one) => one.direction !== 'out' && one.constant === undefined);
  return inputs
    .map((one) => one.name)
    .sort()
    .join();
}

/** Names that may stand in braces in a text about a function: in parameters, computed values, the variant. */
export function knownPlaceholders(source: DefinitionSource, name: string, fn: FunctionDefinition): Set<string> {
  const terms = termsFor(name, source.variants ?? {})[0] ?? {};
  return new Set([
    ...fn.parameters.filter((one) => one.direction !== 'out' && one.constant === undefined).map((one) => one.name),
    ...Object.entries(source.computed ?? {})
      .filter(([, computed]) => hasComputed(fn, computed.sum))
      .map(([key]) => key),
    ...Object.keys(spellings(terms)),
  ]);
}

function checkErrorText(
  source: DefinitionSource,
  text: Pick<ErrorText, 'message' | 'recommendedAction'>,
  name: string,
  fn: FunctionDefinition,
  place: string,
  report: Report,
): void {
  const known = knownPlaceholders(source, name, fn);
  for (const key of ['message', 'recommendedAction'] as const) {
    for (const used of placeholdersOf(text[key])) {
      if (!known.has(used))
        report(`${place}/${key}`, `{${used}} has no value for the function ${name}; limit the error with 'functions'`);
    }
  }
}

/** Reports names that appear more than once, ignoring case as PowerShell does. */
export function reportRepeated(names: readonly { full: string; place: string }[], report: Report): void {
  const seen = new Set<string>();
  for (const { full, place } of names) {
    if (seen.has(full.toLowerCase())) report(place, `the name '${full}' appears twice`);
    seen.add(full.toLowerCase());
  }
}
