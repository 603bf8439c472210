/**
 * One DSC resource over a backend: get, test, set, delete, export. The DSC v3 resource and the PSDSC class both use its
 * comparison of the desired with the actual state.
 */
import type { Json, RpcError } from '../bridge/messages.js';
import { RESOURCE_EXIT } from '../definition/resource-codes.js';
import { ValueError } from '../kinds/index.js';
import { callFailure, ResourceFailure } from './failure.js';
import type { Desired, JsonObject } from './input.js';
import { readKey } from './input.js';
import { functionFor, type Instance, identityOf, itemText, type ResourceModel } from './model.js';

export type Answer = { readonly result: Json } | { readonly error: RpcError };

/** Calls a function or an operation of the definition. */
export type Caller = (method: string, params: Json) => Promise<Answer>;

/** Why an instance is not in the desired state, in the form of machine configuration: `Res:Res:Id` and a sentence. */
export type Reason = { readonly code: string; readonly phrase: string };

/** The actual state, compared with the desired one. */
export type Comparison = {
  /** Every key, `_exist`, and the lookup's outputs for an existing instance. */
  readonly state: JsonObject;
  readonly inDesiredState: boolean;
  readonly reasons: readonly Reason[];
};

/** The changes that were made, or would be made. */
export interface Change {
  readonly state: JsonObject;
  /** One sentence for each change; empty if nothing changed. */
  readonly changes: readonly string[];
}

export interface Resource {
  readonly model: ResourceModel;
  compare(desired: Desired): Promise<Comparison>;
  /**
   * Applies the desired state. If the instance is already in it, or with `whatIf`, changes nothing; with `whatIf`,
   * returns the changes that it would make.
   */
  set(desired: Desired, whatIf?: boolean): Promise<Change>;
  /** Returns the instances that discovery finds and a lookup confirms, in the order found. */
  list(): Promise<Instance[]>;
}

/** All methods reject with ResourceFailure. */
export function createResource(model: ResourceModel, call: Caller): Resource {
  const { resource } = model;

  const lookup = async (instance: Instance): Promise<JsonObject | undefined> => {
    const answer = await call(functionFor(model, 'lookup', instance), instance.params);
    if ('result' in answer) return foundIn(answer.result);
    if (resource.absentOn.includes(answer.error.data.id)) return undefined;
    throw callFailure(resource, answer.error);
  };

  const compare = async ({ instance, exist }: Desired): Promise<Comparison> => {
    const found = await lookup(instance);
    const inDesiredState = (found !== undefined) === exist;
    return {
      state: stateOf(model, instance, found),
      inDesiredState,
      reasons: inDesiredState ? [] : [reasonFor(model, instance, exist)],
    };
  };

  /** Another process may have created the same instance since the lookup; that counts as success. */
  const create = async (instance: Instance): Promise<JsonObject> => {
    const answer = await call(functionFor(model, 'create', instance), instance.params);
    if ('result' in answer) return (answer.result as JsonObject | null) ?? {};
    const { existing } = answer.error.data;
    if (existing !== undefined && existing !== null) return existing as JsonObject;
    throw callFailure(resource, answer.error);
  };

  const remove = async (instance: Instance): Promise<void> => {
    const answer = await call(functionFor(model, 'delete', instance), instance.params);
    if ('error' in answer && !resource.absentOn.includes(answer.error.data.id))
      throw callFailure(resource, answer.error);
  };

  const set = async (desired: Desired, whatIf = false): Promise<Change> => {
    const { instance, exist } = desired;
    const before = await compare(desired);
    if (before.inDesiredState) return { state: before.state, changes: [] };
    const item = itemText(model, instance);
    if (whatIf) {
      const state = { ...stateOf(model, instance, undefined), _exist: exist };
      return { state, changes: [`Would ${exist ? 'create' : 'delete'} the ${item}.`] };
    }
    if (!exist) await remove(instance);
    const made = exist ? await create(instance) : undefined;
    // A creation may return fewer properties than a lookup.
    const found =
      made && model.outputs.some(({ source }) => made[source] === undefined) ? await lookup(instance) : made;
    return { state: stateOf(model, instance, found), changes: [`${exist ? 'Created' : 'Deleted'} the ${item}.`] };
  };

  const list = async (): Promise<Instance[]> => {
    const found: Instance[] = [];
    for (const candidate of await candidatesOf(model, call)) if (await lookup(candidate)) found.push(candidate);
    return found;
  };

  return { model, compare, set, list };
}

/** Returns what was found: the result of a function, or the rows of an operation. */
function foundIn(result: Json): JsonObject | undefined {
  const found = result as (JsonObject & { readonly Rows?: readonly JsonObject[] }) | null;
  return Array.isArray(found?.Rows) ? (found.Rows as readonly JsonObject[])[0] : (found ?? undefined);
}

/** Every operation returns the same properties in the same order, so that no property seems to change. */
export function stateOf(model: ResourceModel, { terms, params }: Instance, found: JsonObject | undefined): JsonObject {
  const keys = model.keys.map(({ name, source }) => [name, terms[source] ?? params[source]]);
  const outputs = found ? model.outputs.map(({ name, source }) => [name, found[source] ?? null]) : [];
  return { ...Object.fromEntries(keys), ...Object.fromEntries(outputs), _exist: found !== undefined };
}

function reasonFor(model: ResourceModel, instance: Instance, exist: boolean): Reason {
  const item = itemText(model, instance);
  return {
    code: `${model.name}:${model.name}:${exist ? 'Missing' : 'Unwanted'}`,
    phrase: exist ? `The ${item} should exist, but does not.` : `The ${item} should not exist, but does.`,
  };
}

/**
 * Returns the rows of the operation that have every key, without duplicates. A failing operation is an error, never
 * "none".
 */
async function candidatesOf(model: ResourceModel, call: Caller): Promise<Instance[]> {
  const { candidates } = model.resource;
  if (!candidates)
    throw new ResourceFailure(RESOURCE_EXIT.notListed, `there is no way to list the existing ${model.resource.type}`);
  const found = new Map<string, Instance>();
  for (const params of candidates.calls) {
    const answer = await call(candidates.operation, params as Json);
    if ('error' in answer) throw new ResourceFailure(RESOURCE_EXIT.notListed, answer.error.message, answer.error.data);
    for (const row of (answer.result as { Rows: readonly JsonObject[] }).Rows) {
      const instance = instanceOf(model, row);
      if (instance) found.set(identityOf(model, instance), instance);
    }
  }
  return [...found.values()];
}

/** Returns the instance of a row; undefined for a row whose values no instance can have. */
function instanceOf(model: ResourceModel, row: JsonObject): Instance | undefined {
  const terms: Record<string, string> = {};
  const params: Record<string, string | number> = {};
  for (const key of model.keys) {
    try {
      const value = readKey(key, row[key.source] ?? null);
      if ('words' in key.value) terms[key.source] = String(value);
      else params[key.source] = value;
    } catch (error) {
      if (error instanceof ValueError) return undefined;
      throw error;
    }
  }
  return { terms, params };
}
