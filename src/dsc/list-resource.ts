/**
 * The list of a resource: many instances at once, and `_purge`, which removes instances that are not listed.
 *
 * Purging is limited twice: to instances entirely within a range of `scope`, which is mandatory, and to those that a
 * lookup of their exact keys confirms. Unconfirmed instances stay.
 */
import type { Json } from '../bridge/messages.js';
import { listed, show } from '../definition/shown.js';
import { invalidInput, ResourceFailure } from './failure.js';
import {
  type Desired,
  type JsonObject,
  objectOf,
  readBoolean,
  readFilter,
  readInstance,
  reportUnknown,
} from './input.js';
import { camelCase, type Instance, identityOf, itemText, type ResourceModel, valuesOf } from './model.js';
import type { Comparison, Reason, Resource } from './resource.js';

/** A range in which `_purge` may remove instances: limits are inclusive; one word of the variant, or all. */
interface Scope {
  readonly filter: Instance;
  readonly from: number;
  readonly to: number;
}

export interface DesiredList {
  readonly items: readonly Desired[];
  readonly scopes: readonly Scope[];
  readonly purge: boolean;
  /** The scope as given, which the state repeats. */
  readonly scopeInput: Json | undefined;
}

/** Reads a list. Throws ResourceFailure, before anything is done, for contradictory items. */
export function readList(model: ResourceModel, input: JsonObject): DesiredList {
  const { property, scope } = listOf(model);
  const problems: string[] = [];
  const known = [property, ...(scope ? ['scope', '_purge'] : [])];
  reportUnknown(input, known, ['_inDesiredState', '_metadata'], problems);
  const given = arrayOf(input, property, problems);
  if (!Object.hasOwn(input, property)) problems.push(`'${property}' is missing`);
  const purge = scope !== undefined && readBoolean(input, '_purge', false, problems);
  const ranges = scope ? arrayOf(input, 'scope', problems) : [];
  if (purge && ranges.length === 0)
    problems.push("'_purge' needs 'scope', because it removes only instances inside the ranges of the scope");
  if (problems.length > 0) throw invalidInput(listed(problems, '; '));
  const items = given.map((item, index) =>
    readInstance(model, objectOf(item, `${property}[${index}]`), `${property}[${index}]: `),
  );
  refuseContradictions(model, items);
  const scopes = ranges.map((range, index) =>
    readScope(model, objectOf(range, `scope[${index}]`), `scope[${index}]: `),
  );
  return { items, scopes, purge, scopeInput: input.scope };
}

export interface ListResource {
  compare(desired: DesiredList): Promise<Comparison>;
  /**
   * Removes before it creates, so that a new division of a block does not overlap the old one. Stops at the first
   * failure.
   */
  set(
    desired: DesiredList,
    whatIf?: boolean,
  ): Promise<{ readonly state: JsonObject; readonly changes: readonly string[] }>;
}

export function createListResource(resource: Resource): ListResource {
  const { model } = resource;
  const { property } = listOf(model);

  const unlisted = async ({ items, scopes, purge }: DesiredList): Promise<Instance[]> => {
    if (!purge) return [];
    const listed = new Set(items.map(({ instance }) => identityOf(model, instance)));
    const existing = await resource.list();
    return existing.filter(
      (instance) =>
        !listed.has(identityOf(model, instance)) && scopes.some((scope) => isInside(model, instance, scope)),
    );
  };

  const compareAll = async (desired: DesiredList) => {
    const extra = await unlisted(desired);
    const wanted = [...desired.items, ...extra.map((instance) => ({ instance, exist: false }))];
    const items: { desired: Desired; comparison: Comparison }[] = [];
    for (const one of wanted) items.push({ desired: one, comparison: await resource.compare(one) });
    return items;
  };

  const stateOfList = (desired: DesiredList, states: readonly JsonObject[]): JsonObject => ({
    [property]: states,
    ...(desired.scopeInput === undefined ? {} : { scope: desired.scopeInput }),
  });

  return {
    async compare(desired) {
      const items = await compareAll(desired);
      const reasons: Reason[] = items.flatMap(({ comparison }) => comparison.reasons);
      return {
        state: stateOfList(
          desired,
          items.map(({ comparison }) => comparison.state),
        ),
        inDesiredState: reasons.length === 0,
        reasons,
      };
    },
    async set(desired, whatIf = false) {
      const items = await compareAll(desired);
      const changes: string[] = [];
      const states = new Map<Desired, JsonObject>(items.map(({ desired: one, comparison }) => [one, comparison.state]));
      const pending = items.filter(({ comparison }) => !comparison.inDesiredState).map(({ desired: one }) => one);
      for (const one of [...pending.filter(({ exist }) => !exist), ...pending.filter(({ exist }) => exist)]) {
        const change = await resource.set(one, whatIf).catch((error: unknown) => {
          throw afterChanges(error, changes);
        });
        changes.push(...change.changes);
        states.set(one, change.state);
      }
      // Purged instances are no longer part of the list, and get would not report them either.
      return {
        state: stateOfList(
          desired,
          desired.items.map((one) => states.get(one) as JsonObject),
        ),
        changes,
      };
    },
  };
}

