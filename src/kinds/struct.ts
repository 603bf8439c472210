/** Structs, with C's natural alignment or packed. */

import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { FieldDefinition } from '../definition/types.js';
import { aligned, bitProblems, codecInBits, layoutOfMember, membersOf, narrowed, unitsOf } from './bit-fields.js';
import { exampleOf } from './example.js';
import { objectInWords } from './in-words.js';
import { type Json, ValueError, within } from './json.js';
import type { Codec, FilledPart, Kind, Layout, MemoryOfCall, NativeType, Problem, Shape } from './kind.js';
import { membersInC } from './members-in-c.js';
import { kindOf } from './registry.js';
import { unfit } from './unfit.js';
import { integerRange } from './whole-number.js';

export interface StructShape {
  readonly kind: 'struct';
  /** The maximum alignment of a field in bytes; absent for natural alignment. */
  readonly pack?: number;
  readonly fields: readonly (FieldDefinition & { readonly shape: Shape })[];
  /** The names of the fields in the order in which they are shown; absent: in memory order. */
  readonly shown?: readonly string[];
}

export const struct: Kind<StructShape> = {
  name: 'struct',
  composite: {
    key: 'struct',
    schema: {
      type: 'object',
      description: 'A C struct, with the natural alignment of its fields or a smaller one.',
      required: ['struct'],
      additionalProperties: false,
      properties: {
        struct: {
          type: 'array',
          description: 'The fields, in memory order.',
          minItems: 1,
          items: { $ref: '#/$defs/field' },
        },
        pack: {
          enum: [1, 2, 4, 8],
          description: 'The maximum alignment of a field in bytes, as with #pragma pack. Default: no limit.',
        },
      },
    },
    resolve: (type, resolve) => ({
      kind: 'struct',
      ...(type.pack !== undefined && { pack: type.pack }),
      // Leave out the pointer to the next element: it has the struct's own type, so resolving it would never end.
      fields: type.struct.map((field) => ({
        ...field,
        shape: narrowed(field, resolve(field.next ? { type: 'PVOID' } : field)),
      })),
    }),
    inC: ({ struct: fields, pack }, declarator, declare) =>
      membersInC(pack === undefined ? 'struct' : `struct /* pack(${pack}) */`, fields, declarator, declare),
    parts: (type) =>
      type.struct
        .map((spec, index) => ({
          at: ['struct', index],
          spec,
          ...(index > 0 && index === type.struct.length - 1 && { open: 'end' as const }),
        }))
        .filter(({ spec }) => !spec.next),
  },
  problems(shape, { type }) {
    if (typeof type === 'string' || !('struct' in type)) return [];
    const names = type.struct.map(({ name }) => name);
    const repeated = names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [{ at: ['type', 'struct', index, 'name'], message: `the field '${name}' appears twice` }],
    );
    return [
      ...repeated,
      ...pointerProblems(shape),
      ...sizeProblems(shape),
      ...switchProblems(shape),
      ...bitProblems(shape.fields, shape.pack),
    ];
  },

  layout: layoutOf,
  passing: 'value',
  elements: () => 1,
  fields: askedFields,
  inOrder: (shape, shown) => ({ ...shape, shown }),
  filled: filledFields,
  open: (shape) => (isOpen(shape) ? 'struct' : undefined),
  link: ({ fields }) => fields.find(({ next }) => next)?.name,
  codec(shape, _residence, machine) {
    const switches = switchesIn(shape);
    /** Maps each field to the field that holds its count, or that chooses the member of a union. */
    const telling = new Map([...countsIn(shape), ...switches]);
    const asked = new Set(askedFields(shape).map(({ name }) => name));
    const members = shape.fields
      .filter(({ padding }) => !padding)
      .map((field) => ({
        field,
        name: field.name,
        codec: codecInBits(kindOf(field.shape).codec(field.shape, 'memory', machine), field),
      }));
    const units = unitsOf(shape.fields, members, machine);
    const type: NativeType = {
      struct: units.types,
      ...(shape.pack !== undefined && { pack: shape.pack }),
      ...(isOpen(shape) && { isOpen: true }),
    };
    const ownSize = shape.fields.some(({ size }) => size) ? machine.sizeOf(type) : undefined;
    const fields = members.map(({ field: { constant, size, next }, ...one }) => ({
      ...one,
      constant: size ? ownSize : constant,
      isLast: next === true,
    }));
    const hasConstants = fields.some(({ constant, codec }) => constant !== undefined || codec.withConstants);
    return {
      ...(hasConstants && {
        withConstants: (raw) => {
          const record = units.split(raw);
          return units.join(
            Object.fromEntries(
              fields.map(({ name, constant, codec }) => [
                name,
                constant ?? codec.withConstants?.(record[name]) ?? record[name],
              ]),
            ),
          );
        },
      }),
      type,
      toNative: (value, place, memory) => {
        if (!isRecord(value)) throw unfit(place, value, 'an object with the fields of the struct');
        const given = (name: string) => (Object.hasOwn(value, name) ? value[name] : undefined);
        const counted = countsOf(shape, fields, given, place, memory);
        const raw = ({ name, constant, isLast, codec }: (typeof fields)[number], told?: number) =>
          // A struct given by a caller is a list of one element.
          constant ??
          codec.toNative(isLast ? null : (counted.get(name) ?? given(name)), `${place}.${name}`, memory, told);
        const record = new Map(
          fields.filter(({ name }) => !switches.has(name)).map((field) => [field.name, raw(field)]),
        );
        for (const field of fields) {
          const chooser = switches.get(field.name);
          if (chooser !== undefined) record.set(field.name, raw(field, Number(record.get(chooser))));
        }
        return units.join(Object.fromEntries(record));
      },
      fromNative: (raw, memory) => {
        const record = units.split(raw);
        return Object.fromEntries(
          fields
            .filter(({ name }) => asked.has(name))
            .map(({ name, codec }) => {
              const teller = telling.get(name);
              return [
                name,
                codec.fromNative(record[name], memory, teller === undefined ? undefined : Number(record[teller])),
              ];
            }),
        );
      },
    };
  },

  decode(shape, json, handles) {
    const fields = askedFields(shape);
    if (json === null || typeof json !== 'object' || Array.isArray(json))
      throw new ValueError(`must be an object, not ${show(json)}`);
    const given = json as { readonly [key: string]: Json };
    const names = fields.map((field) => field.name);
    const unknown = Object.keys(given).find((key) => !names.includes(key));
    if (unknown !== undefined) throw new ValueError(`has no field '${unknown}'; its fields are ${names.join(', ')}`);
    return Object.fromEntries(
      fields.map(({ name, shape, optional }) => {
        if (optional && (given[name] ?? null) === null) return [name, null];
        if (!Object.hasOwn(given, name)) throw new ValueError(`lacks the field '${name}'`);
        return [name, within(`.${name}`, () => kindOf(shape).decode(shape, given[name] as Json, handles))];
      }),
    );
  },
  encode(shape, value, handles) {
    if (value === null) return null;
    const fields = askedFields(shape);
    const given = value as { readonly [name: string]: NativeValue };
    return Object.fromEntries(
      fields.map(({ name, shape }) => [name, kindOf(shape).encode(shape, given[name] as NativeValue, handles)]),
    );
  },
  example: exampleFields,
  schema: (shape) => ({
    type: 'object',
    additionalProperties: false,
    required: askedFields(shape)
      .filter(({ optional }) => !optional)
      .map(({ name }) => name),
    properties: Object.fromEntries(
      askedFields(shape).map(({ name, shape }) => {
        const kind = kindOf(shape);
        const schema = kind.schema(shape);
        return [name, kind.isPointer?.(shape) ? { anyOf: [schema, { type: 'null' }] } : schema];
      }),
    ),
  }),

  inWords: (shape, use) => objectInWords(askedFields(shape), use),
  powershellType: () => 'psobject',
  wireType: (structShape) => ({
    struct: Object.fromEntries(
      askedFields(structShape).map(({ name, shape }) => {
        const kind = kindOf(shape);
        return [name, kind.wireType?.(shape) ?? kind.powershellType(shape)];
      }),
    ),
  }),
};

