/** The plan of a parameter: its attributes as code, and what its help says, both from the same facts. */
import { type Limits, limitsOf, type Shape } from '../kinds/index.js';
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
  const limits = shape && limitsOf(shape);
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
      description: [description, ...sentencesOf(limits, description)],
      mandatory,
      position,
      pipeline,
      defaultValue: facts.defaultValue ?? (type === 'switch' ? 'False' : 'None'),
      values: limits && 'words' in limits ? limits.words : [],
    },
  };
}

/** A switch parameter. */
export function switchParameter(name: string, description: string): ParameterPlan {
  return planParameter({ name, type: 'switch', description });
}

/** A range attribute only where the range is narrower than the type: otherwise the type itself refuses the value. */
export function validationOf(shape: Shape): string | undefined {
  const limits = limitsOf(shape);
  if (limits === undefined) return undefined;
  if ('words' in limits) return `[ValidateSet(${limits.words.map(quoted).join(', ')})]`;
  const { minimum, maximum, ofType } = limits;
  if (minimum === ofType.minimum && maximum === ofType.maximum) return undefined;
  return `[ValidateRange(${numeral(Number(minimum))}, ${numeral(Number(maximum))})]`;
}

/** The range or the permitted words as a sentence of the help, unless the description gives them already. */
function sentencesOf(limits: Limits | undefined, description: string): string[] {
  if (limits === undefined) return [];
  if ('words' in limits) {
    const { words } = limits;
    return words.every((word) => description.includes(word)) ? [] : [`Values: ${words.join(', ')}.`];
  }
  const range = `${limits.minimum} to ${limits.maximum}`;
  return description.includes(range) ? [] : [`Range: ${range}.`];
}
