/**
 * `dllet.resource`: a DSC resource for the PSDSC class, over the resident bridge.
 * `{"resource":"Name","operation":"get","desired":{...}}` is answered by
 * `{"state":{...},"inDesiredState":true,"reasons":[],"changes":[]}`,
 * the operation `list` by `{"states":[...]}`.
 */
import { ERROR_CODES, type Json, type RpcError } from '../bridge/messages.js';
import { show } from '../definition/shown.js';
import type { Definition } from '../definition/types.js';
import { ResourceFailure, toRpcError } from './failure.js';
import { type JsonObject, objectOf, readInstance } from './input.js';
import { type ResourceModel, resourceModel } from './model.js';
import { type Answer, type Caller, createResource, type Resource } from './resource.js';

/** Answers one request. Rejects only because of a bug. */
export async function answerResource(definition: Definition, call: Caller, params: Json | undefined): Promise<Answer> {
  const { resource: name, operation, desired } = (params ?? {}) as JsonObject;
  if (typeof name !== 'string' || !Object.hasOwn(definition.dsc, name))
    return { error: invalid(`the definition ${definition.name} has no resource ${show(name ?? null)}`) };
  try {
    const resource = createResource(resourceModel(definition, name), call);
    if (operation === 'list') return { result: await listed(resource) };
    const wanted = readInstance(resource.model, exactWords(resource.model, objectOf(desired ?? null, 'desired')));
    switch (operation) {
      case 'set':
      case 'get':
      case 'test': {
        const { changes } = operation === 'set' ? await resource.set(wanted) : { changes: [] };
        return { result: { ...(await resource.compare(wanted)), changes } };
      }
      default:
        return {
          error: invalid(`a resource has no operation ${show(operation ?? null)}; it has get, test, set and list`),
        };
    }
  } catch (error) {
    if (error instanceof ResourceFailure) return { error: toRpcError(error) };
    throw error;
  }
}

/** Converts words to their exact case, because they are case-insensitive in PowerShell. */
function exactWords({ keys }: ResourceModel, desired: JsonObject): JsonObject {
  const exact = keys.flatMap(({ name, value }) => {
    const given = desired[name];
    if (!('words' in value) || typeof given !== 'string') return [];
    return value.words.filter((word) => word.toLowerCase() === given.toLowerCase()).map((word) => [name, word]);
  });
  return { ...desired, ...Object.fromEntries(exact) };
}

async function listed({ list, compare }: Resource): Promise<Json> {
  const states: JsonObject[] = [];
  for (const instance of await list()) {
    const { state } = await compare({ instance, exist: true });
    states.push(state);
  }
  return { states };
}

function invalid(message: string): RpcError {
  const recommendedAction = 'Correct the request; nothing was done.';
  return {
    code: ERROR_CODES.invalidParams,
    message: `dllet.resource: ${message}`,
    data: { id: 'InvalidParameter', category: 'InvalidArgument', recommendedAction },
  };
}
