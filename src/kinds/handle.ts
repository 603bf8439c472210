/**
 * Handles and opaque pointers.
 *
 * Without a release function they are numbers, never pointers into the program's memory. Results are signed, because
 * pseudo-handles such as -1 are written that way; inputs can be unsigned as well.
 *
 * With a release function, the bridge keeps the number, and the caller gets a text that identifies the handle.
 */

import { show } from '../definition/shown.js';
import { listed } from '../definition/words.js';
import { type Json, ValueError } from './json.js';
import type { Kind, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';
import { DECIMAL_STRING, decodeWide, integerCheck, integerRange, scalarLayout, wholeProblem } from './whole-number.js';

export interface HandleShape {
  readonly kind: 'handle';
  /** Present if a function releases the handle. */
  readonly owned?: Owned;
}

interface Owned {
  readonly release: string;
  /** The integer type of the handle; absent for a pointer. */
  readonly base?: Shape;
  /** Predefined handles that nobody opens, by name. */
  readonly values: ReadonlyMap<string, bigint>;
  /** True if the functions with this type only lend it. */
  readonly isLent: boolean;
}

/** The range of a handle as a number, signed or unsigned. */
const ANY_NUMBER = {
  minimum: integerRange({ bits: 64, signed: true }).minimum,
  maximum: integerRange({ bits: 64, signed: false }).maximum,
};

export const handle: Kind<HandleShape> = {
  name: 'handle',
  builtIns: {
    HANDLE: () => ({ kind: 'handle' }),
    PVOID: () => ({ kind: 'handle' }),
  },
  composite: {
    key: 'handle',
    schema: {
      type: 'object',
      description: 'A handle that one function opens and another one releases.',
      required: ['handle', 'release'],
      additionalProperties: false,
      properties: {
        handle: { $ref: '#/$defs/cTypeName', description: 'The type of the number: HANDLE, or an integer type.' },
        release: {
          $ref: '#/$defs/functionName',
          description: 'The function that releases the handle. It is called once for each handle.',
        },
        values: {
          type: 'object',
          description: 'Predefined handles by name, such as HKEY_LOCAL_MACHINE. They are never released.',
          propertyNames: { $ref: '#/$defs/identifier' },
          additionalProperties: { $ref: '#/$defs/exactInteger' },
        },
        lent: {
          const: true,
          description:
            'The function only lends the handle, as GetStdHandle does: it is released when somebody calls the release function, and never by itself.',
        },
      },
    },
    inC: ({ handle: base }, declarator, declare) => declare(base, declarator),
    resolve({ handle: base, release, values = {}, lent }, resolve) {
      const shape = resolve({ type: base });
      const isPointer = kindOf(shape).isOpaque === true;
      if (!isPointer && kindOf(shape).isArithmetic !== true)
        throw new TypeResolutionError(`a handle must be HANDLE or an integer, not ${base}`);
      const known = Object.entries(values).map(([name, value]) => [name, signExtended(BigInt(value))] as const);
      return {
        kind: 'handle',
        owned: { release, values: new Map(known), isLent: lent === true, ...(!isPointer && { base: shape }) },
      };
    },
  },
  constant: {
    problem: (_shape, written) => wholeProblem(written),
    value: (_shape, written) => BigInt(written),
  },
  returns: ({ owned }) => (owned?.base ? kindOf(owned.base).returns?.(owned.base) : { tells: 'number', bits: 0 }),

  layout: ({ owned }) => (owned?.base ? kindOf(owned.base).layout(owned.base) : scalarLayout(64)),
  passing: 'value',
  isOpaque: true,
  release: ({ owned }) => owned?.release,
  isLent: ({ owned }) => owned?.isLent === true,
  codec: ({ owned }, residence, machine) => {
    if (owned?.base) {
      const number = kindOf(owned.base).codec(owned.base, residence, machine);
      return { ...number, toNative: (value, ...rest) => number.toNative(value ?? NO_NUMBER, ...rest) };
    }
    const { minimum } = integerRange({ bits: machine.pointerBits, signed: true });
    const { maximum } = integerRange({ bits: machine.pointerBits, signed: false });
    const check = integerCheck({ minimum, maximum });
    return {
      type: 'uintptr',
      toNative: (value, place) => (value === null ? 0n : check(value, place)),
      fromNative: (raw) => BigInt(raw as number | bigint),
    };
  },

  decode({ owned }, json, handles) {
    if (!owned) return decodeWide(json, ANY_NUMBER);
    const { release, values, base } = owned;
    const known = typeof json === 'string' ? (values.get(json) ?? numbered(values, json)) : numbered(values, json);
    if (known !== undefined) return base ? Number(known) : known;
    if (!handles) return base ? kindOf(base).decode(base, json) : decodeWide(json, ANY_NUMBER);
    const names = values.size === 0 ? '' : `${[...values.keys()].join(', ')}, or `;
    if (typeof json !== 'string' || !json.includes(':'))
      throw new ValueError(`must be ${names}a handle that ${release} releases, not ${show(json)}`);
    return handles.find(json, release);
  },
  encode({ owned }, value, handles) {
    if (owned && handles && (typeof value === 'bigint' || typeof value === 'number'))
      return isNone(value, owned) ? null : handles.open(value, owned.release, owned.isLent);
    return typeof value === 'bigint' ? BigInt.asIntN(64, value).toString() : (value as number | null);
  },
  travelsAsString: () => true,
  example: ({ owned }) => (owned ? ([...owned.values.keys()][0] ?? `${owned.release}:1@1`) : '1'),
  schema: ({ owned }) => (owned ? { type: 'string' } : DECIMAL_STRING),
  inResource: 'value',

  inWords: ({ owned }) => {
    if (!owned) return 'a handle or an address, as a whole number';
    const handle = `a handle that ${owned.release} releases`;
    return owned.values.size === 0 ? handle : `${listed([...owned.values.keys()], 'or')}, or ${handle}`;
  },
  /** A signed number, which converts to IntPtr: pseudo-handles such as -1 are negative. */
  powershellType: ({ owned }) => (owned ? 'object' : 'int64'),
  wireType: ({ owned }) => (owned ? 'handle' : 'int64'),
  isNumeric: true,
  sample: ({ owned }) => (owned ? [...owned.values.keys()][0] : 0),
};

/** Returns the predefined handle with this number. */
function numbered(values: Owned['values'], json: Json): bigint | undefined {
  const isWhole = typeof json === 'number' ? Number.isSafeInteger(json) : /^-?[0-9]{1,20}$/.test(String(json));
  const number = isWhole ? signExtended(BigInt(String(json))) : undefined;
  return [...values.values()].find((value) => value === number);
}

/** The value that means "no handle" if handles are integers, such as file descriptors. */
const NO_NUMBER = -1;

/** True for the values that mean "no handle": NULL, INVALID_HANDLE_VALUE and negative numbers. */
function isNone(value: number | bigint, { base }: Owned): boolean {
  return base ? value < 0 : value === 0n || BigInt.asIntN(64, BigInt(value)) === -1n;
}

/** Extends the sign: handles of Windows have 32 significant bits. */
function signExtended(value: bigint): bigint {
  const isUnsigned = value >= 0x80000000n && value <= 0xffffffffn;
  return BigInt.asUintN(64, isUnsigned ? BigInt.asIntN(32, value) : value);
}