/** True if the elements of the last field continue beyond the struct. */
function isOpen({ fields }: StructShape): boolean {
  const last = fields.at(-1);
  return last !== undefined && kindOf(last.shape).open?.(last.shape) !== undefined;
}

/** Constants, and fields that hold counts and capacities. */
function filledFields(shape: StructShape): FilledPart[] {
  const constants = shape.fields.flatMap(({ name, constant, size }) => {
    if (size) return [{ name, value: 'the size of the struct' }];
    return constant === undefined ? [] : [{ name, value: `always ${constant}` }];
  });
  const counts = [...countsIn(shape)].map(([of, name]) => ({ name, value: `counts ${of}` }));
  const rooms = [...roomsIn(shape)].map(([of, name]) => ({ name, value: `is the room for ${of}` }));
  return [...constants, ...counts, ...rooms];
}

/** An example with each field. A field that chooses the member of a union has the value of the member that is shown. */
function exampleFields(shape: StructShape): Json {
  const choices = new Map(
    shape.fields.flatMap(({ shape: one }) => {
      const choice = kindOf(one).switch?.(one);
      return choice?.cases[0] === undefined ? [] : [[choice.field, choice.cases[0]] as const];
    }),
  );
  return Object.fromEntries(
    askedFields(shape).map(({ name, shape: one }) => {
      const chosen = choices.get(name);
      const isText = kindOf(one).travelsAsString?.(one);
      return [name, chosen === undefined ? exampleOf(one) : isText ? String(chosen) : chosen];
    }),
  );
}

