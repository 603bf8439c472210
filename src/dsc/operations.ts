/** The operations of DSC v3 on a resource, or on its list: JSON in, lines of JSON out. */
import type { Json } from '../bridge/messages.js';
import { RESOURCE_EXIT } from '../definition/resource-codes.js';
import type { Definition } from '../definition/types.js';
import { ResourceFailure } from './failure.js';
import { type JsonObject, readFilter, readInstance } from './input.js';
import { createListResource, readList } from './list-resource.js';
import { type Instance, itemText, resourceModel } from './model.js';
import { type Caller, type Comparison, createResource, type Resource, stateOf } from './resource.js';

export const OPERATIONS = ['get', 'test', 'set', 'delete', 'export'] as const;

export type OperationName = (typeof OPERATIONS)[number];

export interface OperationRequest {
  readonly type: string;
  readonly operation: OperationName;
  /** Undefined if there was none, which only `export` permits. */
  readonly input: JsonObject | undefined;
  readonly whatIf?: boolean;
}

/** The lines for stdout, and sentences for the trace about what was done. */
export interface OperationAnswer {
  readonly lines: readonly JsonObject[];
  readonly notes: readonly string[];
}

/** Rejects with ResourceFailure. */
export async function runOperation(
  definition: Definition,
  call: Caller,
  request: OperationRequest,
): Promise<OperationAnswer> {
  const { name, isList } = findResource(definition, request.type);
  const resource = createResource(resourceModel(definition, name), call);
  const { operation, input, whatIf = false } = request;
  if (operation === 'export' && !isList) return exportAll(resource, input);
  if (input === undefined) throw usage(`${operation} of ${request.type} needs an input`);
  if (isList && (operation === 'export' || operation === 'delete')) throw usage(`${request.type} has no ${operation}`);
  return isList ? runOnList(resource, operation, input, whatIf) : runOnOne(resource, operation, input, whatIf);
}

/** Returns the resource types of a definition. */
export function resourceTypes(definition: Definition): string[] {
  return Object.values(definition.dsc).flatMap(({ type, list }) => [type, ...(list ? [list.type] : [])]);
}

function findResource(definition: Definition, type: string): { readonly name: string; readonly isList: boolean } {
  const same = (one: string | undefined) => one?.toLowerCase() === type.toLowerCase();
  for (const [name, resource] of Object.entries(definition.dsc)) {
    if (same(resource.type)) return { name, isList: false };
    if (same(resource.list?.type)) return { name, isList: true };
  }
  const known = resourceTypes(definition).join(', ') || 'none';
  throw usage(`the definition ${definition.name} has no resource '${type}'; it has ${known}`);
}

function usage(message: string): ResourceFailure {
  return new ResourceFailure(RESOURCE_EXIT.usage, message, { id: 'InvalidParameter' });
}

async function runOnOne(
  resource: Resource,
  operation: OperationName,
  input: JsonObject,
  whatIf: boolean,
): Promise<OperationAnswer> {
  const desired = readInstance(resource.model, input);
  if (operation === 'delete') {
    const { changes } = await resource.set({ ...desired, exist: false }, whatIf);
    const nothing = `There is no ${itemText(resource.model, desired.instance)} to delete.`;
    const notes = changes.length === 0 ? [nothing] : changes;
    return whatIf ? { lines: [{ _metadata: { whatIf: notes } }], notes } : { lines: [], notes };
  }
  if (operation === 'set') return changed(await resource.set(desired, whatIf), whatIf);
  return compared(await resource.compare(desired), operation);
}

async function runOnList(
  resource: Resource,
  operation: OperationName,
  input: JsonObject,
  whatIf: boolean,
): Promise<OperationAnswer> {
  const list = createListResource(resource);
  const desired = readList(resource.model, input);
  if (operation === 'set') return changed(await list.set(desired, whatIf), whatIf);
  return compared(await list.compare(desired), operation);
}

function compared({ state, inDesiredState, reasons }: Comparison, operation: OperationName): OperationAnswer {
  if (operation === 'get') return { lines: [state], notes: [] };
  return { lines: [{ ...state, _inDesiredState: inDesiredState }], notes: reasons.map(({ phrase }) => phrase) };
}

function changed(
  { state, changes }: { readonly state: JsonObject; readonly changes: readonly string[] },
  whatIf: boolean,
): OperationAnswer {
  const metadata: JsonObject = whatIf && changes.length > 0 ? { _metadata: { whatIf: changes } } : {};
  return { lines: [{ ...state, ...metadata }], notes: changes };
}

/** Without the lookup's outputs: an export is stored and applied later, when a token is no longer valid. */
async function exportAll(resource: Resource, input: JsonObject | undefined): Promise<OperationAnswer> {
  const { model } = resource;
  const filter = input && readFilter(model, input);
  const found = (await resource.list()).filter((instance) => !filter || matches(instance, filter));
  const lines = found.map((instance) => ({ ...stateOf(model, instance, undefined), _exist: true as Json }));
  return { lines, notes: [`${lines.length} confirmed by a lookup of the exact keys.`] };
}

function matches({ terms, params }: Instance, filter: Instance): boolean {
  const isIn = (part: Readonly<Record<string, unknown>>, whole: Readonly<Record<string, unknown>>) =>
    Object.entries(part).every(([name, value]) => whole[name] === value);
  return isIn(filter.terms, terms) && isIn(filter.params, params);
}
