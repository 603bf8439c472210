/**
 * Generates the reference of the definition language from its schema and the kinds: members, types, ranges and links.
 */
import schema from '../definition/definition.schema.json' with { type: 'json' };
import { wholeSchema } from '../definition/whole-schema.js';
import { builtInNames, powershellType, resolveBuiltIn, sizeOf, wholeNumberOf } from '../kinds/index.js';
import { kindsOver, outputKinds } from '../outputs/registry.js';

/** Returns the page as Markdown. */
export function definitionReference(): string {
  const whole: Schema & { readonly $defs: Readonly<Record<string, Schema>> } = wholeSchema(schema);
  const sections = Object.entries(whole.$defs)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, one]) => section(name, one));
  return `${[
    '# The definition language',
    '',
    '[All pages](README.md)',
    '',
    '<!-- Made from the schema by npm run generate. -->',
    '',
    'For authors of modules: every member of a definition, with its type and range. To learn the language, read',
    '[Writing definitions](writing-definitions.md). Most members have a default, or follow from a C declaration.',
    '',
    '## Members of a definition',
    '',
    ...membersOf(whole),
    ...sections.flat(),
    ...outputSection(whole.$defs.cmdlet?.properties?.output?.properties ?? {}),
    '## Built-in types',
    '',
    'The names of Windows and of C.',
    '',
    '| Type | In PowerShell | Bytes on 64-bit Windows | Range |',
    '|---|---|---|---|',
    ...builtInNames().map(builtIn),
  ].join('\n')}\n`;
}

/** The parts of a schema that the page uses. */
interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly then?: Schema | boolean;
  readonly else?: Schema;
}

function section(name: string, one: Schema): string[] {
  const lines = [`## ${name}`, '', ...(one.description ? [one.description, ''] : [])];
  if (one.properties) return [...lines, ...membersOf(one)];
  const choices = choicesOf(one);
  if (choices.length === 0) return [...lines, `${typeOf(one)}`, ''];
  return [
    ...lines,
    'One of:',
    '',
    ...choices.map((choice) => `- ${typeOf(choice)}${choice.description ? `: ${choice.description}` : ''}`),
    '',
    ...choices.flatMap((choice) => (choice.properties ? membersOf(choice) : [])),
  ];
}

/** The section about an output kind. `shared`: the members that the schema of all outputs describes. */
function outputSection(shared: Readonly<Record<string, Schema>>): string[] {
  const core = [...kindsOver('function', undefined), ...kindsOver('operation', undefined)];
  const rows = outputKinds().map(({ kind, over, schema: { description } = { description: '' } }) => {
    const calls = over === 'both' ? 'a function or an operation' : over === 'function' ? 'a function' : 'an operation';
    const whose = core.includes(kind) ? '' : '; only where the definition names the extension that has it';
    return `| ${code(kind)} | ${calls} | ${cell(description)}${whose} |`;
  });
  const members = outputKinds().flatMap(
    ({ kind, schema: { required = [], properties = {} } = { description: '' } }) => {
      const described = Object.entries(properties).map(
        ([name, one]) => [name, one === true ? shared[name] : one] as const,
      );
      if (described.length === 0) return [];
      return [
        `### ${kind}`,
        '',
        ...membersOf({ required, properties: Object.fromEntries(described) as Record<string, Schema> }),
      ];
    },
  );
  return [
    '## Kinds of output',
    '',
    'What a cmdlet returns, by the `kind` of its [`output`](#cmdlet).',
    '',
    '| Kind | A cmdlet over | Returns |',
    '|---|---|---|',
    ...rows,
    '',
    ...members,
  ];
}

/**
 * The alternatives of a value. For an object with members there are none: its alternatives only say which members go
 * together.
 */
const choicesOf = ({ properties, oneOf, anyOf, then, else: other }: Schema): readonly Schema[] =>
  properties ? [] : (oneOf ?? anyOf ?? [then, other].filter((one) => typeof one === 'object'));

function membersOf({ properties = {}, required = [] }: Schema): string[] {
  const rows = Object.entries(properties).map(([name, one]) => {
    const must = required.includes(name) ? 'yes' : '';
    return `| \`${name}\` | ${typeOf(one)} | ${must} | ${cell(one.description ?? '')} |`;
  });
  return ['| Member | Type | Required | Meaning |', '|---|---|---|---|', ...rows, ''];
}

/** Describes the type of a value in a few words, with a link to a section. */
function typeOf(one: Schema): string {
  const name = /^#\/\$defs\/(\w+)$/.exec(one.$ref ?? '')?.[1];
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (one.const !== undefined) return code(one.const);
  const { enum: words } = one;
  if (words) return words.map(code).join(', ');
  const choices = choicesOf(one);
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(' or ');
  if (one.items) return `array of ${typeOf(one.items)}`;
  if (typeof one.additionalProperties === 'object') return `object by name of ${typeOf(one.additionalProperties)}`;
  if (one.properties) return `object with ${Object.keys(one.properties).map(code).join(', ')}`;
  return [one.type ?? 'any'].flat().join(' or ') + limitsOf(one);
}

function limitsOf({ minimum, maximum, minLength, maxLength, pattern }: Schema): string {
  if (minimum !== undefined || maximum !== undefined) return `, ${minimum ?? 'any'} to ${maximum ?? 'any'}`;
  if (maxLength !== undefined) return `, ${minLength ?? 0} to ${maxLength} characters`;
  return pattern === undefined ? '' : `, ${code(pattern)}`;
}

const code = (value: unknown) => `\`${cell(typeof value === 'string' ? value : JSON.stringify(value))}\``;

/** Escapes text for a table cell. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function builtIn(name: string): string {
  const shape = resolveBuiltIn(name, { type: name });
  const whole = wholeNumberOf(shape);
  const range = whole
    ? `${whole.minimum} to ${whole.maximum}${whole.bits === 0 ? ', as wide as a pointer or a C long' : ''}`
    : '';
  return `| \`${name}\` | \`${powershellType(shape)}\` | ${sizeOf(shape)} | ${range} |`;
}
