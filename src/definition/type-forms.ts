/** The part of the definition's schema that comes from kinds. */
import { type JsonSchema, typeForms } from '../kinds/index.js';

/** The schema, as far as this file needs to know it. */
interface DefinitionSchema {
  readonly $defs: { readonly type: { readonly description: string; readonly oneOf: readonly JsonSchema[] } };
}

/** Returns the schema in `definition.schema.json` with the type expressions that kinds add to it. */
export function withTypeForms<T extends DefinitionSchema>(schema: T): T {
  const { type } = schema.$defs;
  // The schema of a build has them already.
  const isThere = (key: string) => type.oneOf.some(({ required }) => Array.isArray(required) && required.includes(key));
  const added = typeForms().flatMap((form) => (form.schema && !isThere(form.key) ? form.schema : []));
  const description = [type.description, ...added.map((one) => one.description)].join(' ');
  return { ...schema, $defs: { ...schema.$defs, type: { ...type, description, oneOf: [...type.oneOf, ...added] } } };
}