/** A failure in the middle reports the changes made before it. */
function afterChanges(error: unknown, changes: readonly string[]): unknown {
  if (!(error instanceof ResourceFailure) || changes.length === 0) return error;
  return new ResourceFailure(error.exitCode, `${error.message} Before that: ${changes.join(' ')}`, error.facts);
}

function listOf({ resource }: ResourceModel) {
  if (!resource.list) throw new Error(`the resource ${resource.type} has no list`);
  return resource.list;
}

function arrayOf(input: JsonObject, name: string, problems: string[]): readonly Json[] {
  const value = Object.hasOwn(input, name) ? input[name] : [];
  if (Array.isArray(value)) return value;
  problems.push(`'${name}' must be an array, not ${show(value ?? null)}`);
  return [];
}

function readScope(model: ResourceModel, input: JsonObject, place: string): Scope {
  const { scope, property } = listOf(model);
  if (!scope) throw new Error(`${property} has no scope`);
  const problems: string[] = [];
  const limit = (source: string) => {
    const value = input[camelCase(source)];
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    problems.push(`'${camelCase(source)}' must be a whole number, not ${show(value ?? null)}`);
    return 0;
  };
  const [from, to] = [limit(scope.from), limit(scope.to)];
  const words = model.keys.filter(({ value }) => 'words' in value).map(({ name }) => name);
  reportUnknown(input, [...words, camelCase(scope.from), camelCase(scope.to)], [], problems);
  if (from > to) problems.push(`'${camelCase(scope.from)}' ${from} is greater than '${camelCase(scope.to)}' ${to}`);
  if (problems.length > 0)
    throw invalidInput(
      listed(
        problems.map((problem) => place + problem),
        '; ',
      ),
    );
  const filter = readFilter(model, Object.fromEntries(Object.entries(input).filter(([name]) => words.includes(name))));
  return { filter, from, to };
}

function isInside(model: ResourceModel, instance: Instance, { filter, from, to }: Scope): boolean {
  const { scope } = listOf(model);
  const values = valuesOf(model, instance);
  const matches = Object.entries(filter.terms).every(([name, word]) => instance.terms[name] === word);
  return matches && Number(values[scope?.from ?? '']) >= from && Number(values[scope?.to ?? '']) <= to;
}

/** Finds duplicate instances, and overlapping ones that should both exist. */
function refuseContradictions(model: ResourceModel, items: readonly Desired[]): void {
  const { property } = listOf(model);
  const seen = new Map<string, number>();
  items.forEach(({ instance }, index) => {
    const identity = identityOf(model, instance);
    const earlier = seen.get(identity);
    if (earlier !== undefined)
      throw invalidInput(
        `${property}[${index}] is the same instance as ${property}[${earlier}]: ${itemText(model, instance)}`,
      );
    seen.set(identity, index);
  });
  const { scope } = listOf(model);
  if (!scope) return;
  const ranges = items
    .map(({ instance, exist }, index) => {
      const values = valuesOf(model, instance);
      const pool = JSON.stringify(instance.terms);
      return { index, exist, pool, from: Number(values[scope.from]), to: Number(values[scope.to]) };
    })
    .filter(({ exist }) => exist)
    .sort((one, other) => (one.pool === other.pool ? one.from - other.from : one.pool < other.pool ? -1 : 1));
  for (let at = 1; at < ranges.length; at += 1) {
    const [one, other] = [ranges[at - 1], ranges[at]];
    if (one && other && one.pool === other.pool && other.from <= one.to)
      throw invalidInput(
        `${property}[${one.index}] and ${property}[${other.index}] overlap, so they cannot both exist`,
      );
  }
}
