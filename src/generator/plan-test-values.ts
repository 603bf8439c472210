/** Values for the parameters of a cmdlet: some that it takes, and some that it must refuse. */
import { integerRange, type Shape } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet } from '../definition/types.js';
import { computedValue } from '../model/computed.js';
import type { CmdletModel } from '../model/types.js';

/** Parameters and values of one call. Whole numbers beyond 2^53 are decimal texts, which PowerShell converts. */
export type Sample = Readonly<Record<string, SampleValue>>;

type SampleValue = string | number | boolean;

export interface Refusal {
  readonly because: string;
  readonly values: Sample;
  readonly errorId: string;
}

/**
 * A call with every mandatory parameter: values from the examples of the definition where they name the parameter, else the
 * least valid value. Undefined where a parameter has a type for which there is no such value, and for what writes a file.
 */
export function sampleOf(definition: Definition, cmdlet: CmdletModel): Sample | undefined {
  if (cmdlet.output.kind === 'file') return undefined;
  const values: Record<string, SampleValue> = {};
  for (const { name, shape } of cmdlet.parameters.filter(({ mandatory }) => mandatory)) {
    const value = exampleOf(definition, cmdlet, name, shape) ?? leastOf(shape);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return values;
}

/** Calls with one value that is outside its range, is none of the words, or makes a computed value too great. */
export function refusalsOf(cmdlet: CmdletModel, sample: Sample | undefined): Refusal[] {
  if (sample === undefined) return [];
  return [
    ...cmdlet.parameters.flatMap(({ name, shape }) =>
      outsideOf(shape).map(({ value, errorId }) => ({
        because: `${name} ${value}`,
        values: { ...sample, [name]: value },
        errorId,
      })),
    ),
    ...tooGreat(cmdlet, sample),
  ];
}

/** The number that the first example with this parameter gives it. */
function exampleOf(definition: Definition, cmdlet: ExpandedCmdlet, name: string, shape: Shape): number | undefined {
  if (shape.kind !== 'integer') return undefined;
  const codes = [cmdlet, ...definition.cmdlets].flatMap(({ examples }) => examples.map(({ code }) => code));
  const pattern = new RegExp(`-${name}\\s+(-?\\d+)\\b`, 'i');
  const found = codes.map((code) => pattern.exec(code)?.[1]).find((value) => value !== undefined);
  const isValid = found !== undefined && BigInt(found) >= shape.minimum && BigInt(found) <= shape.maximum;
  return isValid ? Number(found) : undefined;
}

function leastOf(shape: Shape): SampleValue | undefined {
  if (shape.kind === 'integer') return wholeNumber(shape.minimum);
  if (shape.kind === 'float' || shape.kind === 'handle') return 0;
  if (shape.kind === 'boolean') return false;
  if (shape.kind === 'enum') return Object.keys(shape.names)[0];
  return shape.kind === 'string' ? 'sample' : undefined;
}

function wholeNumber(value: bigint): string | number {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** What the parameter binder refuses: the type itself, or the attribute that a narrower range has up to 32 bits. */
function outsideOf(shape: Shape): { value: SampleValue; errorId: string }[] {
  if (shape.kind === 'enum') return [{ value: 'NoSuchWord', errorId: 'ParameterArgumentValidationError' }];
  if (shape.kind !== 'integer') return [];
  const range = integerRange(shape);
  return [shape.minimum - 1n, shape.maximum + 1n].flatMap((value) => {
    const isOfType = value >= range.minimum && value <= range.maximum;
    if (isOfType && (shape.bits === 64 || shape.bits === 0)) return [];
    const errorId = isOfType ? 'ParameterArgumentValidationError' : 'ParameterArgumentTransformationError';
    return [{ value: wholeNumber(value), errorId }];
  });
}

/** Calls in which each value is fine, but what is computed from them is too great. */
function tooGreat(cmdlet: CmdletModel, sample: Sample): Refusal[] {
  if (cmdlet.calls !== 'function') return [];
  const { inputs, computed } = cmdlet.fn;
  const limits = inputs.flatMap(({ name, shape }) => (shape.kind === 'integer' ? [[name, Number(shape.maximum)]] : []));
  const greatest = Object.fromEntries(limits) as Readonly<Record<string, number>>;
  return computed.flatMap(({ name, sum, add, maximum, violation }) => {
    const total = computedValue({ sum, ...(add === undefined ? {} : { add }) }, greatest);
    if (total <= maximum) return [];
    const values = Object.fromEntries(sum.map((term) => [term, greatest[term] as number]));
    return [{ because: `${name} ${total}`, values: { ...sample, ...values }, errorId: violation.id }];
  });
}
