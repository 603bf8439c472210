/** Valid and invalid values for the parameters of a cmdlet. */
import type { Definition, ExpandedCmdlet } from '../definition/types.js';
import { kindOf, type SampleValue, type Shape, wholeNumberOf } from '../kinds/index.js';
import { computedValue } from '../model/computed.js';
import type { CmdletModel, CmdletParameter } from '../model/types.js';
import { outputKind } from '../outputs/registry.js';

/** Parameters and values of one call. Whole numbers above 2^53 are decimal strings, which PowerShell converts. */
export type Sample = Readonly<Record<string, SampleValue>>;

export interface Refusal {
  readonly because: string;
  readonly values: Sample;
  readonly errorId: string;
}

/**
 * Returns a call with every mandatory parameter. Values come from the definition's examples if they name the parameter,
 * otherwise the smallest valid value is used. Undefined if a type has no such value, and for cmdlets that write a file.
 */
export function sampleOf(definition: Definition, cmdlet: CmdletModel): Sample | undefined {
  if (outputKind(cmdlet.output).trial === 'file') return undefined;
  const values: Record<string, SampleValue> = {};
  for (const { name, shape } of ofDefaultSet(cmdlet).filter(({ mandatory }) => mandatory)) {
    const value = exampleOf(definition, cmdlet, name, shape) ?? kindOf(shape).sample?.(shape);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return values;
}

/**
 * Returns calls with one invalid value each: out of range, not a permitted word, or one that makes a computed value too
 * large.
 */
export function refusalsOf(cmdlet: CmdletModel, sample: Sample | undefined): Refusal[] {
  if (sample === undefined) return [];
  return [
    ...ofDefaultSet(cmdlet).flatMap((parameter) => {
      const { name, shape } = parameter;
      return (isLeftToProgram(cmdlet, parameter) ? [] : (kindOf(shape).refused?.(shape) ?? [])).map(
        ({ value, errorId }) => ({
          because: `${name} ${value}`,
          values: { ...sample, [name]: value },
          errorId,
        }),
      );
    }),
    ...tooGreat(cmdlet, sample),
  ];
}

/** The parameters that can be given together in the default parameter set. */
function ofDefaultSet({ parameters, parameterSets }: CmdletModel): CmdletModel['parameters'] {
  const [first] = Object.keys(parameterSets ?? {});
  return parameters.filter(({ sets }) => first === undefined || sets.length === 0 || sets.includes(first));
}

/** True for values that only the bridge can check: names, because a function also takes numbers, and ranges of numbers. */
export const isLeftToProgram = ({ calls }: CmdletModel, { shape, ranges }: CmdletParameter): boolean =>
  ranges !== undefined || (calls === 'function' && kindOf(shape).words !== undefined);

/** Returns the value of this parameter in the first example that has it. */
function exampleOf(definition: Definition, cmdlet: ExpandedCmdlet, name: string, shape: Shape): number | undefined {
  const limits = wholeNumberOf(shape);
  if (!limits) return undefined;
  const key = name.toLowerCase();
  const found = numbersIn([cmdlet]).get(key) ?? numbersOf(definition).get(key);
  const isValid = found !== undefined && BigInt(found) >= limits.minimum && BigInt(found) <= limits.maximum;
  return isValid ? Number(found) : undefined;
}

const NUMBERS = new WeakMap<Definition, ReadonlyMap<string, string>>();

function numbersOf(definition: Definition): ReadonlyMap<string, string> {
  const numbers = NUMBERS.get(definition) ?? numbersIn(definition.cmdlets);
  NUMBERS.set(definition, numbers);
  return numbers;
}

/** The first number that the examples of these cmdlets give to each parameter, by its name in lower case. */
function numbersIn(cmdlets: readonly Pick<ExpandedCmdlet, 'examples'>[]): ReadonlyMap<string, string> {
  const found = cmdlets.flatMap(({ examples }) =>
    examples.flatMap(({ code }) => [...code.matchAll(/-(\w+)\s+(-?\d+)\b/g)]),
  );
  return new Map(found.reverse().map(([, name = '', number = '']) => [name.toLowerCase(), number]));
}

/** Calls with valid values whose computed value is too large. */
function tooGreat(cmdlet: CmdletModel, sample: Sample): Refusal[] {
  if (cmdlet.calls !== 'function') return [];
  const { inputs, computed } = cmdlet.fn;
  const promptName = (term: string) => cmdlet.parameters.find(({ from }) => from === term)?.name ?? term;
  const greatest = Object.fromEntries(inputs.map(({ name, shape }) => [name, Number(wholeNumberOf(shape)?.maximum)]));
  return computed.flatMap(({ name, sum, add, maximum, violation }) => {
    const total = computedValue({ sum, ...(add === undefined ? {} : { add }) }, greatest);
    if (total <= maximum) return [];
    const values = Object.fromEntries(sum.map((term) => [promptName(term), greatest[term] as number]));
    return [{ because: `${name} ${total}`, values: { ...sample, ...values }, errorId: violation.id }];
  });
}
