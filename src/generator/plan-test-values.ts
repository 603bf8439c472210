/** Values for the parameters of a cmdlet: some that it takes, and some that it must refuse. */
import { integerRange, resolveShape, type Shape } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet, ValueSpec } from '../definition/types.js';
import { outputKind } from '../outputs/registry.js';

/** Parameters and values of one call. Whole numbers beyond 2^53 are decimal texts, which PowerShell converts. */
export type Sample = Readonly<Record<string, SampleValue>>;

type SampleValue = string | number | boolean;

export interface Refusal {
  readonly because: string;
  readonly values: Sample;
  readonly errorId: string;
}

interface Parameter extends ValueSpec {
  readonly name: string;
}

/**
 * A call with every mandatory parameter: values from the examples of the definition where they name the parameter, else the
 * least valid value. Undefined where a parameter has a type for which there is no such value, and for what writes a file.
 */
export function sampleOf(definition: Definition, cmdlet: ExpandedCmdlet): Sample | undefined {
  if (outputKind(cmdlet.output).trial === 'file') return undefined;
  const values: Record<string, SampleValue> = {};
  for (const parameter of mandatoryOf(definition, cmdlet)) {
    const shape = resolveShape(parameter, definition.types);
    const value = exampleOf(definition, cmdlet, parameter.name, shape) ?? leastOf(shape);
    if (value === undefined) return undefined;
    values[parameter.name] = value;
  }
  return values;
}

/** Calls with one value that is outside its range, is none of the words, or makes a computed value too great. */
export function refusalsOf(definition: Definition, cmdlet: ExpandedCmdlet, sample: Sample | undefined): Refusal[] {
  if (sample === undefined) return [];
  return [
    ...parametersOf(definition, cmdlet).flatMap((parameter) => {
      const shape = resolveShape(parameter, definition.types);
      return outsideOf(shape).map(({ value, errorId }) => ({
        because: `${parameter.name} ${value}`,
        values: { ...sample, [parameter.name]: value },
        errorId,
      }));
    }),
    ...tooGreat(definition, cmdlet, sample),
  ];
}

function parametersOf(definition: Definition, cmdlet: ExpandedCmdlet): readonly Parameter[] {
  return ofOperation(definition, cmdlet) ?? mandatoryOf(definition, cmdlet);
}

/** Those of a cmdlet over an operation: all but the ones that the definition has set. */
function ofOperation(definition: Definition, { operation, arguments: fixed = {} }: ExpandedCmdlet) {
  return definition.operations[operation ?? '']?.parameters.filter(({ name }) => !Object.hasOwn(fixed, name));
}

function mandatoryOf(definition: Definition, cmdlet: ExpandedCmdlet): readonly Parameter[] {
  const own = ofOperation(definition, cmdlet);
  if (own) return own.filter(({ optional }) => optional !== true);
  const parameters = definition.functions[cmdlet.function ?? '']?.parameters ?? [];
  return parameters.filter(({ direction, constant }) => direction !== 'out' && constant === undefined);
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
function tooGreat(definition: Definition, cmdlet: ExpandedCmdlet, sample: Sample): Refusal[] {
  if (cmdlet.function === undefined) return [];
  const parameters = mandatoryOf(definition, cmdlet);
  return Object.entries(definition.computed).flatMap(([name, { sum, add, maximum, violation }]) => {
    const terms = sum.map((term) => parameters.find((parameter) => parameter.name === term));
    const shapes = terms.map((term) => term && resolveShape(term, definition.types));
    const values = shapes.flatMap((shape) => (shape?.kind === 'integer' && shape.bits !== 64 ? [shape.maximum] : []));
    const total = values.reduce((one, other) => one + other, BigInt(add ?? 0));
    if (values.length < sum.length || total <= BigInt(maximum)) return [];
    const greatest = Object.fromEntries(sum.map((term, index) => [term, wholeNumber(values[index] as bigint)]));
    return [{ because: `${name} ${total}`, values: { ...sample, ...greatest }, errorId: violation.id }];
  });
}
