/**
 * Unions whose member another field of the same struct chooses. The value has a property for each member. All are null
 * except that of the member that is used.
 */

import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { FieldDefinition } from '../definition/types.js';
import { exampleOf } from './example.js';
import { objectInWords } from './in-words.js';
import { type Json, ValueError, within } from './json.js';
import type { Codec, Kind, Layout, Problem, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { unfit } from './unfit.js';

export type UnionMember = FieldDefinition & { readonly shape: Shape };

export interface SwitchedUnionShape {
  readonly kind: 'switchedUnion';
  /** The maximum alignment of a field in bytes; absent for natural alignment. */
  readonly pack?: number;
  readonly members: readonly UnionMember[];
  /** The field of the struct that chooses the member. */
  readonly field: string;
}

/**
 * The name of a native member for "no member", because koffi needs a value for a union. It is longer than any name in a
 * definition.
 */
const NOTHING = '_'.repeat(81);

/** Its type expression is that of unions. */
export const switchedUnion: Kind<SwitchedUnionShape> = {
  name: 'switchedUnion',
  problems: ({ members }) => [...memberProblems(members), ...choiceProblems(members)],
  placeProblems: ({ field }, { name }) => [
    {
      at: ['type'],
      message: `'${name}' is not a field of a struct, so a field '${field}' cannot be its "switch"`,
    },
  ],

  layout: unionLayout,
  passing: 'value',
  elements: () => 1,
  fields: ({ members }) => members,
  switch: ({ field, members }) => ({ field, cases: members.flatMap((member) => member.case ?? []) }),
  codec(shape, _residence, machine) {
    const { members, pack } = shape;
    const codecs = new Map(
      members.map(({ name, shape }) => [name, kindOf(shape).codec(shape, 'memory', machine)] as const),
    );
    const types = [...codecs].map(([name, { type }]) => [name, type] as const);
    return {
      type: { union: [...types, [NOTHING, 'uint8']], ...(pack !== undefined && { pack }) },
      toNative: (value, place, memory, told) => {
        const given = givenMember(shape, value, place, told);
        if (!given) return { [NOTHING]: 0 };
        const codec = codecs.get(given.name) as Codec;
        return { [given.name]: codec.toNative(given.value, `${place}.${given.name}`, memory) };
      },
      fromNative: (raw, memory, told) => {
        const used = usedMember(shape, told);
        const read = (name: string) =>
          codecs.get(name)?.fromNative((raw as Readonly<Record<string, unknown>>)[name], memory) ?? null;
        return ofMembers(shape, ({ name }) => (name === used?.name ? read(name) : null));
      },
    };
  },

  decode(shape, json, handles) {
    if (json === null || typeof json !== 'object' || Array.isArray(json))
      throw new ValueError(`must be an object, not ${show(json)}`);
    const given = json as { readonly [key: string]: Json };
    const names = shape.members.map(({ name }) => name);
    const unknown = Object.keys(given).find((key) => !names.includes(key));
    if (unknown !== undefined) throw new ValueError(`has no member '${unknown}'; its members are ${names.join(', ')}`);
    return ofMembers(shape, ({ name, shape }) => {
      const value = Object.hasOwn(given, name) ? (given[name] ?? null) : null;
      return value === null ? null : within(`.${name}`, () => kindOf(shape).decode(shape, value, handles));
    });
  },
  encode(shape, value, handles) {
    const given = value as { readonly [name: string]: NativeValue };
    return ofMembers(shape, ({ name, shape }) => {
      const one = given[name] ?? null;
      return one === null ? null : kindOf(shape).encode(shape, one, handles);
    });
  },
  /** An object with the first member that has a `case`. */
  example: ({ members }) => {
    const member = members.find((one) => one.case !== undefined);
    return member ? { [member.name]: exampleOf(member.shape) } : {};
  },
  schema: ({ members }) => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      members.map(({ name, shape }) => [name, { anyOf: [kindOf(shape).schema(shape), { type: 'null' }] }]),
    ),
  }),

  inWords: ({ members }, use) => `${objectInWords(members, use)}, of which one is used`,
  powershellType: () => 'psobject',
  wireType: ({ members }) => ({
    struct: Object.fromEntries(
      members.map(({ name, shape }) => {
        const kind = kindOf(shape);
        return [name, { nullable: kind.wireType?.(shape) ?? kind.powershellType(shape) }];
      }),
    ),
  }),
};