/**
 * The fields that a caller gives: not fixed, not padding, not the count of another field, not the pointer to the next
 * element.
 */
function askedFields(shape: StructShape): StructShape['fields'] {
  const counts = new Set([...countsIn(shape).values(), ...roomsIn(shape).values()]);
  const { fields, shown } = shape;
  const place = ({ name }: FieldDefinition) => shown?.indexOf(name) ?? 0;
  return [...fields]
    .sort((one, other) => place(one) - place(other))
    .filter(
      ({ name, constant, size, next, padding }) =>
        constant === undefined && !size && !next && !padding && !counts.has(name),
    );
}

/** The fields whose number of elements another field holds, each with that other field. */
const countsIn = (shape: StructShape) => tellingFields(shape, (kind, one) => kind.countField?.(one));

/** The fields whose capacity another field holds, each with that other field. */
const roomsIn = (shape: StructShape) => tellingFields(shape, (kind, one) => kind.roomField?.(one));

function tellingFields(
  { fields }: StructShape,
  tells: (kind: Kind, shape: Shape) => string | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    fields.flatMap(({ name, shape }): [string, string][] => {
      const field = tells(kindOf(shape), shape);
      return field === undefined ? [] : [[name, field]];
    }),
  );
}

/** The unions whose member another field chooses, each with that other field. */
const switchesIn = (shape: StructShape) => tellingFields(shape, (kind, one) => kind.switch?.(one)?.field);

/** The values of the fields that hold counts and capacities. Fields with the same counter must agree. */
function countsOf(
  shape: StructShape,
  fields: readonly { readonly name: string; readonly codec: Codec }[],
  given: (name: string) => NativeValue | undefined,
  place: string,
  memory: MemoryOfCall,
): ReadonlyMap<string, bigint | number> {
  const found = new Map<string, bigint | number>();
  const told = [
    ...[...countsIn(shape)].map(([name, count]) => [name, count, 'countOf'] as const),
    ...[...roomsIn(shape)].map(([name, room]) => [name, room, 'roomOf'] as const),
  ];
  for (const [name, count, tell] of told) {
    const number = fields.find((one) => one.name === name)?.codec[tell]?.(given(name), memory) ?? 0;
    const field = shape.fields.find((one) => one.name === count);
    const known = found.get(count);
    if (known !== undefined && Number(known) !== number)
      throw unfit(`${place}.${name}`, given(name) ?? null, `${known} elements, as another field of the same count`);
    if (field) found.set(count, kindOf(field.shape).travelsAsString?.(field.shape) ? BigInt(number) : number);
  }
  return found;
}

