/**
 * One DSC resource over a backend: get, test, set, delete, export. The comparison of what should be with what is stands
 * here alone; the DSC v3 resource and the PSDSC class both ask it.
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

/** Why an instance is not as it should be, in the form of machine configuration: `Res:Res:Id` and a sentence. */
export interface Reason {
  readonly code: string;
  readonly phrase: string;
}

/** What is, against what should be. */
export interface Comparison {
  /** Every key, `_exist`, and what the lookup reports of an instance that exists. */
  readonly state: JsonObject;
  readonly inDesiredState: boolean;
  readonly reasons: readonly Reason[];
}

/** What a change did, or would do. */
export interface Change {
  readonly state: JsonObject;
  /** Sentences, one for each thing that was changed; none where nothing was. */
  readonly changes: readonly string[];
}

export interface Resource {
  readonly model: ResourceModel;
  compare(desired: Desired): Promise<Comparison>;
  /** Makes it so. Changes nothing where it is so already, or with `whatIf`; then says what it would change. */
  set(desired: Desired, whatIf?: boolean): Promise<Change>;
  /** The instances that can be found and that a lookup confirms, sorted as they were found. */
  list(): Promise<Instance[]>;
}

/** All methods reject with ResourceFailure. */
export function createResource(model: ResourceModel, call: Caller): Resource {
  const { resource } = model;

  const lookup = async (instance: Instance): Promise<JsonObject | undefined> => {
    const answer = await call(functionFor(model, 'lookup', instance), instance.params);
    if ('result' in answer) return answer.result as JsonObject;
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

  /** Somebody else may have made the same instance since it was looked up: that is as good. */
  const create = async (instance: Instance): Promise<JsonObject> => {
    const answer = await call(functionFor(model, 'create', instance), instance.params);
    if ('result' in answer) return answer.result as JsonObject;
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
    // A creation need not report everything that a lookup does.
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

/** The same properties in the same order from every operation, so that nothing seems to change that did not. */
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

/** Rows of the operation that have every key, each block once. An operation that fails is an error, never "none". */
async function candidatesOf(model: ResourceModel, call: Caller): Promise<Instance[]> {
  const { candidates } = model.resource;
  if (!candidates)
    throw new ResourceFailure(RESOURCE_EXIT.notListed, `nothing tells which ${model.resource.type} exist`);
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

/** The instance that a row would be; undefined for a row whose values no instance can have. */
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
