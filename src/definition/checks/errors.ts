/** Checks of errors: the names they refer to exist, and their placeholders have values. */
import { failureRule } from '../failure-rules.js';
import { canCompute, haveSameInputs, inputsOf } from '../parameters.js';
import { placeholdersOf } from '../placeholders.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, ErrorDefinition, ErrorText, FunctionDefinition } from '../types.js';
import { knownPlaceholders } from './placeholders.js';
import type { Report } from './report.js';

export function checkErrors(source: DefinitionSource, report: Report): void {
  const meanings = new Set<string>();
  source.errors.forEach((error, index) => {
    const place = pointerTo('errors', index);
    for (const name of error.functions ?? ['']) {
      const key = `${error.code} ${name}`;
      if (meanings.has(key))
        report(`${place}/code`, `the code ${error.code} has two errors${name === '' ? '' : ` for ${name}`}`);
      meanings.add(key);
    }
    error.functions?.forEach((name, at) => {
      if (!Object.hasOwn(source.functions, name))
        report(place + pointerTo('functions', at), `there is no function '${name}'`);
    });
    const functions = Object.entries(source.functions).filter(([name, fn]) =>
      error.functions ? error.functions.includes(name) : failureRule(fn.returns.failure) !== undefined,
    );
    checkExamine(source, error, functions, place, report);
    for (const [name, fn] of functions) checkErrorText(source, error, name, fn, place, report);
  });
  for (const [name, computed] of Object.entries(source.computed ?? {})) {
    for (const [fnName, fn] of Object.entries(source.functions)) {
      if (canCompute(computed, inputsOf(fn)))
        checkErrorText(source, computed.violation, fnName, fn, pointerTo('computed', name, 'violation'), report);
    }
  }
}

/** Checks that the function that distinguishes two causes exists, has the same inputs, and changes nothing. */
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
  else if (look.changesState)
    report(at, `'${examine.function}' changes the system, so it cannot be used for 'examine'`);
  for (const [name, fn] of functions) {
    if (look && !haveSameInputs(look, fn))
      report(at, `'${examine.function}' does not have the same in parameters as '${name}'`);
    for (const key of ['onSuccess', 'onFailure'] as const)
      checkErrorText(source, examine[key], name, fn, `${place}/examine/${key}`, report);
  }
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
        report(
          `${place}/${key}`,
          `{${used}} has no value for the function ${name}; restrict the error with 'functions'`,
        );
    }
  }
}
