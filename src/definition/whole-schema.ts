/** The schema of definitions as a whole: `definition.schema.json`, and what each kind of value and of output adds to it. */
import { type JsonSchema, typeForms } from '../kinds/index.js';
import type { OutputKind } from '../outputs/output-kind.js';
import { outputKinds } from '../outputs/registry.js';

/** The parts of `definition.schema.json` to which something is added. */
interface CoreSchema {
  readonly $defs: {
    readonly type: { readonly oneOf: readonly JsonSchema[] };
    readonly cmdlet: { readonly properties: { readonly output: { readonly properties: { readonly kind: object } } } };
  };
}

/** Returns the whole schema. The whole schema of an earlier call can be given as well. */
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

/** The fields of an output of one kind; any fields for a kind that brings no schema. */
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
