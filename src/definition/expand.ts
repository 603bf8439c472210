/** Expands the variants of a definition: one function and one cmdlet for each word. */
import { fillDeep, fillPlaceholders, placeholdersOf, spellings } from './placeholders.js';
import type {
  Definition,
  DefinitionSource,
  ExpandedCmdlet,
  ExpandedFunction,
  SimulatedReplies,
  Terms,
} from './types.js';

export function expandDefinition(source: DefinitionSource): Definition {
  const variants = source.variants ?? {};
  return {
    name: source.name,
    version: source.version,
    extension: source.extension,
    module: source.module,
    about: source.about,
    library: source.library,
    libraries: source.libraries,
    types: source.types ?? {},
    computed: source.computed ?? {},
    functions: Object.fromEntries(expandFunctions(source).map((fn) => [fn.name, fn])),
    operations: source.operations ?? {},
    errors: source.errors.map((error) =>
      error.functions ? { ...error, functions: error.functions.flatMap((name) => expandName(name, variants)) } : error,
    ),
    objects: source.objects ?? {},
    cmdlets: expandCmdlets(source),
    dsc: source.dsc ?? {},
    simulation: source.simulation && expandSimulation(source.simulation, source.variants ?? {}),
  };
}

type Variants = Readonly<Record<string, readonly string[]>>;

/** Returns the variants of a name: one set of terms for each word, or a single empty set. */
export function termsFor(name: string, variants: Variants): Terms[] {
  const used = new Set(placeholdersOf(name));
  for (const [variant, words] of Object.entries(variants)) {
    const forms = [variant, variant.toUpperCase(), variant.toLowerCase()];
    if (forms.some((form) => used.has(form))) return words.map((word) => ({ [variant]: word }));
  }
  return [{}];
}

/** Returns every name that a name with placeholders stands for. */
export function expandName(name: string, variants: Variants): string[] {
  return termsFor(name, variants).map((terms) => fillPlaceholders(name, spellings(terms)));
}

function expandFunctions(source: DefinitionSource): ExpandedFunction[] {
  return Object.entries(source.functions).flatMap(([name, fn]) =>
    termsFor(name, source.variants ?? {}).map((terms) => {
      const values = spellings(terms);
      return { ...fillDeep(fn, values), name: fillPlaceholders(name, values), terms };
    }),
  );
}

function expandCmdlets(source: DefinitionSource): ExpandedCmdlet[] {
  const perCmdlet = source.cmdlets.map((cmdlet) =>
    termsFor(cmdlet.name, source.variants ?? {}).map((terms): ExpandedCmdlet => {
      const { parameters: said, ...filled } = fillDeep(cmdlet, spellings(terms));
      return { ...filled, ...(said && { said }), terms };
    }),
  );
  return perCmdlet.flat();
}

function expandSimulation(simulation: SimulatedReplies, variants: Variants): SimulatedReplies {
  const entries = Object.entries(simulation).flatMap(([name, replies]) =>
    termsFor(name, variants).map((terms) => {
      const values = spellings(terms);
      return [fillPlaceholders(name, values), fillDeep(replies, values)] as const;
    }),
  );
  return Object.fromEntries(entries);
}
