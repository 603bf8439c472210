/** Plans a parameter: its attributes as code and its help, both from the same facts. */
import { listed } from '../definition/words.js';
import { isValueType, type Limits, limitsOf, type Shape } from '../kinds/index.js';
import type { ParameterPlan } from './plan-types.js';
import { numeral, quoted } from './powershell-text.js';

export interface ParameterFacts {
  readonly name: string;
  /** The PowerShell type without brackets. */
  readonly type: string;
  /** True if `$null` has a meaning of its own. */
  readonly takesNull?: boolean;
  readonly description: string;
  /** More paragraphs of help. */
  readonly more?: readonly string[];
  readonly mandatory?: boolean;
  /** Undefined for a named parameter. */
  readonly position?: number | undefined;
  /** Absent for a parameter of every set. */
  readonly sets?: readonly string[];
  readonly aliases?: readonly string[];
  readonly pipeline?: 'value' | 'propertyName' | undefined;
  /** The default value as help shows it, or `None`. */
  readonly defaultValue?: string | undefined;
  /** The type of the values, for the range and the permitted words. */
  readonly shape?: Shape;
  /** Names that Tab completes, of a parameter that also takes numbers. */
  readonly words?: readonly string[] | undefined;
  /** Further attributes, as code. */
  readonly attributes?: readonly string[];
}

export function planParameter(facts: ParameterFacts): ParameterPlan {
  const { name, type, description, more = [], shape, position, sets = [], aliases = [], pipeline } = facts;
  const mandatory = facts.mandatory ?? false;
  const { words } = facts;
  const limits = shape && !words ? limitsOf(shape) : undefined;
  const validation = words ? completerOf(words) : shape && validationOf(shape);
  const declaredIn = (set?: string) => [
    ...(mandatory ? ['Mandatory'] : []),
    ...(position === undefined ? [] : [`Position = ${numeral(position)}`]),
    ...(set === undefined ? [] : [`ParameterSetName = ${quoted(set)}`]),
    ...(pipeline === 'value' ? ['ValueFromPipeline'] : []),
    ...(pipeline === undefined ? [] : ['ValueFromPipelineByPropertyName']),
  ];
  const declared = (sets.length === 0 ? [undefined] : sets).map(declaredIn).filter((parts) => parts.length > 0);
  return {
    name,
    type,
    isNullable: facts.takesNull === true && isValueType(type),
    attributes: [
      ...declared.map((parts) => `[Parameter(${parts.join(', ')})]`),
      ...(aliases.length === 0 ? [] : [`[Alias(${aliases.map(quoted).join(', ')})]`]),
      ...(validation === undefined ? [] : [validation]),
      ...(facts.attributes ?? []),
    ],
    sets,
    aliases,
    help: {
      description: [description, ...(words ? namesIn(words, description) : sentencesOf(limits, description)), ...more],
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

/** Adds a range attribute only if the range is narrower than the type, which otherwise rejects the value itself. */
export function validationOf(shape: Shape): string | undefined {
  const limits = limitsOf(shape);
  if (limits === undefined) return undefined;
  if ('words' in limits) return `[ValidateSet(${limits.words.map(quoted).join(', ')})]`;
  const { minimum, maximum, ofType } = limits;
  if (minimum === ofType.minimum && maximum === ofType.maximum) return undefined;
  return `[ValidateRange(${numeral(Number(minimum))}, ${numeral(Number(maximum))})]`;
}

/** Completes the names. Unlike ValidateSet, it refuses no number, and unlike ArgumentCompletions, PowerShell 5.1 has it. */
function completerOf(words: readonly string[]): string {
  return `[ArgumentCompleter({ @(${words.map(quoted).join(', ')}) -like "$($args[2])*" })]`;
}

/** Returns the names as a help sentence, unless the description states them already. */
function namesIn(words: readonly string[], description: string): string[] {
  return words.slice(0, 10).every((word) => description.includes(word))
    ? []
    : [`Values: ${listed(words, 'or')}, or a number.`];
}

/** Returns the range or the permitted words as a help sentence, unless the description states them already. */
function sentencesOf(limits: Limits | undefined, description: string): string[] {
  if (limits === undefined) return [];
  if ('words' in limits) {
    const { words } = limits;
    return words.every((word) => description.includes(word)) ? [] : [`Values: ${words.join(', ')}.`];
  }
  const range = `${limits.minimum} to ${limits.maximum}`;
  return description.includes(range) ? [] : [`Range: ${range}.`];
}
