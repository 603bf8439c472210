/**
 * The JSON schema of a resource's instances, as DSC embeds it in a manifest.
 *
 * Canonical properties are references to DSC's own schemas, because its manifest schema accepts only references. DSC
 * downloads nothing, so the referenced schemas are bundled under the same address.
 */
import { kindOf } from '../kinds/index.js';
import type { ResourceModel, ResourceProperty } from './model.js';
import { camelCase } from './model.js';

export type Schema = Readonly<Record<string, unknown>>;

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** An address that both the 3.0 and the 3.1 generation of DSC's manifest schema know. */
const CANONICAL = 'https://raw.githubusercontent.com/PowerShell/DSC/main/schemas/v3.0.2/resource/properties/';

/** The canonical properties, with the part of their schemas that decides what is valid. */
const CANONICAL_SCHEMAS: Readonly<Record<string, Schema>> = {
  exist: { title: 'Exists', type: 'boolean', default: true },
  inDesiredState: { title: 'In the desired state', type: ['boolean', 'null'], readOnly: true },
  purge: { title: 'Purge', type: ['boolean', 'null'], writeOnly: true },
};

const METADATA: Schema = {
  title: 'Metadata',
  type: 'object',
  description: 'Information beside the state, such as what an operation would do.',
};

/** Returns the schema of one instance. Draft 2020-12. */
export function instanceSchema(model: ResourceModel): Schema {
  return whole(
    model.resource.description,
    model.keys.map(({ name }) => name),
    itemProperties(model),
    ['exist', 'inDesiredState'],
  );
}

/** Returns the schema of a resource's list. Throws Error for a resource without one. */
export function listSchema(model: ResourceModel): Schema {
  const { list } = model.resource;
  if (!list) throw new Error(`the resource ${model.resource.type} has no list`);
  const items: Schema = {
    type: 'object',
    additionalProperties: false,
    required: model.keys.map(({ name }) => name),
    properties: { ...itemProperties(model), _exist: reference('exist') },
  };
  const properties = {
    [list.property]: { title: titleOf(list.property), type: 'array', description: list.description, items },
    ...(list.scope ? { scope: scopeSchema(model, list.scope) } : {}),
  };
  return whole(
    list.description,
    [list.property],
    properties,
    ['inDesiredState', ...(list.scope ? ['purge'] : [])],
    ['exist'],
  );
}

function whole(
  description: string,
  required: readonly string[],
  properties: Readonly<Record<string, Schema>>,
  canonical: readonly string[],
  bundled: readonly string[] = [],
): Schema {
  const all = [...new Set([...canonical, ...bundled])];
  return {
    $schema: DIALECT,
    type: 'object',
    description,
    additionalProperties: false,
    required,
    properties: {
      ...properties,
      ...Object.fromEntries(canonical.map((name) => [`_${name}`, reference(name)])),
      _metadata: METADATA,
    },
    $defs: Object.fromEntries(
      all.map((name) => [addressOf(name), { $schema: DIALECT, $id: addressOf(name), ...CANONICAL_SCHEMAS[name] }]),
    ),
  };
}

function itemProperties({ keys, outputs }: ResourceModel): Record<string, Schema> {
  return Object.fromEntries([
    ...keys.map((key) => [key.name, { ...propertySchema(key), 'x-dsc-key': true }]),
    ...outputs.map((output) => [output.name, { ...propertySchema(output), readOnly: true }]),
  ]);
}

function propertySchema({ name, value, description }: ResourceProperty): Schema {
  const facts = 'words' in value ? { type: 'string', enum: value.words } : kindOf(value.shape).schema(value.shape);
  return { title: titleOf(name), ...facts, description };
}

function scopeSchema({ keys }: ResourceModel, scope: { from: string; to: string; description: string }): Schema {
  const limit = (source: string) => ({ title: titleOf(camelCase(source)), type: 'integer' });
  const words = keys.filter(({ value }) => 'words' in value);
  const [from, to] = [camelCase(scope.from), camelCase(scope.to)];
  return {
    title: 'Scope',
    type: 'array',
    description: scope.description,
    items: {
      type: 'object',
      additionalProperties: false,
      required: [from, to],
      properties: {
        ...Object.fromEntries(words.map((word) => [word.name, propertySchema(word)])),
        [from]: limit(scope.from),
        [to]: limit(scope.to),
      },
    },
  };
}

function reference(name: string): Schema {
  return { $ref: addressOf(name) };
}

function addressOf(name: string): string {
  return `${CANONICAL}${name}.json`;
}

/** Splits a name into words: `startPort` becomes "Start port". */
function titleOf(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
