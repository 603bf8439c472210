/** The parts of random functions: numbers, lengths, marks and arguments. */
import fc from 'fast-check';

/** Parameters of a function that belong together. */
export interface Part {
  /** The parameters in C, and with marks in the prototype. */
  readonly parameters: readonly { readonly c: string; readonly marked: string }[];
  /** The types of the parameters in C, and with marks. */
  readonly type?: { readonly c: string; readonly marked: string };
  /** C statements that access the memory. They can add what they read to `sum`. */
  readonly body: string;
  readonly args: fc.Arbitrary<Readonly<Record<string, unknown>>>;
  /** The outputs that are bytes. */
  readonly written?: readonly string[];
}

export interface NumberType {
  readonly name: string;
  readonly size: number;
  readonly values: fc.Arbitrary<unknown>;
  /** True if memory of this type is bytes: base64. */
  readonly isByte?: boolean;
}

const whole = (name: string, bits: number, signed: boolean): NumberType => ({
  name,
  size: bits / 8,
  isByte: bits === 8,
  values: (signed
    ? fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n })
    : fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n })
  ).map((value) => (bits === 64 ? String(value) : Number(value))),
});

const float = (name: string, size: number): NumberType => ({
  name,
  size,
  values: fc.float({ noNaN: true, noDefaultInfinity: true }),
});

export const DOUBLE = float('double', 8);

export const NUMBERS: readonly NumberType[] = [
  whole('int8_t', 8, true),
  whole('int16_t', 16, true),
  whole('uint16_t', 16, false),
  whole('int32_t', 32, true),
  whole('uint32_t', 32, false),
  whole('int64_t', 64, true),
  whole('uint64_t', 64, false),
  float('float', 4),
  DOUBLE,
];
export const number = fc.constantFrom(...NUMBERS);

/** Types of counts, in C and in documentation. */
export const countType = fc.constantFrom('int32_t', 'uint32_t', 'size_t', 'uint16_t', 'int64_t');

/** Lengths near the sizes to which allocators round. */
export const length = fc.oneof(
  { weight: 6, arbitrary: fc.nat(40) },
  fc.constantFrom(0, 1, 7, 8, 9, 63, 64, 65, 255, 256, 257),
);

export const isBytes = (type: NumberType | undefined): boolean => !type || type.isByte === true;

/** The JSON form of elements in memory. */
export const elementsOf = (
  type: NumberType | undefined,
  minLength: number,
  maxLength: number,
): fc.Arbitrary<unknown> =>
  !type || isBytes(type)
    ? fc.uint8Array({ minLength, maxLength }).map((bytes) => Buffer.from(bytes).toString('base64'))
    : fc.array(type.values, { minLength, maxLength });

/** The argument, or NULL in both forms if the parameter is optional. */
export function orNull(name: string, values: fc.Arbitrary<unknown>, optional: boolean): Part['args'] {
  const given = values.map((value) => ({ [name]: value }));
  return optional ? fc.oneof({ weight: 4, arbitrary: given }, fc.constant({}), fc.constant({ [name]: null })) : given;
}

export const mark = (...words: (string | false)[]) => `[${words.filter(Boolean).join(', ')}]`;

export const room = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.nat(300)).map(([start, more]) => ({
  start,
  text: `buffer(${start}, ${start + more})`,
}));

/**
 * The number of elements that a function reports as written, with room for `*n`: fewer, all, or more than there are.
 */
const REPORT = ['room / 2', 'room', 'room + 3', '0', 'room * 1000'] as const;
export const report = fc.constantFrom(...REPORT);

export type MakePart = (at: number) => fc.Arbitrary<Part>;
