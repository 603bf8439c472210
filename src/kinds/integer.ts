/** Integers: 8 to 64 bits or pointer-sized, signed or unsigned, in host or network byte order. */

import { show } from '../definition/shown.js';
import type { ByteOrder, ValueSpec } from '../definition/types.js';
import { rangeText, ValueError } from './json.js';
import type { Kind, NativeType, Problem } from './kind.js';
import { TypeResolutionError } from './type-resolution-error.js';
import {
  DECIMAL_STRING,
  decodeWide,
  type IntegerType,
  integerCheck,
  integerRange,
  isWide,
  onMachine,
  scalarLayout,
  wholeProblem,
  wholeSample,
} from './whole-number.js';

export interface IntegerShape extends IntegerType {
  readonly byteOrder: ByteOrder;
  readonly minimum: bigint;
  readonly maximum: bigint;
}

const type =
  (bits: IntegerType['bits'], signed: boolean, isLong?: true) =>
  ({ byteOrder = 'host', minimum, maximum }: ValueSpec): IntegerShape => {
    const range = integerRange({ bits, signed });
    return {
      kind: 'integer',
      bits,
      ...(isLong && { isLong }),
      signed,
      byteOrder,
      minimum: minimum === undefined ? range.minimum : BigInt(minimum),
      maximum: maximum === undefined ? range.maximum : BigInt(maximum),
    };
  };

/** Wide integers are checked by the bridge, because a PowerShell attribute cannot express their limits exactly. */
const hasAttribute = (shape: IntegerShape) => !isWide(shape);

export const integer: Kind<IntegerShape> = {
  name: 'integer',
  builtIns: {
    CHAR: type(8, true),
    UCHAR: type(8, false),
    BYTE: type(8, false),
    SHORT: type(16, true),
    USHORT: type(16, false),
    WORD: type(16, false),
    INT: type(32, true),
    UINT: type(32, false),
    LONG: type(32, true),
    ULONG: type(32, false),
    DWORD: type(32, false),
    HRESULT: type(32, true),
    NTSTATUS: type(32, true),
    LONG64: type(64, true),
    ULONG64: type(64, false),
    DWORD64: type(64, false),
    LONG_PTR: type(0, true),
    ULONG_PTR: type(0, false),
    SIZE_T: type(0, false),
    // The types of C: first those with the same width on every supported system, then those whose width depends on the
    // ABI.
    char: type(8, true),
    'signed char': type(8, true),
    'unsigned char': type(8, false),
    short: type(16, true),
    'unsigned short': type(16, false),
    int: type(32, true),
    'unsigned int': type(32, false),
    'long long': type(64, true),
    'unsigned long long': type(64, false),
    int8_t: type(8, true),
    uint8_t: type(8, false),
    int16_t: type(16, true),
    uint16_t: type(16, false),
    int32_t: type(32, true),
    uint32_t: type(32, false),
    int64_t: type(64, true),
    uint64_t: type(64, false),
    long: type(0, true, true),
    'unsigned long': type(0, false, true),
    intptr_t: type(0, true),
    uintptr_t: type(0, false),
    ptrdiff_t: type(0, true),
    ssize_t: type(0, true),
    size_t: type(0, false),
  },
  hasLimits: true,
  problems: limitProblems,
  constant: {
    problem: ({ minimum, maximum }, written) => {
      const problem = wholeProblem(written);
      if (problem !== undefined) return problem;
      const isInside = BigInt(written) >= minimum && BigInt(written) <= maximum;
      return isInside ? undefined : `${written} is outside ${minimum} to ${maximum}`;
    },
    value: (shape, written) => (isWide(shape) ? BigInt(written) : Number(written)),
  },
  argumentProblem({ minimum, maximum }, written) {
    if (typeof written !== 'number' || !Number.isSafeInteger(written))
      return `${JSON.stringify(written)} is not a whole number`;
    const isInside = BigInt(written) >= minimum && BigInt(written) <= maximum;
    return isInside ? undefined : `${written} is not in the range ${minimum} to ${maximum}`;
  },
  returns: ({ bits, signed }) => ({ tells: 'number', bits, signed, isCode: true }),

  layout: ({ bits }) => scalarLayout(bits),
  passing: 'value',
  isArithmetic: true,
  wholeNumber: ({ bits, minimum, maximum, byteOrder }) => ({
    bits,
    minimum,
    maximum,
    isHostOrder: byteOrder === 'host',
  }),
  carrier: ({ bits, isLong, signed, byteOrder }) =>
    byteOrder === 'host' ? { bits, signed, ...(isLong && { isLong }) } : undefined,
  narrowed: (shape, { minimum, maximum }) => ({
    ...shape,
    minimum: shape.minimum > minimum ? shape.minimum : minimum,
    maximum: shape.maximum < maximum ? shape.maximum : maximum,
  }),
  codec: (shape, _residence, machine) => ({
    type: nativeInteger(shape, shape.byteOrder),
    toNative: integerCheck(integerRange(onMachine(shape, machine))),
    fromNative: isWide(shape) ? (raw) => BigInt(raw as number | bigint) : (raw) => Number(raw),
  }),

  decode(shape, json) {
    if (isWide(shape)) return decodeWide(json, shape);
    if (typeof json !== 'number' || !Number.isInteger(json))
      throw new ValueError(`must be ${rangeText(shape)}, not ${show(json)}`, shape);
    if (BigInt(json) < shape.minimum || BigInt(json) > shape.maximum)
      throw new ValueError(`must be ${rangeText(shape)}, not ${json}`, shape);
    // Converts negative zero to zero.
    return json === 0 ? 0 : json;
  },
  encode: (_shape, value) => (typeof value === 'bigint' ? value.toString() : (value as number)),
  travelsAsString: isWide,
  schema: (shape) =>
    isWide(shape)
      ? DECIMAL_STRING
      : { type: 'integer', minimum: Number(shape.minimum), maximum: Number(shape.maximum) },
  inResource: 'key',

  inWords: ({ minimum, maximum }) => `a whole number from ${minimum} to ${maximum}`,
  powershellType({ bits, signed }) {
    if (bits === 8) return signed ? 'sbyte' : 'byte';
    if (bits === 32 && signed) return 'int';
    return `${signed ? '' : 'u'}int${bits === 0 ? 64 : bits}`;
  },
  limits(shape) {
    if (!hasAttribute(shape)) return undefined;
    const { minimum, maximum } = shape;
    return { minimum, maximum, ofType: integerRange(shape) };
  },
  isNumeric: true,
  sample: ({ minimum }) => wholeSample(minimum),
  /** A value outside of the type, or, for a narrower range, one that the attribute rejects. */
  refused(shape) {
    const range = integerRange(shape);
    return [shape.minimum - 1n, shape.maximum + 1n].flatMap((value) => {
      const isOfType = value >= range.minimum && value <= range.maximum;
      if (isOfType && !hasAttribute(shape)) return [];
      const errorId = isOfType ? 'ParameterArgumentValidationError' : 'ParameterArgumentTransformationError';
      return [{ value: wholeSample(value), errorId }];
    });
  },
};

