/** Checks of variants: their names and words, and that everything that uses a variant has one. */
import { expandName, termsFor } from '../expand.js';
import { own } from '../own.js';
import { placeholdersOf, spellings } from '../placeholders.js';
import { pointerTo } from '../source-text.js';
import type { CmdletDefinition, DefinitionSource, FunctionDefinition } from '../types.js';
import { type Report, reportRepeated } from './report.js';

export function checkVariants(source: DefinitionSource, report: Report): void {
  const variants = source.variants ?? {};
  for (const [name, words] of Object.entries(variants)) {
    if (name === name.toUpperCase() || name === name.toLowerCase()) {
      report(pointerTo('variants', name), `'${name}' must be in Pascal case, so that its three spellings differ`);
    }
    if (new Set(words.map((word) => word.toLowerCase())).size < words.length) {
      report(pointerTo('variants', name), 'two words differ only in case');
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
      // A parameter may have the same name as a variant.
      const asked = parameterNames(source, body).flatMap((one) => Object.keys(spellings({ [one]: '' })));
      const used = placeholdersOf(JSON.stringify(body)).filter((one) => known.includes(one) && !asked.includes(one));
      if (used.length > 0)
        report(place, `its text uses {${used[0]}}, but its name '${name}' does not; add it to the name`);
    }
  }
  reportRepeated(
    Object.keys(source.functions).flatMap((name) =>
      expandName(name, variants).map((full) => ({ full, place: pointerTo('functions', name) })),
    ),
    report,
  );
}

function parameterNames(source: DefinitionSource, body: CmdletDefinition | FunctionDefinition | undefined): string[] {
  const called = body && 'operation' in body ? own(source.operations ?? {}, body.operation ?? '') : undefined;
  return (called?.parameters ?? []).map(({ name }) => name);
}
