/** Decides what a module holds: the definition turned into view models that the templates only have to write down. */
import { resolveShape, type Shape, travelsAsString } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet, ExpandedFunction, ObjectDefinition } from '../definition/types.js';
import { bareName, helpLines, numeral, quoted, template } from './powershell-text.js';
import { powershellType } from './powershell-types.js';

export interface ParameterPlan {
  readonly name: string;
  /** PowerShell type without brackets. */
  readonly type: string;
  readonly position: number;
  /** Arguments of ValidateRange or ValidateSet, as code; undefined where the type says it all. */
  readonly validation: string | undefined;
  readonly help: readonly string[];
  /** The queued values as a JSON array, as code that makes a string. */
  readonly column: string;
}

export interface ComputedPlan {
  readonly name: string;
  /** The sum, as code. */
  readonly expression: string;
  readonly maximum: string;
  readonly violation: {
    readonly id: string;
    readonly category: string;
    readonly message: string;
    readonly action: string;
  };
}

export type OutputPlan =
  | {
      readonly kind: 'object';
      readonly typeName: string;
      readonly properties: readonly { name: string; value: string }[];
    }
  | { readonly kind: 'boolean'; readonly falseOn: readonly string[] }
  | { readonly kind: 'none' };

export interface ShouldProcessPlan {
  readonly impact: string;
  /** Texts as code: what -WhatIf says, what -Confirm asks, and the caption. */
  readonly description: string;
  readonly query: string;
  readonly caption: string;
  /** High impact asks by default, so it has -Force. */
  readonly force: boolean;
}

export interface CmdletPlan {
  readonly name: string;
  readonly function: string;
  readonly parameters: readonly ParameterPlan[];
  readonly computed: readonly ComputedPlan[];
  /** Names of the values that the function reports. */
  readonly outputs: readonly string[];
  /** `true` where all of them are whole numbers, as code: the reply can then be read without a JSON parser. */
  readonly digits: 'true' | 'false';
  /** Records of a pipeline go out in batches; a call that changes something goes out by itself, when it was agreed to. */
  readonly isBatched: boolean;
  readonly output: OutputPlan;
  readonly shouldProcess: ShouldProcessPlan | undefined;
  readonly help: {
    readonly synopsis: readonly string[];
    readonly description: readonly string[];
    readonly notes: readonly string[];
    readonly outputs: readonly string[];
    readonly examples: readonly { code: readonly string[]; description: readonly string[] }[];
    readonly links: readonly string[];
  };
}

export interface ViewPlan {
  readonly typeName: string;
  readonly columns: readonly { name: string; alignment: 'Left' | 'Right' }[];
}

export interface ModulePlan {
  readonly name: string;
  readonly version: string;
  readonly generator: string;
  readonly definition: Definition;
  readonly cmdlets: readonly CmdletPlan[];
  readonly views: readonly ViewPlan[];
}

/** The plan of a module. `generatorVersion` appears in the banner of every file. */
export function planModule(definition: Definition, generatorVersion: string): ModulePlan {
  return {
    name: bareName(definition.name),
    version: definition.version,
    generator: `dllet ${generatorVersion}`,
    definition,
    cmdlets: definition.cmdlets.map((cmdlet) => planCmdlet(definition, cmdlet)),
    views: Object.values(definition.objects).map((object) => planView(definition, object)),
  };
}

function planCmdlet(definition: Definition, cmdlet: ExpandedCmdlet): CmdletPlan {
  const fn = definition.functions[cmdlet.function] as ExpandedFunction;
  const inputs = inputsOf(fn);
  const computed = computedOf(definition, fn);
  const variables = new Set([...inputs.map((one) => one.name), ...computed.map((one) => one.name)]);
  return {
    name: bareName(cmdlet.name),
    function: fn.name,
    parameters: inputs.map((parameter, position) => planParameter(definition, parameter, position)),
    computed: computed.map((one) => planComputed(one.name, one.definition, variables)),
    outputs: outputsOf(fn).map((one) => bareName(one.name)),
    digits: outputsOf(fn).every((one) => isInteger(resolveShape(one, definition.types))) ? 'true' : 'false',
    isBatched: !fn.changesState,
    output: planOutput(definition, cmdlet, fn),
    shouldProcess: planShouldProcess(cmdlet, variables),
    help: planHelp(definition, cmdlet),
  };
}

function inputsOf(fn: ExpandedFunction) {
  return fn.parameters.filter((one) => one.direction !== 'out' && one.constant === undefined);
}

function outputsOf(fn: ExpandedFunction) {
  const written = fn.parameters.filter((one) => one.direction !== 'in' && one.constant === undefined);
  const { resultName, type } = fn.returns;
  return resultName === undefined ? written : [{ name: resultName, type }, ...written];
}

function isInteger(shape: Shape): boolean {
  return shape.kind === 'integer' || shape.kind === 'handle';
}

function computedOf(definition: Definition, fn: ExpandedFunction) {
  const names = new Set(inputsOf(fn).map((one) => one.name));
  return Object.entries(definition.computed)
    .filter(([, computed]) => computed.sum.every((name) => names.has(name)))
    .map(([name, computed]) => ({ name, definition: computed }));
}

function planParameter(
  definition: Definition,
  parameter: ExpandedFunction['parameters'][number],
  position: number,
): ParameterPlan {
  const shape = resolveShape(parameter, definition.types);
  const description =
    parameter.description ??
    describedType(definition, parameter.type) ??
    `The parameter ${parameter.name} of the function.`;
  return {
    name: bareName(parameter.name),
    type: powershellType(shape),
    position,
    validation: validationOf(shape),
    help: helpLines(description),
    column: columnCode(shape, `$queued${bareName(parameter.name)}`),
  };
}

