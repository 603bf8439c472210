/** The plan of a parameter: its attributes as code, and what its help says, both from the same facts. */
import type { Shape } from '../definition/ctypes.js';
import type { ParameterPlan } from './plan-types.js';
import { numeral, quoted } from './powershell-text.js';

export interface ParameterFacts {
  readonly name: string;
  /** PowerShell type without brackets. */
  readonly type: string;
  readonly description: string;
  readonly mandatory?: boolean;
  /** Undefined for one that is only given by name. */
  readonly position?: number | undefined;
  /** Undefined for one of every set. */
  readonly set?: string | undefined;
  readonly pipeline?: 'value' | 'propertyName' | undefined;
  /** What is taken where it is not given, as help shows it; `None` without. */
  readonly defaultValue?: string | undefined;
  /** Of the values, for the range and the permitted words. */
  readonly shape?: Shape;
  /** Further attributes, as code. */
  readonly attributes?: readonly string[];
}

export function planParameter(facts: ParameterFacts): ParameterPlan {
  const { name, type, description, shape, position, set, pipeline } = facts;
  const mandatory = facts.mandatory ?? false;
  const validation = shape && validationOf(shape);
  const declared = [
    ...(mandatory ? ['Mandatory'] : []),
    ...(position === undefined ? [] : [`Position = ${numeral(position)}`]),
    ...(set === undefined ? [] : [`ParameterSetName = ${quoted(set)}`]),
    ...(pipeline === 'value' ? ['ValueFromPipeline'] : []),
    ...(pipeline === undefined ? [] : ['ValueFromPipelineByPropertyName']),
  ];
  return {
    name,
    type,
    attributes: [
      ...(declared.length === 0 ? [] : [`[Parameter(${declared.join(', ')})]`]),
      ...(validation === undefined ? [] : [validation]),
      ...(facts.attributes ?? []),
    ],
    set,
    help: {
      description: [description, ...limitsOf(shape, description)],
      mandatory,
      position,
      pipeline,
      defaultValue: facts.defaultValue ?? (type === 'switch' ? 'False' : 'None'),
      values: shape?.kind === 'enum' ? Object.keys(shape.names) : [],
    },
  };
}

/** A switch parameter. */
export function switchParameter(name: string, description: string): ParameterPlan {
  return planParameter({ name, type: 'switch', description });
}

/** A range attribute only where the range is narrower than the type: otherwise the type itself refuses the value. */
export function validationOf(shape: Shape): string | undefined {
  if (shape.kind === 'enum') return `[ValidateSet(${Object.keys(shape.names).map(quoted).join(', ')})]`;
  if (!isLimited(shape)) return undefined;
  const bits = BigInt(shape.bits);
  const lowest = shape.signed ? -(1n << (bits - 1n)) : 0n;
  const highest = shape.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (shape.minimum === lowest && shape.maximum === highest) return undefined;
  return `[ValidateRange(${numeral(Number(shape.minimum))}, ${numeral(Number(shape.maximum))})]`;
}

/** The range or the permitted words as a sentence of the help, unless the description gives them already. */
function limitsOf(shape: Shape | undefined, description: string): string[] {
  if (shape?.kind === 'enum') {
    const names = Object.keys(shape.names);
    return names.every((name) => description.includes(name)) ? [] : [`Values: ${names.join(', ')}.`];
  }
  if (shape === undefined || !isLimited(shape)) return [];
  const range = `${shape.minimum} to ${shape.maximum}`;
  return description.includes(range) ? [] : [`Range: ${range}.`];
}

/** Whether the limits of a shape fit a PowerShell numeral; those of 64 bits are the bridge's business. */
function isLimited(shape: Shape): shape is Extract<Shape, { kind: 'integer' }> {
  return shape.kind === 'integer' && shape.bits !== 64 && shape.bits !== 0;
}