/** The layout of a union. */
export function unionLayout({
  members,
  pack = 16,
}: {
  readonly members: readonly UnionMember[];
  readonly pack?: number;
}): Layout {
  const layouts = members.map(({ shape }) => kindOf(shape).layout(shape));
  const alignment = Math.max(...layouts.map((one) => Math.min(one.alignment, pack)));
  const size = Math.max(...layouts.map((one) => one.size));
  return { size: Math.ceil(size / alignment) * alignment, alignment };
}

/** Mistakes of members that cannot be in any union. */
export function memberProblems(members: readonly UnionMember[]): Problem[] {
  return members.flatMap(({ name, bits, padding, shape }, index) => {
    const at = ['type', 'union', index];
    if (bits !== undefined || padding)
      return [
        {
          at,
          message: `'${name}' is a bit field, which is allowed in a union only inside a struct; put a struct around it`,
        },
      ];
    const kind = kindOf(shape);
    const sibling = kind.switch?.(shape)?.field ?? kind.countField?.(shape);
    if (sibling === undefined) return [];
    return [{ at, message: `'${name}' needs the field '${sibling}' in the same struct; put both into a struct` }];
  });
}

/** Mistakes: members that no value chooses, or that more than one rule chooses. */
function choiceProblems(members: readonly UnionMember[]): Problem[] {
  const seen = new Map<number | 'default', string>();
  const names = members.map(({ name }) => name);
  return members.flatMap(({ name, case: cases = [], default: isDefault }, index) => {
    const at = ['type', 'union', index];
    const problems: Problem[] = [];
    if (names.indexOf(name) !== index)
      problems.push({ at: [...at, 'name'], message: `the member '${name}' appears twice` });
    if (cases.length === 0 && !isDefault)
      problems.push({
        at,
        message: `'${name}' is never used; give its values with "case", or write "default" for all others`,
      });
    for (const one of [...cases, ...(isDefault ? (['default'] as const) : [])]) {
      const first = seen.get(one);
      if (first !== undefined) {
        const what = one === 'default' ? 'the default' : `for the value ${one}`;
        problems.push({ at, message: `'${name}' and '${first}' are both ${what}, but only one member can be used` });
      } else seen.set(one, name);
    }
    return problems;
  });
}

/** The member that a value of the other field chooses. */
const usedMember = ({ members }: SwitchedUnionShape, told: number | undefined): UnionMember | undefined =>
  told === undefined
    ? undefined
    : (members.find((one) => one.case?.includes(told)) ?? members.find((one) => one.default));

interface Given {
  readonly name: string;
  readonly value: NativeValue;
}

/** The given member, which must be the one that the other field selects. */
function givenMember(
  shape: SwitchedUnionShape,
  value: NativeValue | undefined,
  place: string,
  told: number | undefined,
): Given | undefined {
  const used = usedMember(shape, told);
  const given = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, NativeValue>>) : {};
  const of = (name: string) => (Object.hasOwn(given, name) ? (given[name] ?? null) : null);
  const expected = used
    ? `only the member ${used.name}, because ${shape.field} is ${told}`
    : `no member, because there is none for the ${shape.field} ${told}`;
  const other = shape.members.find(({ name }) => name !== used?.name && of(name) !== null);
  if (other) throw unfit(`${place}.${other.name}`, of(other.name), expected);
  if (!used) return undefined;
  const isNull = of(used.name) === null;
  if (isNull && !(used.optional && kindOf(used.shape).isPointer?.(used.shape)))
    throw unfit(`${place}.${used.name}`, undefined, expected);
  return { name: used.name, value: of(used.name) };
}

/** An object with a property for each member. */
function ofMembers<T>(
  { members }: SwitchedUnionShape,
  value: (member: UnionMember) => T,
): { readonly [name: string]: T } {
  return Object.fromEntries(members.map((member) => [member.name, value(member)]));
}
