/** The defaults of cmdlets over functions: texts, output and confirmation. */
import { kindWithType, onlyElements, type Shape, valueInWords } from '../../kinds/index.js';
import { unreviewedSentence } from '../failure-rules.js';
import { own } from '../own.js';
import { inputsOf, outputNames, outputsOf, outputType } from '../parameters.js';
import { changesBridge, endsBridge, ON_BRIDGE } from '../process-functions.js';
import { INTRINSIC_MEMBERS } from '../reserved-names.js';
import type {
  CmdletDefinition,
  CmdletOutput,
  CmdletParameterDefinition,
  FunctionDefinition,
  ObjectDefinition,
  ParameterDefinition,
  TypeExpression,
} from '../types.js';
import { callOf, synopsisOf } from './wording.js';

/** A cmdlet in which everything but the name and the function may be missing. */
export type WrittenCmdlet = Pick<CmdletDefinition, 'name'> & Partial<CmdletDefinition>;

/** The verbs of cmdlets that change nothing. */
const READING = new Set(
  (
    'Get Find Search Select Test Measure Compare Resolve Read Show Watch Wait Trace ConvertTo ConvertFrom Convert Join Split Group ' +
    'Format Compress Expand'
  ).split(' '),
);

/** True unless every cmdlet over the function has a verb that changes nothing. */
export function changesSomething(name: string, cmdlets: readonly WrittenCmdlet[]): boolean {
  const over = cmdlets.filter((one) => one?.function === name && typeof one.name === 'string');
  return over.length === 0 || over.some((one) => !READING.has(one.name.slice(0, one.name.indexOf('-'))));
}

export interface CmdletContext {
  /** The definition's name. */
  readonly name: string;
  /** Returns the title of a function's library. */
  titleOf(fn: FunctionDefinition): string;
  /** True for a function of a library that only Windows has. */
  isOfWindows(fn: FunctionDefinition): boolean;
  /** Returns the shape of a type; undefined if it is invalid, which the checks report. */
  shapeOf(type: TypeExpression): Shape | undefined;
  /** True for a function that releases handles. Its result is not returned. */
  isRelease(name: string): boolean;
  /** Names of objects that the author wrote, which generated objects must not use. */
  readonly taken: readonly string[];
}

/** Returns the complete cmdlets, and the objects that some of them return. */
export function canonicalCmdlets(
  written: readonly WrittenCmdlet[],
  functions: Readonly<Record<string, FunctionDefinition>>,
  context: CmdletContext,
): { readonly cmdlets: CmdletDefinition[]; readonly objects: Record<string, ObjectDefinition> } {
  const objects: Record<string, ObjectDefinition> = {};
  const cmdlets = written.map((cmdlet) => {
    const name = cmdlet?.function;
    const fn = typeof name === 'string' && Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!fn || !isComplete(fn) || typeof cmdlet.name !== 'string') return cmdlet as CmdletDefinition;
    return completeCmdlet(cmdlet, name as string, fn, context, objects);
  });
  return { cmdlets, objects };
}

const isComplete = ({ parameters, returns }: FunctionDefinition) =>
  Array.isArray(parameters) &&
  parameters.every((one) => typeof one?.name === 'string') &&
  typeof returns === 'object' &&
  returns !== null;

function completeCmdlet(
  cmdlet: WrittenCmdlet,
  called: string,
  fn: FunctionDefinition,
  context: CmdletContext,
  objects: Record<string, ObjectDefinition>,
): CmdletDefinition {
  const inputs = inputsOf(fn).map((one) => {
    const { name = one.name, default: value } = saidOf(cmdlet, one.name);
    return { ...one, name, from: one.name, optional: one.optional === true || value !== undefined };
  });
  const output = outputOf(cmdlet, called, fn, context, objects);
  const worded = {
    cmdlet: cmdlet.name,
    called,
    library: context.titleOf(fn),
    inputs: inputs.map(({ name }) => name),
    outputs: returnedBy(output, fn),
  };
  const synopsis = cmdlet.synopsis ?? synopsisOf(worded);
  const links = fn.documentation ?? (context.isOfWindows(fn) ? searchPage(called) : undefined);
  return {
    synopsis,
    description: `${synopsis}\n\n${callOf(worded)}`,
    ...(links !== undefined && { links: [links] }),
    ...(fn.changesState && { shouldProcess: confirmationOf(called, inputs) }),
    examples: [exampleOf(cmdlet.name, called, inputs)],
    ...cmdlet,
    ...withSentences(cmdlet.notes, ownNotes(called, fn)),
    output,
  };
}

/** The address of a search for a Windows function in Microsoft's documentation. Its page is the first result. */
const searchPage = (called: string): string => `https://learn.microsoft.com/search/?terms=${called}`;

/** Describes what a cmdlet returns. */
function returnedBy(output: CmdletOutput, fn: Pick<FunctionDefinition, 'parameters' | 'returns'>): string[] {
  const { from, object } = (output ?? {}) as { readonly from?: string; readonly object?: string };
  const names = from !== undefined ? [from] : object !== undefined ? outputNames(fn) : [];
  return names.map((name) => (name === fn.returns.resultName ? 'its result' : name));
}

/** Notes in the help of every cmdlet over a function, in addition to those of the author. */
export function ownNotes(called: string, { returns }: FunctionDefinition): string[] {
  return [
    ...(endsBridge(called) || changesBridge(called) ? [ON_BRIDGE] : []),
    ...(returns.reviewed === false ? [unreviewedSentence(called)] : []),
  ];
}