/** Mistakes: fields whose counter does not exist or is not a suitable integer. */
function pointerProblems(shape: StructShape): Problem[] {
  const problems: Problem[] = [];
  for (const [name, count] of [...countsIn(shape), ...roomsIn(shape)]) {
    const at = ['type', 'struct', shape.fields.findIndex((one) => one.name === name), 'type'];
    const field = shape.fields.find((one) => one.name === count);
    if (!field) {
      problems.push({ at, message: `the count of '${name}' should be in the field '${count}', which does not exist` });
      continue;
    }
    const kind = kindOf(field.shape);
    const number = kind.isArithmetic ? kind.wholeNumber?.(field.shape) : undefined;
    if (!number?.isHostOrder)
      problems.push({ at, message: `'${count}' is not a plain integer, so it cannot be the count of '${name}'` });
    else if (field.constant !== undefined || field.size)
      problems.push({ at, message: `'${count}' is constant, so it cannot be the count of '${name}'` });
  }
  const links = shape.fields.filter(({ next }) => next);
  if (links.length > 1)
    problems.push({ at: ['type', 'struct'], message: 'only one field can point to the next element of a list' });
  return problems;
}

/** Fields that cannot hold the size of the struct. */
function sizeProblems({ fields }: StructShape): Problem[] {
  return fields.flatMap((field, index): Problem[] => {
    if (!field.size) return [];
    const kind = kindOf(field.shape);
    const isNumber = kind.isArithmetic && kind.wholeNumber?.(field.shape)?.isHostOrder;
    const problem = (message: string) => [{ at: ['type', 'struct', index], message: `'${field.name}' ${message}` }];
    if (!isNumber || field.bits !== undefined)
      return problem('is no plain integer, and cannot hold the size of the struct');
    return field.constant === undefined ? [] : problem('is the size of the struct, and has a "constant" as well');
  });
}

/** Unions whose member no field chooses, or none that has such values; and members of unions that stand outside of one. */
function switchProblems({ fields }: StructShape): Problem[] {
  return fields.flatMap((field, index): Problem[] => {
    const at = ['type', 'struct', index];
    const kind = kindOf(field.shape);
    const choice = kind.switch?.(field.shape);
    if (field.case !== undefined || field.default)
      return [{ at, message: `'${field.name}' has "case" or "default", but is not a field of a union` }];
    if (!choice) return [];
    const chooser = fields.find(({ name }) => name === choice.field);
    const carrier = chooser && !chooser.padding ? kindOf(chooser.shape).carrier?.(chooser.shape) : undefined;
    if (!chooser)
      return [{ at, message: `the field '${choice.field}' that chooses the member of '${field.name}' does not exist` }];
    if (!carrier)
      return [
        {
          at,
          message: `'${choice.field}' is not a plain integer or enum, so it cannot choose the member of '${field.name}'`,
        },
      ];
    const { minimum, maximum } = integerRange({ bits: chooser.bits ?? carrier.bits, signed: carrier.signed });
    return choice.cases
      .filter((one) => BigInt(one) < minimum || BigInt(one) > maximum)
      .map((one) => ({
        at,
        message: `'${field.name}' has a case ${one}, but '${choice.field}' can only be ${minimum} to ${maximum}`,
      }));
  });
}

function layoutOf({ fields, pack = 16 }: StructShape): Layout {
  let end = 0;
  let widest = 1;
  for (const member of membersOf(fields)) {
    const { size, alignment: natural } = layoutOfMember(member);
    const alignment = Math.min(natural, pack);
    end = aligned(end, alignment) + size;
    widest = Math.max(widest, alignment);
  }
  return { size: aligned(end, widest), alignment: widest };
}

function isRecord(value: NativeValue | undefined): value is { readonly [name: string]: NativeValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
