/** The common part of output kinds that return objects. */
import { own } from '../definition/own.js';
import type { Definition, DefinitionSource, ObjectDefinition } from '../definition/types.js';
import type { ReturnedType } from './output-kind.js';

export function findObject(
  { objects = {} }: Pick<DefinitionSource, 'objects'>,
  name: string,
): ObjectDefinition | undefined {
  return own(objects, name);
}

/** Describes the type of the object, with a paragraph for each property. */
export function describeObject({ object: name }: { readonly object: string }, definition: Definition): ReturnedType[] {
  const object = findObject(definition, name);
  if (!object) return [];
  const properties = object.properties.map((property) => `${property.name}: ${property.description}`);
  return [{ name: object.typeName, description: [object.description, ...properties] }];
}
