/**
 * Bit fields of structs. Adjacent ones of one size share an integer of their declared type, called a unit, as the
 * Microsoft compiler lays them out. Compilers for other systems fill gaps that it leaves. Only structs without such
 * gaps are accepted, so that there is only one layout.
 */
import type { FieldDefinition } from '../definition/types.js';
import { nativeInteger } from './integer.js';
import type { Carrier, Codec, Layout, Machine, NativeType, Problem, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';
import { integerCheck, integerRange, onMachine, scalarLayout } from './whole-number.js';

export type StructField = FieldDefinition & { readonly shape: Shape };

/** One member of the native struct: a field, or the integer that bit fields share. */
export type Member = { readonly field: StructField } | Unit;

interface Unit {
  readonly carrier: Carrier;
  readonly width: number;
  readonly parts: readonly Part[];
}

interface Part {
  readonly field: StructField;
  readonly bits: number;
  /** From the lowest bit of the unit. */
  readonly offset: number;
}

/**
 * Returns the shape of a bit field, limited to the values that fit into its bits. Throws TypeResolutionError for a type
 * that cannot be a bit field.
 */
export function narrowed({ name, bits, padding }: FieldDefinition, shape: Shape): Shape {
  if (bits === undefined) {
    if (padding) throw new TypeResolutionError(`'${name}' is "padding", so it needs "bits"`);
    return shape;
  }
  const kind = kindOf(shape);
  const carrier = kind.carrier?.(shape);
  if (!carrier)
    throw new TypeResolutionError(
      `'${name}' has "bits", but is not an integer in host byte order; write an integer type such as DWORD`,
    );
  const most = carrier.isLong ? 32 : carrier.bits || 64;
  if (bits > most) throw new TypeResolutionError(`'${name}' has ${bits} bits, but its type has only ${most}`);
  if (bits === 0 && !padding)
    throw new TypeResolutionError(
      `'${name}' has 0 bits, which is only allowed for "padding"; it ends the unit before it`,
    );
  return bits === 0 || !kind.narrowed ? shape : kind.narrowed(shape, integerRange({ bits, signed: carrier.signed }));
}

const widthOnWindows = ({ bits }: Carrier): number => bits || 64;

/** Groups fields into the members of the native struct. `widthOf`: the bits of a type. */
export function membersOf(fields: readonly StructField[], widthOf = widthOnWindows): readonly Member[] {
  const members: (Member | (Unit & { parts: Part[] }))[] = [];
  let open: (Unit & { parts: Part[] }) | undefined;
  let used = 0;
  for (const field of fields) {
    const { bits, shape } = field;
    const carrier = bits ? kindOf(shape).carrier?.(shape) : undefined;
    if (bits === undefined) members.push({ field });
    if (!bits || !carrier) {
      open = undefined;
      continue;
    }
    const width = widthOf(carrier);
    if (open?.width !== width || used + bits > width) {
      open = { carrier, width, parts: [] };
      used = 0;
      members.push(open);
    }
    open.parts.push({ field, bits, offset: used });
    used += bits;
  }
  return members;
}

/** The layout of a member on Windows. */
export const layoutOfMember = (member: Member): Layout =>
  'field' in member ? kindOf(member.field.shape).layout(member.field.shape) : scalarLayout(member.width);

/** Converts between the values of fields and the members of the native struct. */
export interface Units {
  readonly types: readonly (readonly [name: string, type: NativeType])[];
  join(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  split(raw: unknown): Readonly<Record<string, unknown>>;
}

/**
 * Throws TypeResolutionError for a bit field wider than its type on this machine. `codecs`: of all fields except
 * padding.
 */
export function unitsOf(
  fields: readonly StructField[],
  codecs: readonly { readonly name: string; readonly codec: Codec }[],
  machine: Machine,
): Units {
  const types = new Map(codecs.map(({ name, codec }) => [name, codec.type]));
  const members = membersOf(fields, (carrier) => onMachine({ kind: 'integer', ...carrier }, machine).bits).map(
    (member) => ('field' in member ? { name: member.field.name, unit: undefined } : namedUnit(member)),
  );
  if (members.every(({ unit }) => !unit))
    return {
      types: members.map(({ name }) => [name, types.get(name) as NativeType]),
      join: (record) => record,
      split: (raw) => raw as Readonly<Record<string, unknown>>,
    };
  return {
    types: members.map(({ name, unit }) => [name, unit ? unitType(unit) : (types.get(name) as NativeType)]),
    join: (record) =>
      Object.fromEntries(members.map(({ name, unit }) => [name, unit ? joined(unit, record) : record[name]])),
    split: (raw) => {
      const record = raw as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        members.flatMap(({ name, unit }): (readonly [string, unknown])[] =>
          unit ? partsIn(unit, record[name]) : [[name, record[name]]],
        ),
      );
    },
  };
}

/** A unit has the name of its first field. */
function namedUnit(unit: Unit): { readonly name: string; readonly unit: Unit } {
  const [{ field, bits }] = unit.parts as readonly [Part];
  if (bits > unit.width)
    throw new TypeResolutionError(`'${field.name}' has ${bits} bits, but its type has only ${unit.width} here`);
  return { name: field.name, unit };
}

const unitType = ({ carrier }: Unit) => nativeInteger({ kind: 'integer', ...carrier, signed: false }, 'host');

function joined({ width, parts }: Unit, record: Readonly<Record<string, unknown>>): number | bigint {
  const value = parts
    .filter(({ field }) => !field.padding)
    .reduce(
      (sum, { field, bits, offset }) =>
        sum | (BigInt.asUintN(bits, BigInt(record[field.name] as number | bigint)) << BigInt(offset)),
      0n,
    );
  return width > 32 ? value : Number(value);
}

function partsIn({ carrier, parts }: Unit, raw: unknown): (readonly [name: string, value: number | bigint])[] {
  const whole = BigInt(raw as number | bigint);
  return parts
    .filter(({ field }) => !field.padding)
    .map(({ field, bits, offset }) => {
      const part = whole >> BigInt(offset);
      const { signed } = kindOf(field.shape).carrier?.(field.shape) ?? carrier;
      const value = signed ? BigInt.asIntN(bits, part) : BigInt.asUintN(bits, part);
      return [field.name, bits > 32 ? value : Number(value)] as const;
    });
}

/** A codec that rejects values that do not fit into the bits of the field. */
export function codecInBits(codec: Codec, { bits, shape }: StructField): Codec {
  const carrier = bits && kindOf(shape).carrier?.(shape);
  if (!carrier) return codec;
  const check = integerCheck(integerRange({ bits, signed: carrier.signed }));
  return {
    ...codec,
    toNative: (value, place, memory) => check(codec.toNative(value, place, memory) as number | bigint, place),
  };
}

/** Mistakes: limits and constants that do not fit into the bits, and fields that compilers place differently. */
export function bitProblems(fields: readonly StructField[], pack: number | undefined): Problem[] {
  if (fields.every(({ bits }) => bits === undefined)) return [];
  const misfits = fields.flatMap((field, index) =>
    misfitsOf(field).map(({ at, message }) => ({ at: ['type', 'struct', index, ...at], message })),
  );
  const difference = differenceOf(fields, pack);
  return [...misfits, ...(difference ? [difference] : [])];
}

function misfitsOf({ bits, shape, constant, padding, minimum, maximum }: StructField): Problem[] {
  const kind = kindOf(shape);
  const carrier = bits && kind.carrier?.(shape);
  if (!carrier) return [];
  const range = integerRange({ bits, signed: carrier.signed });
  const misfits = Object.entries({ minimum, maximum, constant }).flatMap(([key, value]) =>
    value === undefined || (BigInt(value) >= range.minimum && BigInt(value) <= range.maximum)
      ? []
      : [
          {
            at: [key],
            message: `${value} does not fit into ${bits} bits, which hold ${range.minimum} to ${range.maximum}`,
          },
        ],
  );
  const isAsked = padding && constant !== undefined;
  return isAsked ? [...misfits, { at: ['constant'], message: 'padding is always 0' }] : misfits;
}

/** The places of fields in bits from the start of the struct, and its layout. */
interface Places {
  readonly starts: ReadonlyMap<StructField, number>;
  readonly size: number;
  /** Includes alignment that only padding requires, because some processors' ABIs count it. */
  readonly alignments: readonly number[];
}

/** Returns the first field that compilers place differently. */
function differenceOf(fields: readonly StructField[], pack: number | undefined): Problem | undefined {
  const here = onWindows(fields, pack);
  const elsewhere = elsewhereOf(fields, pack);
  const index = fields.findIndex((field) => here.starts.get(field) !== elsewhere.starts.get(field));
  const field = fields[index];
  if (field) {
    const [windows, other] = [here, elsewhere].map(({ starts }) => starts.get(field) ?? 0) as [number, number];
    const gap =
      windows - Math.max(0, ...fields.slice(0, index).map((one) => (here.starts.get(one) ?? 0) + bitsOf(one)));
    const cure =
      gap > 0
        ? `declare the ${gap} unused bits before it, as on Windows (bit fields with "padding": true, or in C without a name)`
        : 'declare the unused bits before it';
    return {
      at: ['type', 'struct', index],
      message: `'${field.name}' is at bit ${windows} on Windows and at bit ${other} elsewhere, because of the bit fields before it: ${cure}`,
    };
  }
  const isSame = here.size === elsewhere.size && elsewhere.alignments.every((one) => one === here.alignments[0]);
  return isSame
    ? undefined
    : {
        at: ['type', 'struct'],
        message: `the struct does not have the same size or alignment on Windows (${here.size} bytes) and elsewhere (${elsewhere.size} bytes), because of its bit fields; declare the unused bits as fields with a name`,
      };
}

const bitsOf = ({ bits, shape }: StructField) => bits ?? kindOf(shape).layout(shape).size * 8;

/** The places of fields according to the Microsoft compiler. */
function onWindows(fields: readonly StructField[], pack = 16): Places {
  const starts = new Map<StructField, number>();
  let end = 0;
  let widest = 1;
  for (const member of membersOf(fields)) {
    const { size, alignment: natural } = layoutOfMember(member);
    const alignment = Math.min(natural, pack);
    const start = aligned(end, alignment * 8);
    const parts = 'field' in member ? [{ field: member.field, offset: 0 }] : member.parts;
    for (const { field, offset } of parts) starts.set(field, start + offset);
    end = start + size * 8;
    widest = Math.max(widest, alignment);
  }
  return { starts, size: aligned(end, widest * 8) / 8, alignments: [widest] };
}

/**
 * The places of fields according to compilers for System V: at the next bit, unless the field would then lie across two
 * integers of its type. In a packed struct it may. https://gitlab.com/x86-psABIs/x86-64-ABI, 3.1.2 "Bit-Fields"
 */
function elsewhereOf(fields: readonly StructField[], pack: number | undefined): Places {
  const starts = new Map<StructField, number>();
  let end = 0;
  let widest = 1;
  let widestOfAll = 1;
  for (const field of fields) {
    const { size, alignment: natural } = kindOf(field.shape).layout(field.shape);
    const alignment = Math.min(natural, pack ?? 16);
    const { bits = size * 8 } = field;
    const isAcross = Math.floor(end / (size * 8)) !== Math.floor((end + bits - 1) / (size * 8));
    if (!field.bits || (pack === undefined && isAcross)) end = aligned(end, alignment * 8);
    if (bits > 0) starts.set(field, end);
    end += bits;
    widestOfAll = Math.max(widestOfAll, alignment);
    if (!field.padding) widest = Math.max(widest, alignment);
  }
  return { starts, size: aligned(end, widest * 8) / 8, alignments: [widest, widestOfAll] };
}

/** The next multiple of an alignment. */
export const aligned = (offset: number, alignment: number): number => Math.ceil(offset / alignment) * alignment;
