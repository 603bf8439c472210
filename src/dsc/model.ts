/** The meaning of a definition's resource: its properties, and the functions and variant words of one instance. */
import { own } from '../definition/own.js';
import { outputsOf } from '../definition/parameters.js';
import { fillPlaceholders, spellings } from '../definition/placeholders.js';
import type { Definition, ResourceDefinition, ResourceFunctions, Terms } from '../definition/types.js';
import type { Shape } from '../kinds/index.js';
import { computedValues } from '../model/computed.js';
import { computedOf, modelOf } from '../model/model.js';
import type { Computed, FunctionModel, Parameter, Value } from '../model/types.js';

/** A property of the resource; `source` is the name of the parameter or the variant in the definition. */
export interface ResourceProperty {
  /** Its JSON name, in camel case. */
  readonly name: string;
  readonly source: string;
  readonly description: string;
  /** The words of the variant, if the property is the variant; otherwise a C type. */
  readonly value: { readonly words: readonly string[] } | { readonly shape: Shape };
}

export interface ResourceModel {
  /** The name in the definition, which is also that of the PSDSC class. */
  readonly name: string;
  readonly resource: ResourceDefinition;
  /** The properties that identify an instance: the variant, if there is one, then the in parameters. */
  readonly keys: readonly ResourceProperty[];
  /** The outputs of the lookup: read-only. */
  readonly outputs: readonly ResourceProperty[];
  /** The values computed from the in parameters. */
  readonly computed: readonly Computed[];
  /** The variant's name; undefined if the functions have none. */
  readonly variant: string | undefined;
}

/** One instance: the values of its keys by their names in the definition. */
export interface Instance {
  readonly terms: Terms;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Throws Error if the definition has no such resource, or was not checked. */
export function resourceModel(definition: Definition, name: string): ResourceModel {
  const resource = Object.hasOwn(definition.dsc, name) ? definition.dsc[name] : undefined;
  const lookups = resource ? calledBy(definition, resource.functions.lookup) : [];
  const [lookup] = lookups;
  if (!resource || !lookup) throw new Error(`the definition ${definition.name} has no resource '${name}'`);
  const variant = Object.keys(lookup.terms)[0];
  const words = lookups.map(({ terms }) => terms[variant ?? ''] ?? '');
  return {
    name,
    resource,
    variant,
    keys: [...(variant === undefined ? [] : [wordProperty(variant, words)]), ...lookup.inputs.map(propertyOf)],
    outputs: lookup.outputs.map(propertyOf),
    computed: lookup.computed,
  };
}

/** Returns the function of a role for an instance. */
export function functionFor({ resource }: ResourceModel, role: keyof ResourceFunctions, { terms }: Instance): string {
  return fillPlaceholders(resource.functions[role], spellings(terms));
}

/** Describes the instance: "persistent reservation of exactly the 20 UDP ports 5000-5019". */
export function itemText(model: ResourceModel, instance: Instance): string {
  const values = Object.entries(valuesOf(model, instance)).map(([name, value]) => [name, String(value)]);
  return fillPlaceholders(model.resource.item, { ...spellings(instance.terms), ...Object.fromEntries(values) });
}

/** Returns parameters and computed values of an instance. */
export function valuesOf({ computed }: ResourceModel, { params }: Instance): Record<string, string | number> {
  return { ...params, ...computedValues(computed, params) };
}

/** Returns a text that identifies the instance uniquely. */
export function identityOf({ keys }: ResourceModel, { terms, params }: Instance): string {
  return JSON.stringify(keys.map(({ source }) => own(terms, source) ?? own(params, source)));
}

/** Converts a definition's name to a JSON property: StartPort becomes startPort. */
export function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The facts about a function or operation that a resource needs. */
interface Called extends Pick<FunctionModel, 'terms' | 'computed'> {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Parameter[];
}

/**
 * Returns the functions of a name with placeholders, one for each word of its variant; or the operation with this name.
 */
function calledBy(definition: Definition, pattern: string): Called[] {
  const model = modelOf(definition);
  const operation = model.operationNamed(pattern);
  if (operation) {
    const inputs = operation.parameters.filter(({ optional }) => optional !== true);
    return [{ terms: {}, inputs, outputs: [], computed: computedOf(definition, inputs) }];
  }
  return Object.values(definition.functions)
    .filter((fn) => fillPlaceholders(pattern, spellings(fn.terms)) === fn.name)
    .map((fn) => model.resolve(fn))
    .map((fn) => ({ terms: fn.terms, inputs: fn.inputs, outputs: outputsOf(fn), computed: fn.computed }));
}

function wordProperty(variant: string, words: readonly string[]): ResourceProperty {
  const name = camelCase(variant);
  return { name, source: variant, value: { words }, description: `The ${name}: ${words.join(' or ')}.` };
}

function propertyOf({ name, shape, description }: Value): ResourceProperty {
  return {
    name: camelCase(name),
    source: name,
    value: { shape },
    description: description ?? `The ${camelCase(name)}.`,
  };
}
