/** One object for each row of an operation, or for each number of a range in the row. */
import type { CmdletOutputs, ObjectDefinition } from '../definition/types.js';
import { describeObject, findObject } from './objects.js';
import type { OutputKind } from './output-kind.js';

export const listOutput: OutputKind<CmdletOutputs['list']> = {
  kind: 'list',
  schema: {
    description: 'one object for each row of an operation',
    required: ['object'],
    properties: {
      object: { $ref: '#/$defs/identifier', description: 'Its name in objects.' },
      expand: {
        type: 'object',
        description: 'One object for each whole number between two fields of the row.',
        required: ['from', 'to'],
        additionalProperties: false,
        properties: {
          from: { $ref: '#/$defs/identifier', description: 'Field with the first number.' },
          to: { $ref: '#/$defs/identifier', description: 'Field with the last number.' },
        },
      },
    },
  },
  over: 'operation',
  object: ({ object }) => object,
  trial: 'answer',
  check: ({ object: name, expand }, { source, report }) => {
    const object = findObject(source, name);
    if (!object) report('/object', `there is no object '${name}'`);
    if (object && expand && !object.properties.some((property) => property.from === expand.from)) {
      report('/expand/from', `no property of '${name}' comes from '${expand.from}'`);
    }
    for (const property of object?.properties ?? []) {
      if (property.type === undefined) {
        report('/object', `the object's property '${property.name}' needs a type, because it comes from a row`);
      }
    }
  },
  returns: describeObject,
  members: (_output, { properties }) => properties,
  facts: ({ object, expand }, { definition, properties }) => ({
    kind: 'list',
    typeName: (definition.objects[object] as ObjectDefinition).typeName,
    ...(expand && { expand }),
    properties,
  }),
};
