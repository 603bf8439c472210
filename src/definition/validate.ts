/** Reports all mistakes of a definition: syntax, schema, and semantic checks. */
import type { ErrorObject } from 'ajv';
import { checkDefinition } from './checks/check-definition.js';
import { NO_FUNCTION } from './checks/cmdlets.js';
import type { UnlocatedMistake } from './checks/report.js';
import { meant } from './near-names.js';
import { reviewOf } from './review.js';
import { validateSchema } from './schema-validator.js';
import { shown } from './shown.js';
import { type Mistake, parseSource } from './source-text.js';
import type { DefinitionSource } from './types.js';
import { canonicalDefinition } from './written/canonical.js';
import { withNumbers } from './written/hexadecimal.js';

export interface ValidationResult {
  /** The definition in its canonical form; use it as a definition only if there are no mistakes. */
  readonly value: DefinitionSource | undefined;
  /** Ordered by line. */
  readonly mistakes: readonly Mistake[];
  /** Assumptions for the author to check. */
  readonly notes: readonly Mistake[];
  /** Returns guesses that a person should review before others use the definition; ordered by line. */
  review(): readonly Mistake[];
}

export function validateDefinitionText(text: string): ValidationResult {
  const source = parseSource(text);
  if (source.value === undefined) return { value: undefined, mistakes: source.mistakes, notes: [], review: () => [] };
  const document = withNumbers(source.value);
  const structural = describeSchemaErrors(validateSchema(document));
  const canonical = canonicalDefinition(document);
  const semantic = checkDefinition(canonical.value, structural.length > 0 || canonical.mistakes.length > 0).map(
    ({ pointer, message }) => ({ pointer: canonical.written(pointer), message }),
  );
  // An unreadable declaration declares nothing, so every use of its names would be reported as well.
  const isUnread = canonical.mistakes.some(({ pointer }) => pointer.startsWith('/functions'));
  const told = semantic.filter(({ message }) => !isUnread || !message.startsWith(NO_FUNCTION));
  const located = (found: UnlocatedMistake): Mistake => ({ ...found, line: source.lineOf(found.pointer) });
  const found = [...structural, ...canonical.mistakes, ...told].map(located);
  const mistakes = withoutRepetitions([...source.mistakes, ...found]);
  return {
    value: canonical.value,
    mistakes,
    notes: canonical.notes.map(({ pointer, message }) => located({ pointer, message })),
    review: () => (mistakes.length > 0 ? [] : withoutRepetitions(reviewOf(canonical).map(located))),
  };
}

/** Converts schema errors to sentences. For a failed choice, reports only the branch that the author meant. */
function describeSchemaErrors(errors: readonly ErrorObject[]): UnlocatedMistake[] {
  const choices = new Map<string, ErrorObject[]>();
  for (const error of errors.filter(({ keyword }) => keyword === 'oneOf'))
    choices.set(error.instancePath, [...(choices.get(error.instancePath) ?? []), error]);
  return errors
    .filter((error) => !isNoiseOfChoice(error, choices.get(error.instancePath) ?? []))
    .filter((error) => error.keyword !== 'propertyNames' && error.keyword !== 'if')
    .map((error) => ({ pointer: error.instancePath, message: sentence(error) }));
}

/**
 * True for an error that only repeats a failed choice, which is reported once, as a whole. Errors beside the choice in
 * the schema are separate mistakes. `choices`: those at the error's place.
 */
function isNoiseOfChoice(error: ErrorObject, choices: readonly ErrorObject[]): boolean {
  if (error.keyword === 'oneOf') return choices.some(({ schemaPath }) => error.schemaPath.startsWith(`${schemaPath}/`));
  return choices.some(({ schemaPath }) => {
    const isBeside =
      error.schemaPath.startsWith(schemaPath.replace(/oneOf$/, '')) && !error.schemaPath.startsWith(schemaPath);
    return !isBeside;
  });
}

function sentence(error: ErrorObject): string {
  const { params, data } = error;
  switch (error.keyword) {
    case 'required':
      return `'${params.missingProperty}' is missing`;
    case 'additionalProperties':
      return `'${params.additionalProperty}' is not known here${meant(params.additionalProperty, propertiesOf(error))}`;
    case 'enum':
      return `${quote(data)} is not one of ${(params.allowedValues as unknown[]).map(quote).join(', ')}`;
    case 'const':
      return `${quote(data)} must be ${quote(params.allowedValue)}`;
    case 'pattern':
      return error.propertyName === undefined
        ? `${quote(data)} does not have the form ${params.pattern}${inWords(error)}`
        : `the name ${quote(error.propertyName)} does not have the form ${params.pattern}`;
    case 'type':
      return `${quote(data)} must be ${[params.type].flat().join(' or ')}`;
    case 'oneOf':
      if (alternatives(error)) return `exactly one of ${alternatives(error)} must be there`;
      return `${quote(data)} is none of the permitted forms: ${describe(error)}`;
    default:
      return `${quote(data)} ${error.message ?? 'is not permitted'}`;
  }
}

/** Describes the expected form with the schema's description, for readers who do not know regular expressions. */
function inWords({ parentSchema }: ErrorObject): string {
  const { description } = (parentSchema ?? {}) as { readonly description?: string };
  return description === undefined ? '' : `. What belongs here: ${description.replace(/\.$/, '')}`;
}

/** Returns the properties that an object can have. */
function propertiesOf({ parentSchema }: ErrorObject): string[] {
  return Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
}

/** Returns the quoted fields of a choice between fields; undefined for a choice between forms. */
function alternatives(error: ErrorObject): string | undefined {
  const branches = error.schema as readonly { readonly required?: readonly string[]; readonly type?: string }[];
  if (!branches.every((branch) => branch.required && branch.type === undefined)) return undefined;
  return branches
    .flatMap((branch) => branch.required ?? [])
    .map((name) => `'${name}'`)
    .join(', ');
}

/** Describes the choice, and lists the members that distinguish the objects. */
function describe(error: ErrorObject): string {
  const description = (error.parentSchema as { description?: string } | undefined)?.description;
  const branches = error.schema as readonly { readonly type?: string; readonly required?: readonly string[] }[];
  const members = branches
    .flatMap(({ type, required: [first] = [] }) => (type === 'object' ? (first ?? []) : []))
    .map((name) => `'${name}'`);
  return `${description ?? error.message ?? 'see the schema'}${members.length > 0 ? ` An object has ${members.join(' or ')}.` : ''}`;
}

const quote = (value: unknown): string => shown(value, 80);

function withoutRepetitions(mistakes: readonly Mistake[]): Mistake[] {
  const seen = new Map(mistakes.map((mistake) => [`${mistake.pointer}\n${mistake.message}`, mistake]));
  return [...seen.values()].sort((one, other) => one.line - other.line);
}
