/**
 * The complete schema of definitions: `definition.schema.json`, with the additions of each kind of value and of output.
 */
import { type JsonSchema, typeForms } from '../kinds/index.js';
import type { OutputKind } from '../outputs/output-kind.js';
import { outputKinds } from '../outputs/registry.js';

/** The parts of `definition.schema.json` that get additions. */
interface CoreSchema {
  readonly $defs: {
    readonly type: { readonly oneOf: readonly JsonSchema[] };
    readonly cmdlet: { readonly properties: { readonly output: { readonly properties: { readonly kind: object } } } };
  };
}

/** Returns the complete schema. Also accepts the complete schema of an earlier call. */
export function wholeSchema<T extends CoreSchema>(core: T): T {
  const { type, cmdlet } = core.$defs;
  const [name] = type.oneOf;
  return {
    ...core,
    $defs: {
      ...core.$defs,
      type: { ...type, oneOf: [name, ...typeForms().map(({ schema }) => schema)] },
      cmdlet: { ...cmdlet, properties: { ...cmdlet.properties, output: withKinds(cmdlet.properties.output) } },
    },
  };
}

function withKinds(output: CoreSchema['$defs']['cmdlet']['properties']['output']) {
  const kinds = outputKinds();
  const description = kinds.flatMap(({ kind, schema }) => (schema ? `${kind}: ${schema.description}` : []));
  return {
    ...output,
    properties: {
      ...output.properties,
      kind: { ...output.properties.kind, description: `${description.join('; ')}.` },
    },
    allOf: kinds.flatMap(formOf),
  };
}

/** Describes the fields of an output of one kind; any fields for a kind without a schema. */
function formOf({ kind, schema }: OutputKind): JsonSchema[] {
  if (!schema) return [];
  const { required = [], properties = {} } = schema;
  return [
    {
      if: { required: ['kind'], properties: { kind: { const: kind } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required, additionalProperties: false, properties: { kind: true, ...properties } },
    },
  ];
}
