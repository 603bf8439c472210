/** The related cmdlets in the help of a cmdlet. Their number is limited, so that the size of help grows linearly. */
import type { Definition } from '../definition/types.js';
import { releasesOf } from '../kinds/index.js';
import { cmdletsOf } from '../model/cmdlets.js';
import type { CmdletModel } from '../model/types.js';

const MOST = 6;
const MOST_OPENERS = 3;

/**
 * Returns first the cmdlets that open or close the handle of this one, then those with the same noun, those that use
 * the handle, and its neighbours in the definition. All are of the same variant.
 */
export function relatedCmdlets(definition: Definition, cmdlet: CmdletModel): string[] {
  const { groups, places } = indexOf(definition);
  const handles = [...opened(cmdlet), ...used(cmdlet)];
  const first = (key: string) => groups.get(key)?.slice(0, MOST + 1) ?? [];
  const related = new Set([
    ...handles.flatMap((one) => openersOf(definition, cmdlet, one)),
    ...handles.flatMap((one) => first(keyOf(cmdlet, 'closes', one))),
    ...first(nounOf(cmdlet)),
    ...handles.flatMap((one) => first(keyOf(cmdlet, 'uses', one))),
    ...around(groups.get(variantOf(cmdlet)) ?? [], places.get(cmdlet.name) ?? 0),
  ]);
  related.delete(cmdlet.name);
  return [...related].slice(0, MOST);
}

/** Returns the names of the first cmdlets of its variant that return a handle which this function releases. */
export function openersOf(definition: Definition, cmdlet: CmdletModel, release: string): readonly string[] {
  return (indexOf(definition).groups.get(keyOf(cmdlet, 'opens', release)) ?? []).slice(0, MOST_OPENERS);
}

interface Index {
  /** Names of cmdlets with something in common, in the order of the definition. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** The index of each cmdlet in its variant. */
  readonly places: ReadonlyMap<string, number>;
}

const INDEXES = new WeakMap<Definition, Index>();

function indexOf(definition: Definition): Index {
  const known = INDEXES.get(definition);
  if (known) return known;
  const groups = new Map<string, string[]>();
  const places = new Map<string, number>();
  for (const cmdlet of cmdletsOf(definition)) {
    places.set(cmdlet.name, groups.get(variantOf(cmdlet))?.length ?? 0);
    for (const key of standsIn(cmdlet)) {
      const group = groups.get(key);
      if (group) group.push(cmdlet.name);
      else groups.set(key, [cmdlet.name]);
    }
  }
  const made = { groups, places };
  INDEXES.set(definition, made);
  return made;
}

/** The groups of a cmdlet. */
function standsIn(cmdlet: CmdletModel): Set<string> {
  const opens = opened(cmdlet).map((one) => keyOf(cmdlet, 'opens', one));
  const uses = used(cmdlet).map((one) => keyOf(cmdlet, one === cmdlet.function ? 'closes' : 'uses', one));
  return new Set([...opens, ...uses, nounOf(cmdlet), variantOf(cmdlet)]);
}

/** The functions that release the handles that a cmdlet returns. */
const opened = (cmdlet: CmdletModel): readonly string[] =>
  cmdlet.calls === 'function' ? cmdlet.fn.outputs.flatMap(({ shape }) => releasesOf(shape)) : [];

/** The functions that release the handles that a cmdlet takes. */
const used = (cmdlet: CmdletModel): readonly string[] =>
  cmdlet.calls === 'function' ? cmdlet.fn.inputs.flatMap(({ shape }) => releasesOf(shape)) : [];

const keyOf = ({ terms }: CmdletModel, what: string, name: string): string => JSON.stringify([terms, what, name]);
const variantOf = (cmdlet: CmdletModel): string => keyOf(cmdlet, 'variant', '');
const nounOf = (cmdlet: CmdletModel): string => keyOf(cmdlet, 'noun', cmdlet.name.slice(cmdlet.name.indexOf('-') + 1));

/** The neighbours of an element, and the element itself. */
function around(all: readonly string[], place: number): readonly string[] {
  const first = Math.max(0, Math.min(place - MOST / 2, all.length - MOST - 1));
  return all.slice(first, first + MOST + 1);
}
