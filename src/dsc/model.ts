/** What a definition's resource means: its properties, and the functions and words for one instance. */
import { resolveShape, type Shape } from '../definition/ctypes.js';
import { own } from '../definition/own.js';
import { fillPlaceholders, spellings } from '../definition/placeholders.js';
import type {
  Definition,
  ExpandedFunction,
  ParameterDefinition,
  ResourceDefinition,
  ResourceFunctions,
  Terms,
} from '../definition/types.js';

/** A property of the resource; `source` is the name of the parameter or the variant in the definition. */
export interface ResourceProperty {
  /** Its name in JSON, in camel case. */
  readonly name: string;
  readonly source: string;
  readonly description: string;
  /** What its value is: a word of the variant, or a value of a C type. */
  readonly value: { readonly kind: 'word'; readonly words: readonly string[] } | Shape;
}

export interface ResourceModel {
  /** The name in the definition, which is also that of the PSDSC class. */
  readonly name: string;
  readonly resource: ResourceDefinition;
  /** What identifies an instance: the variant, if there is one, then the in parameters. */
  readonly keys: readonly ResourceProperty[];
  /** What the lookup reports: read-only. */
  readonly outputs: readonly ResourceProperty[];
  /** The in parameters by their names in the definition, and values that are computed of them. */
  readonly computed: Definition['computed'];
  /** The variant's name; undefined where the functions have none. */
  readonly variant: string | undefined;
}

/** One instance: the values of its keys by their names in the definition. */
export interface Instance {
  readonly terms: Terms;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Throws Error when the definition has no such resource, or was not checked. */
export function resourceModel(definition: Definition, name: string): ResourceModel {
  const resource = Object.hasOwn(definition.dsc, name) ? definition.dsc[name] : undefined;
  const lookups = resource ? functionsOf(definition, resource.functions.lookup) : [];
  const [lookup] = lookups;
  if (!resource || !lookup) throw new Error(`the definition ${definition.name} has no resource '${name}'`);
  const variant = Object.keys(lookup.terms)[0];
  const words = lookups.map(({ terms }) => terms[variant ?? ''] ?? '');
  const inputs = lookup.parameters.filter((one) => one.direction === 'in' && one.constant === undefined);
  const outputs = lookup.parameters.filter((one) => one.direction === 'out' && one.constant === undefined);
  const property = (parameter: ParameterDefinition) => propertyOf(definition, parameter);
  return {
    name,
    resource,
    variant,
    keys: [...(variant === undefined ? [] : [wordProperty(variant, words)]), ...inputs.map(property)],
    outputs: outputs.map(property),
    computed: Object.fromEntries(
      Object.entries(definition.computed).filter(([, { sum }]) =>
        sum.every((name) => inputs.some((input) => input.name === name)),
      ),
    ),
  };
}

/** The function of a role for an instance. */
export function functionFor({ resource }: ResourceModel, role: keyof ResourceFunctions, { terms }: Instance): string {
  return fillPlaceholders(resource.functions[role], spellings(terms));
}

/** The instance in words: "persistent reservation of exactly the 20 UDP ports 5000-5019". */
export function itemText(model: ResourceModel, instance: Instance): string {
  const values = Object.entries(valuesOf(model, instance)).map(([name, value]) => [name, String(value)]);
  return fillPlaceholders(model.resource.item, { ...spellings(instance.terms), ...Object.fromEntries(values) });
}

/** Parameters and computed values of an instance. */
export function valuesOf({ computed }: ResourceModel, { params }: Instance): Record<string, string | number> {
  const sums = Object.entries(computed).map(([name, { sum, add = 0 }]) => [
    name,
    sum.reduce((total, term) => total + Number(params[term]), add),
  ]);
  return { ...params, ...Object.fromEntries(sums) };
}

/** The same text for the same instance, and for no other. */
export function identityOf({ keys }: ResourceModel, { terms, params }: Instance): string {
  return JSON.stringify(keys.map(({ source }) => own(terms, source) ?? own(params, source)));
}

/** A definition's name as a property of JSON: StartPort becomes startPort. */
export function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The functions that a name with placeholders stands for, one for each word of its variant. */
function functionsOf(definition: Definition, pattern: string): ExpandedFunction[] {
  return Object.values(definition.functions).filter((fn) => fillPlaceholders(pattern, spellings(fn.terms)) === fn.name);
}

function wordProperty(variant: string, words: readonly string[]): ResourceProperty {
  const name = camelCase(variant);
  return { name, source: variant, value: { kind: 'word', words }, description: `The ${name}: ${words.join(' or ')}.` };
}

function propertyOf(definition: Definition, parameter: ParameterDefinition): ResourceProperty {
  const named = typeof parameter.type === 'string' ? own(definition.types, parameter.type)?.description : undefined;
  return {
    name: camelCase(parameter.name),
    source: parameter.name,
    value: resolveShape(parameter, definition.types),
    description: parameter.description ?? named ?? `The ${camelCase(parameter.name)}.`,
  };
}