function withSentences(notes: string | undefined, sentences: readonly string[]): Pick<CmdletDefinition, 'notes'> {
  const missing = sentences.filter((one) => typeof notes !== 'string' || !notes.includes(one));
  if (missing.length === 0) return {};
  return { notes: [...(typeof notes === 'string' ? [notes] : []), ...missing].join('\n\n') };
}

/** The cmdlet's settings for a parameter; empty if their form is wrong, which the schema reports. */
function saidOf({ parameters }: WrittenCmdlet, name: string): CmdletParameterDefinition {
  const said = typeof parameters === 'object' && parameters !== null ? own(parameters, name) : undefined;
  return typeof said === 'object' && said !== null ? said : {};
}

/** A short output: the name of one output and how to show it, without a kind. */
type ShortOutput = {
  readonly from?: string;
  /** If `from` is present: the field of the struct. Otherwise the same as `from`. */
  readonly each?: string;
  /** Names for fields of the struct, or for the outputs if there are several. */
  readonly rename?: Readonly<Record<string, string>>;
};

function outputOf(
  cmdlet: WrittenCmdlet,
  called: string,
  fn: FunctionDefinition,
  { name, taken, isRelease, shapeOf }: CmdletContext,
  objects: Record<string, ObjectDefinition>,
): CmdletOutput {
  const written = cmdlet.output as ShortOutput | CmdletOutput | undefined;
  if (written !== undefined && (typeof written !== 'object' || written === null || 'kind' in written)) return written;
  if (!written && isRelease(called)) return { kind: 'none' };
  const names = outputNames(fn);
  const { from = written?.each, rename } = written ?? {};
  const [only] = names;
  if (from !== undefined || names.length === 1) {
    const output = from ?? (only as string);
    const each = written?.from === undefined ? elementsOf(fn, output, shapeOf) : written.each;
    return { kind: 'value', from: output, ...(each !== undefined && { each }), ...(rename && { rename }) };
  }
  if (only === undefined) return { kind: 'none' };
  const [, noun = ''] = /-(.*)$/.exec(cmdlet.name) ?? [];
  const isFree = (key: string) => !Object.hasOwn(objects, key) && !taken.includes(key);
  const key =
    [noun, cmdlet.name].map((one) => `${one.replaceAll(/[^A-Za-z0-9]/g, '')}Result`).find(isFree) ?? `${called}Result`;
  objects[key] = objectOf(key, called, fn, name, shapeOf, rename);
  return { kind: 'object', object: key };
}

/** The field whose elements are the output, for a struct that has only that field. */
function elementsOf(fn: FunctionDefinition, output: string, shapeOf: CmdletContext['shapeOf']): string | undefined {
  const type = outputType(fn, output);
  const shape = type === undefined ? undefined : shapeOf(type);
  return shape && onlyElements(shape);
}

/**
 * The object of a function with several outputs. A name for something that is not an output becomes a property, which
 * the check of objects reports.
 */
function objectOf(
  key: string,
  called: string,
  fn: Pick<FunctionDefinition, 'parameters' | 'returns'>,
  definition: string,
  shapeOf: CmdletContext['shapeOf'],
  rename: Readonly<Record<string, string>> = {},
): ObjectDefinition {
  const described = new Map(outputsOf(fn).map((one) => [one.name, one.description]));
  const all = new Set([...outputNames(fn), ...Object.keys(rename)]);
  const inWords = (name: string) => {
    const type = outputType(fn, name);
    const shape = type === undefined ? undefined : shapeOf(type);
    return shape ? `: ${valueInWords(shape, 'returned')}` : '';
  };
  return {
    typeName: `${definition}.${key}`,
    description: `What ${called} returns.`,
    properties: [...all].map((from) => ({
      name: own(rename, from) ?? (INTRINSIC_MEMBERS.has(from.toLowerCase()) ? `${from}Value` : from),
      from,
      description:
        described.get(from) ??
        `${from === fn.returns.resultName ? `The return value of ${called}` : `The value of ${from} after the call`}${inWords(from)}.`,
    })),
  };
}

/** A parameter with its name in the cmdlet. `from` is its name in the function, if different. */
type Asked = Pick<ParameterDefinition, 'name' | 'type'> & { readonly optional?: boolean; readonly from?: string };

/** The confirmation question of a cmdlet that changes something. */
function confirmationOf(called: string, inputs: readonly Asked[]) {
  // Texts only use built-in types, because a struct would be written out field by field.
  const shown = inputs
    .filter(({ type }) => typeof type === 'string' && kindWithType(type) !== undefined)
    .map(({ name, from = name }) => `${name} {${from}}`);
  const target = shown.length === 0 ? 'this computer' : shown.join(', ');
  return { impact: 'Medium', action: `Call ${called}`, target, query: `Call ${called} for ${target}?` } as const;
}

/** An example call with variables as values. */
function exampleOf(cmdlet: string, called: string, inputs: readonly Asked[]) {
  const asked = inputs.filter(({ optional }) => !optional);
  const code = [cmdlet, ...asked.map(({ name }) => `-${name} $${name}`)].join(' ');
  const values = asked.length === 0 ? '' : ' with the values of variables';
  return { code, description: `Calls ${called}${values}.` };
}