function describedType(definition: Definition, type: unknown): string | undefined {
  return typeof type === 'string' ? definition.types[type]?.description : undefined;
}

/** A range attribute only where the range is narrower than the type: otherwise the type itself refuses the value. */
function validationOf(shape: Shape): string | undefined {
  if (shape.kind === 'enum') return `ValidateSet(${Object.keys(shape.names).map(quoted).join(', ')})`;
  if (shape.kind !== 'integer' || shape.bits === 64 || shape.bits === 0) return undefined;
  const bits = BigInt(shape.bits);
  const lowest = shape.signed ? -(1n << (bits - 1n)) : 0n;
  const highest = shape.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (shape.minimum === lowest && shape.maximum === highest) return undefined;
  return `ValidateRange(${numeral(Number(shape.minimum))}, ${numeral(Number(shape.maximum))})`;
}

/** `-join` writes numbers in the invariant culture; 64-bit integers and handles travel as decimal strings. */
function columnCode(shape: Shape, queue: string): string {
  if (travelsAsString(shape)) return `'["' + (${queue} -join '","') + '"]'`;
  if (shape.kind === 'integer') return `'[' + (${queue} -join ',') + ']'`;
  return `(ConvertTo-BridgeJson ${queue}.ToArray())`;
}

function planComputed(
  name: string,
  computed: Definition['computed'][string],
  variables: ReadonlySet<string>,
): ComputedPlan {
  const add = computed.add ?? 0;
  const sum = computed.sum.map((term) => `[int64]$${bareName(term)}`).join(' + ');
  const { id, category, message, recommendedAction } = computed.violation;
  return {
    name: bareName(name),
    expression: add === 0 ? sum : `${sum} ${add < 0 ? '-' : '+'} ${numeral(Math.abs(add))}`,
    maximum: numeral(computed.maximum),
    violation: {
      id,
      category,
      message: template(message, variables),
      action: template(recommendedAction, variables),
    },
  };
}

function planOutput(definition: Definition, cmdlet: ExpandedCmdlet, fn: ExpandedFunction): OutputPlan {
  if (cmdlet.output.kind !== 'object') return cmdlet.output;
  const object = definition.objects[cmdlet.output.object] as ObjectDefinition;
  return {
    kind: 'object',
    typeName: object.typeName,
    properties: object.properties.map((property) => ({
      name: bareName(property.name),
      value: propertyCode(definition, fn, property.from),
    })),
  };
}

function propertyCode(definition: Definition, fn: ExpandedFunction, from: string): string {
  const term = fn.terms[from];
  if (term !== undefined) return quoted(term);
  const computed = definition.computed[from];
  if (computed) return `[${powershellType(resolveShape({ type: computed.type }, definition.types))}]$${bareName(from)}`;
  const parameter = fn.parameters.find((one) => one.name === from);
  if (parameter?.direction === 'in') return `$${bareName(from)}`;
  return resultCode(
    resolveShape(parameter ?? { type: fn.returns.type }, definition.types),
    `$reply.Columns[${quoted(from)}][$row]`,
  );
}

/** The value of a JSON result under its PowerShell type. */
function resultCode(shape: Shape, source: string): string {
  if (shape.kind === 'handle' || (shape.kind === 'integer' && (shape.bits === 64 || shape.bits === 0))) {
    return `[${powershellType(shape)}]::Parse(${source}, [System.Globalization.CultureInfo]::InvariantCulture)`;
  }
  return shape.kind === 'integer' || shape.kind === 'float' ? `[${powershellType(shape)}]${source}` : source;
}

function planShouldProcess(cmdlet: ExpandedCmdlet, variables: ReadonlySet<string>): ShouldProcessPlan | undefined {
  const should = cmdlet.shouldProcess;
  if (!should) return undefined;
  return {
    impact: should.impact,
    description: template(`Performing the operation "${should.action}" on target "${should.target}".`, variables),
    query: template(should.query, variables),
    caption: template(should.action, variables),
    force: should.impact === 'High',
  };
}

function planHelp(definition: Definition, cmdlet: ExpandedCmdlet): CmdletPlan['help'] {
  const object = cmdlet.output.kind === 'object' ? definition.objects[cmdlet.output.object] : undefined;
  const outputs = object
    ? [
        object.typeName,
        object.description,
        ...object.properties.map((property) => `${property.name}: ${property.description}`),
      ]
    : [cmdlet.output.kind === 'boolean' ? 'System.Boolean' : 'None'];
  return {
    synopsis: helpLines(cmdlet.synopsis),
    description: helpLines(cmdlet.description),
    notes: helpLines(cmdlet.notes ?? ''),
    outputs: outputs.flatMap(helpLines),
    examples: cmdlet.examples.map((example) => ({
      code: helpLines(example.code),
      description: helpLines(example.description),
    })),
    links: (cmdlet.links ?? []).flatMap(helpLines),
  };
}

/** A table of the object's properties: numbers to the right. */
function planView(definition: Definition, object: ObjectDefinition): ViewPlan {
  return {
    typeName: object.typeName,
    columns: object.properties.map((property) => ({
      name: property.name,
      alignment: isNumeric(definition, property.from) ? 'Right' : 'Left',
    })),
  };
}

function isNumeric(definition: Definition, from: string): boolean {
  if (Object.hasOwn(definition.computed, from)) return true;
  for (const fn of Object.values(definition.functions)) {
    const parameter = fn.parameters.find((one) => one.name === from);
    if (parameter) return ['integer', 'float', 'handle'].includes(resolveShape(parameter, definition.types).kind);
  }
  return false;
}
