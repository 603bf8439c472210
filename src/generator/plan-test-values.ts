/** Values for the parameters of a cmdlet: some that it takes, and some that it must refuse. */
import type { Definition, ExpandedCmdlet } from '../definition/types.js';
import { kindOf, type SampleValue, type Shape, wholeNumberOf } from '../kinds/index.js';
import { computedValue } from '../model/computed.js';
import type { CmdletModel } from '../model/types.js';
import { outputKind } from '../outputs/registry.js';

/** Parameters and values of one call. Whole numbers beyond 2^53 are decimal texts, which PowerShell converts. */
export type Sample = Readonly<Record<string, SampleValue>>;

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
  if (outputKind(cmdlet.output).trial === 'file') return undefined;
  const values: Record<string, SampleValue> = {};
  for (const { name, shape } of cmdlet.parameters.filter(({ mandatory }) => mandatory)) {
    const value = exampleOf(definition, cmdlet, name, shape) ?? kindOf(shape).sample?.(shape);
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
      (kindOf(shape).refused?.(shape) ?? []).map(({ value, errorId }) => ({
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
  const limits = wholeNumberOf(shape);
  if (!limits) return undefined;
  const codes = [cmdlet, ...definition.cmdlets].flatMap(({ examples }) => examples.map(({ code }) => code));
  const pattern = new RegExp(`-${name}\\s+(-?\\d+)\\b`, 'i');
  const found = codes.map((code) => pattern.exec(code)?.[1]).find((value) => value !== undefined);
  const isValid = found !== undefined && BigInt(found) >= limits.minimum && BigInt(found) <= limits.maximum;
  return isValid ? Number(found) : undefined;
}

/** Calls in which each value is fine, but what is computed from them is too great. */
function tooGreat(cmdlet: CmdletModel, sample: Sample): Refusal[] {
  if (cmdlet.calls !== 'function') return [];
  const { inputs, computed } = cmdlet.fn;
  const greatest = Object.fromEntries(inputs.map(({ name, shape }) => [name, Number(wholeNumberOf(shape)?.maximum)]));
  return computed.flatMap(({ name, sum, add, maximum, violation }) => {
    const total = computedValue({ sum, ...(add === undefined ? {} : { add }) }, greatest);
    if (total <= maximum) return [];
    const values = Object.fromEntries(sum.map((term) => [term, greatest[term] as number]));
    return [{ because: `${name} ${total}`, values: { ...sample, ...values }, errorId: violation.id }];
  });
}
