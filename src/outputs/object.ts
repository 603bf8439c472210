/** One object; each property is a constant, an input, a computed value or a result. */
import { own } from '../definition/own.js';
import type { CmdletOutputs, ObjectDefinition } from '../definition/types.js';
import type { WireType } from '../kinds/index.js';
import { describeObject, findObject } from './objects.js';
import type { OutputFactsContext, OutputKind } from './output-kind.js';

export const objectOutput: OutputKind<CmdletOutputs['object']> = {
  kind: 'object',
  schema: {
    description: 'an output object',
    required: ['object'],
    properties: { object: { $ref: '#/$defs/identifier', description: 'Its name in objects.' } },
  },
  over: 'function',
  tells: 'instance',
  object: ({ object }) => object,
  trial: 'answer',
  check: ({ object: name }, { source, cmdlet, values, report }) => {
    const object = findObject(source, name);
    if (!object) report('/object', `there is no object '${name}'`);
    for (const property of object?.properties ?? []) {
      if (!values.has(property.from)) {
        report(
          '/object',
          `the object's property '${property.name}' needs '${property.from}', which ${cmdlet.function} does not have`,
        );
      }
    }
  },
  returns: describeObject,
  members: ({ object }, context) => {
    const { properties } = context.definition.objects[object] as ObjectDefinition;
    return properties.map(({ name, from }) => ({ name, type: typeOf(from, context) }));
  },
  facts: ({ object }, context) => {
    const { typeName, properties } = context.definition.objects[object] as ObjectDefinition;
    return { kind: 'object', typeName, properties: properties.map((one) => sourceOf(one, context)) };
  },
};

/** A word of the variant has the type text. */
function typeOf(from: string, { terms, types }: OutputFactsContext): WireType {
  if (own(terms, from) !== undefined) return 'string';
  return own(types.input, from) ?? own(types.output, from) ?? 'any';
}

function sourceOf({ name, from }: ObjectDefinition['properties'][number], { terms, types }: OutputFactsContext) {
  const term = own(terms, from);
  if (term !== undefined) return { name, constant: term };
  return own(types.input, from) === undefined ? { name, output: from } : { name, input: from };
}
