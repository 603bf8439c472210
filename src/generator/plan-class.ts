/** Plans the PSDSC class of a resource, in its own module. */

import { nounOf } from '../definition/reserved-names.js';
import type { ClassDefinition, Definition } from '../definition/types.js';
import { type ResourceModel, type ResourceProperty, resourceModel } from '../dsc/model.js';
import { powershellType, travelsAsString } from '../kinds/index.js';
import { validationOf } from './plan-parameter.js';
import type { ClassPlan, ClassPropertyPlan } from './plan-types.js';
import { bareName, moduleName } from './powershell-text.js';

export function planClasses(definition: Definition): ClassPlan[] {
  return Object.keys(definition.dsc).flatMap((name) => {
    const model = resourceModel(definition, name);
    return model.resource.class ? [planClass(model, model.resource.class)] : [];
  });
}

function planClass(model: ResourceModel, { module, guid, description }: ClassDefinition): ClassPlan {
  const prefix = nounOf(module);
  return {
    name: bareName(model.name),
    module: moduleName(module),
    guid,
    description,
    comment: model.resource.description,
    ensure: `${prefix}Ensure`,
    reason: `${prefix}Reason`,
    keys: model.keys.map(planKey),
    outputs: model.outputs.map(planOutput),
    canExport: model.resource.candidates !== undefined,
  };
}

/**
 * A variant is a string rather than an enumeration, because PowerShell would read a missing value as the first member.
 */
function planKey(key: ResourceProperty): ClassPropertyPlan {
  const { value } = key;
  if ('words' in value) return plan(key, 'string', `[ValidateSet(${value.words.map(quotedWord).join(', ')})]`, '');
  const { shape } = value;
  const cast = travelsAsString(shape) ? '[string]' : '';
  return plan(key, powershellType(shape), validationOf(shape), cast);
}

/** Value types are `Nullable`, to express a missing instance. A 64-bit number is a string, as in the v3 resource. */
function planOutput(output: ResourceProperty): ClassPropertyPlan {
  const { value } = output;
  if ('words' in value || travelsAsString(value.shape)) return plan(output, 'string', undefined, '');
  const type = powershellType(value.shape);
  return plan(output, type === 'string' ? type : `Nullable[${type}]`, undefined, '');
}

function plan(
  { name, source, description }: ResourceProperty,
  type: string,
  validation: string | undefined,
  cast: string,
): ClassPropertyPlan {
  return { name: bareName(source), json: bareName(name), type, validation, cast, comment: description };
}

function quotedWord(word: string): string {
  return `'${bareName(word)}'`;
}