/**
 * The only place where bytes are swapped: on the native side, an integer in network order has a big-endian type. A
 * single byte has no order.
 */
export function nativeInteger({ bits, signed, isLong }: IntegerType, byteOrder: ByteOrder): NativeType {
  const sign = signed ? '' : 'u';
  if (isLong && byteOrder === 'host') return `${sign}long`;
  if (bits === 8) return `${sign}int8`;
  if (byteOrder === 'host') return bits === 0 ? `${sign}intptr` : `${sign}int${bits}`;
  if (bits === 0)
    throw new TypeResolutionError('an integer whose width depends on the platform cannot be in network byte order');
  return `${sign}int${bits}_be`;
}

function limitProblems(shape: IntegerShape, { minimum, maximum, byteOrder }: ValueSpec): Problem[] {
  const problems: Problem[] = [];
  if (byteOrder === 'network' && (shape.bits === 8 || shape.bits === 0)) {
    problems.push({ at: ['byteOrder'], message: 'only integers of 16, 32 or 64 bits can have a byte order' });
  }
  const range = integerRange(shape);
  for (const [key, limit] of Object.entries({ minimum, maximum })) {
    if (limit === undefined || (BigInt(limit) >= range.minimum && BigInt(limit) <= range.maximum)) continue;
    const message = `${limit} does not fit into the type, which holds ${range.minimum} to ${range.maximum}`;
    problems.push({ at: [key], message });
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    problems.push({ at: [], message: `the minimum ${minimum} is greater than the maximum ${maximum}` });
  }
  return problems;
}
