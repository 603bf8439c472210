/** Structs, with C's natural alignment. */
import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { FieldDefinition } from '../definition/types.js';
import { type Json, ValueError, within } from './json.js';
import type { Kind, Layout, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { unfit } from './unfit.js';

export interface StructShape {
  readonly kind: 'struct';
  readonly fields: readonly (FieldDefinition & { readonly shape: Shape })[];
}

export const struct: Kind<StructShape> = {
  name: 'struct',
  composite: {
    key: 'struct',
    resolve: (type, resolve) => ({
      kind: 'struct',
      fields: type.struct.map((field) => ({ ...field, shape: resolve(field) })),
    }),
    parts: (type) => type.struct.map((spec, index) => ({ at: ['struct', index], spec })),
  },
  problems(_shape, { type }) {
    if (typeof type === 'string' || !('struct' in type)) return [];
    const names = type.struct.map(({ name }) => name);
    return names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [{ at: ['type', 'struct', index, 'name'], message: `the field '${name}' appears twice` }],
    );
  },

  layout: layoutOf,
  passing: 'value',
  elements: () => 1,
  fields: askedFields,
  codec(shape, _residence, machine) {
    const fields = shape.fields.map((field) => ({
      name: field.name,
      constant: field.constant,
      codec: kindOf(field.shape).codec(field.shape, 'memory', machine),
    }));
    const hasConstants = fields.some(({ constant, codec }) => constant !== undefined || codec.withConstants);
    return {
      ...(hasConstants && {
        withConstants: (raw) => {
          const record = raw as Readonly<Record<string, unknown>>;
          return Object.fromEntries(
            fields.map(({ name, constant, codec }) => [
              name,
              constant ?? codec.withConstants?.(record[name]) ?? record[name],
            ]),
          );
        },
      }),
      type: { struct: fields.map(({ name, codec }) => [name, codec.type] as const) },
      toNative: (value, place) => {
        if (!isRecord(value)) throw unfit(place, value, 'an object with the fields of the struct');
        return Object.fromEntries(
          fields.map(({ name, constant, codec }) => [
            name,
            constant ?? codec.toNative(Object.hasOwn(value, name) ? value[name] : undefined, `${place}.${name}`),
          ]),
        );
      },
      fromNative: (raw) => {
        const record = raw as Readonly<Record<string, unknown>>;
        return Object.fromEntries(
          fields
            .filter(({ constant }) => constant === undefined)
            .map(({ name, codec }) => [name, codec.fromNative(record[name])]),
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
      fields.map(({ name, shape }) => {
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
  schema: (shape) => ({
    type: 'object',
    additionalProperties: false,
    required: askedFields(shape).map(({ name }) => name),
    properties: Object.fromEntries(askedFields(shape).map(({ name, shape }) => [name, kindOf(shape).schema(shape)])),
  }),

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

/** The fields without a fixed value. */
function askedFields({ fields }: StructShape): StructShape['fields'] {
  return fields.filter(({ constant }) => constant === undefined);
}

function layoutOf({ fields }: StructShape): Layout {
  let end = 0;
  let widest = 1;
  for (const { shape } of fields) {
    const { size, alignment } = kindOf(shape).layout(shape);
    end = aligned(end, alignment) + size;
    widest = Math.max(widest, alignment);
  }
  return { size: aligned(end, widest), alignment: widest };
}

const aligned = (offset: number, alignment: number) => Math.ceil(offset / alignment) * alignment;

function isRecord(value: NativeValue | undefined): value is { readonly [name: string]: NativeValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
